-- For which groups were arms meant that a state received?
select
    end_user,
    recipient_country,
    list(distinct supplier_country order by supplier_country) as suppliers,
    list(distinct weapon_category order by weapon_category) as weapon_categories,
    count(*) as deals
from {{ ref("fct_arms_transfers") }}
where end_user is not null
group by end_user, recipient_country
order by deals desc, end_user
