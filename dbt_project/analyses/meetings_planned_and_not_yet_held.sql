-- Which meetings are planned of which no report says that they were held?
select day, date_end, meeting_kind, participant_countries, participant_names, place_text, claim_status
from {{ ref("mart_meetings_calendar") }}
where current_stage in ('proposed', 'planned')
order by day
