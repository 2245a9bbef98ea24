-- Which deals are agreed but not reported as delivered, and since when?
select
    event_id,
    supplier_country,
    recipient_country,
    weapon_category,
    weapon_designation,
    quantity_min,
    date_start,
    first_reported_on,
    last_reported_on
from {{ ref("fct_arms_transfers") }}
where current_stage in ('agreed', 'in_progress')
order by coalesce(date_start, first_reported_on)
