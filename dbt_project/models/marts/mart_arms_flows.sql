with
    deals as (
        select
            *,
            year(coalesce(date_start, first_reported_on))::integer as year,
            if(is_contested, 'contested', claim_status) as standing
        from {{ ref("fct_arms_transfers") }}
    )
select
    supplier_country,
    recipient_country,
    weapon_category,
    year,
    standing,
    quantity_unit,
    count(*) as deal_count,
    count(*) filter (where current_stage = 'delivered') as delivered_count,
    count(*) filter (where current_stage in ('refused', 'cancelled')) as failed_count,
    sum(quantity_min) filter (where current_stage not in ('refused', 'cancelled'))::bigint as quantity_min,
    if(
        count(*) filter (where quantity_min is not null and quantity_max is null) = 0,
        sum(quantity_max) filter (where current_stage not in ('refused', 'cancelled')),
        null
    )::bigint as quantity_max,
    sum(value_usd) filter (where current_stage not in ('refused', 'cancelled')) as value_usd,
    list(event_id order by event_id) as event_ids
from deals
group by supplier_country, recipient_country, weapon_category, year, standing, quantity_unit
