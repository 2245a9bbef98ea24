-- Whom did each person meet, country by country?
select
    p.participant_name,
    p.participant_country,
    o.participant_country as met_country,
    o.participant_name as met,
    m.day,
    m.meeting_kind
from {{ ref("bridge_meeting_participants") }} as p
inner join
    {{ ref("bridge_meeting_participants") }} as o
    on o.event_id = p.event_id
    and o.participant_name is distinct from p.participant_name
inner join {{ ref("mart_meetings_calendar") }} as m on m.event_id = p.event_id
where p.participant_name is not null
order by p.participant_name, m.day, met_country
