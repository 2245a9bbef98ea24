-- All that people mended in one report or event. A line may fit several kinds; the id is of one of them.
select id, fact_type, map_from_entries(flatten(list(map_entries(columns)))) as columns
from
    (
        select id, unnest(fact_types) as fact_type, columns
        from {{ ref("stg_corrections") }}
        where action = 'mend' and problem is null
    )
group by id, fact_type
