-- Which sanction regimes are in force, since when, and what do they consist of?
select authority, target_country, in_force_count, measures, target_kinds, first_imposed_on, last_change_on
from {{ ref("mart_sanction_regimes") }}
where status = 'in_force'
order by in_force_count desc, authority, target_country
