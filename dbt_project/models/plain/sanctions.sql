select
    coalesce(a.name_en, e.authority_actor) as authority,
    t.name_en as target,
    e.target_name,
    e.target_kind,
    e.measure,
    e.reason,
    e.current_stage as stage,
    e.claim_status as claim,
    e.is_contested as contested,
    e.date_start as from_day,
    e.date_end as to_day,
    e.first_reported_on as first_reported,
    e.report_count as reports,
    e.event_id
from {{ ref("fct_sanctions").include(database=false) }} as e
left join {{ ref("dim_countries").include(database=false) }} as a on a.country_code = e.authority
left join {{ ref("dim_countries").include(database=false) }} as t on t.country_code = e.target_country
