-- To or from which countries did arms go while an arms embargo on them was in force?
select
    s.authority,
    s.target_country,
    t.supplier_country,
    t.recipient_country,
    t.weapon_category,
    t.claim_status,
    coalesce(t.date_start, t.first_reported_on) as day
from {{ ref("fct_sanctions") }} as s
inner join
    {{ ref("fct_arms_transfers") }} as t
    on s.target_country in (t.supplier_country, t.recipient_country)
    and coalesce(t.date_start, t.first_reported_on) >= coalesce(s.date_start, s.first_reported_on)
where s.measure = 'arms_embargo' and s.current_stage not in ('lifted', 'called_for', 'threatened')
order by day
