-- How did each deal go, step by step?
select
    e.event_id,
    e.supplier_country,
    e.recipient_country,
    e.weapon_category,
    s.step.stage as stage,
    s.step.claim_status as claim_status,
    s.step.date_start as date_start,
    s.step.first_reported_on as first_reported_on
from {{ ref("fct_arms_transfers") }} as e
cross join unnest(e.stage_history) as s(step)
where len(e.stage_history) > 1
order by e.event_id, s.step.first_reported_on
