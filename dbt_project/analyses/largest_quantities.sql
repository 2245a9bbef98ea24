-- What are the largest quantities of arms reported, and in which words?
select
    supplier_country,
    recipient_country,
    weapon_category,
    quantity_min,
    quantity_max,
    quantity_unit,
    quantity_text,
    claim_status,
    evidence_text
from {{ ref("fct_arms_transfer_reports") }}
where quantity_min is not null
order by quantity_min desc, report_id
limit 20
