-- What happened between North Korea and Russia, day by day?
select
    t.day,
    h.happening.fact_type as fact_type,
    h.happening.stage as stage,
    h.happening.claim_status as claim_status,
    h.happening.event_id as event_id
from {{ ref("mart_bilateral_timeline") }} as t
cross join unnest(t.happenings) as h(happening)
where t.country_a = 'KP' and t.country_b = 'RU'
order by t.day, fact_type
