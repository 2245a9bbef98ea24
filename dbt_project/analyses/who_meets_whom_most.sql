-- Which pairs of countries meet most, and when last?
select country_a, country_b, sum(meeting_count) as meeting_days, max(day) as last_day
from {{ ref("mart_bilateral_timeline") }}
where meeting_count > 0
group by country_a, country_b
order by meeting_days desc, country_a, country_b
limit 50
