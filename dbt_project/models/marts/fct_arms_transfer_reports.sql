select
    {{ report_columns() }},
    r.supplier_country,
    r.supplier_actor,
    r.recipient_country,
    r.recipient_actor,
    r.end_user,
    r.weapon_category,
    r.weapon_designation,
    r.quantity_min,
    r.quantity_max,
    r.quantity_unit,
    r.quantity_text,
    r.value_usd,
    r.rule
from {{ ref("stg_arms_transfer_reports") }} as r
inner join {{ ref("int_event_ids") }} as i on i.report_id = r.report_id and i.fact_type = 'arms_transfer'
