-- Which persons and bodies are under sanctions, by whom?
select
    target_name,
    target_kind,
    target_country,
    list(distinct authority order by authority) as authorities,
    min(coalesce(date_start, first_reported_on)) as since
from {{ ref("fct_sanctions") }}
where
    target_kind in ('person', 'organisation')
    and current_stage in ('imposed', 'in_force', 'extended')
    and target_name is not null
group by target_name, target_kind, target_country
order by target_name
