select
    {{ report_columns() }},
    r.authority,
    r.authority_actor,
    r.target_country,
    r.target_kind,
    r.target_name,
    r.measure,
    r.reason,
    r.rule
from {{ ref("stg_sanction_reports") }} as r
inner join {{ ref("int_event_ids") }} as i on i.report_id = r.report_id and i.fact_type = 'sanction'
