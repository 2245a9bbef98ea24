select
    event_id,
    coalesce(date_start, first_reported_on) as day,
    date_start is not null as is_dated,
    date_start,
    date_end,
    meeting_kind,
    current_stage,
    participant_countries,
    participant_names,
    place_country,
    place_text,
    topic,
    claim_status,
    is_contested,
    report_count
from {{ ref("fct_meetings") }}
