select
    {{ report_columns() }},
    r.participant_countries,
    r.participant_names,
    r.meeting_kind,
    r.place_country,
    r.place_text,
    r.topic,
    r.rule
from {{ ref("stg_meeting_reports") }} as r
inner join {{ ref("int_event_ids") }} as i on i.report_id = r.report_id and i.fact_type = 'meeting'
