with sides as (select event_id, unnest(participant_countries) as participant_country from {{ ref("fct_meetings") }})
select coalesce(s.event_id, p.event_id) as event_id, s.participant_country, p.name as participant_name, p.actor_id
from sides as s
full join {{ ref("int_meeting_people") }} as p on p.event_id = s.event_id and p.country_code = s.participant_country
