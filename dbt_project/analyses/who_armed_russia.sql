-- Who sent or sends arms to Russia, what, how many, and how well is it supported?
select
    supplier_country,
    weapon_category,
    weapon_designation,
    quantity_min,
    quantity_max,
    current_stage,
    claim_status,
    is_contested,
    date_start,
    date_end
from {{ ref("fct_arms_transfers") }}
where recipient_country = 'RU' and current_stage in ('in_progress', 'delivered')
order by supplier_country, weapon_category, date_start
