with
    forms as (
        select actor_id, list(distinct form order by form) as names from {{ ref("actor_names") }} group by actor_id
    )
select
    a.actor_id,
    a.kind,
    a.country_code,
    a.name,
    a.role,
    a.valid_from,
    a.valid_to,
    a.wikidata_id,
    coalesce(f.names, []) as names
from {{ ref("actors") }} as a
left join forms as f on f.actor_id = a.actor_id
