-- Which sanctions followed within a year of which arms transfers of the sanctioned country?
select
    t.supplier_country,
    t.recipient_country,
    t.weapon_category,
    coalesce(t.date_start, t.first_reported_on) as transfer_day,
    s.authority,
    s.target_country,
    s.measure,
    coalesce(s.date_start, s.first_reported_on) as sanction_day
from {{ ref("fct_arms_transfers") }} as t
inner join
    {{ ref("fct_sanctions") }} as s
    on s.target_country in (t.supplier_country, t.recipient_country)
    and s.authority not in (t.supplier_country, t.recipient_country)
    and coalesce(s.date_start, s.first_reported_on)
    between coalesce(t.date_start, t.first_reported_on) and coalesce(t.date_start, t.first_reported_on) + 365
where s.current_stage in ('imposed', 'in_force', 'extended')
order by transfer_day, sanction_day
