select
    coalesce(a.name_en, e.authority_actor) as authority,
    t.name_en as target,
    e.target_name,
    e.target_kind,
    e.measure,
    e.reason,
    {{ event_in_words("e") }}
from {{ ref("fct_sanctions").include(database=false) }} as e
left join {{ ref("dim_countries").include(database=false) }} as a on a.country_code = e.authority
left join {{ ref("dim_countries").include(database=false) }} as t on t.country_code = e.target_country
