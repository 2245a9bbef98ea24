select
    (
        select string_agg(c.name_en, ', ' order by c.name_en)
        from {{ ref("dim_countries").include(database=false) }} as c
        where list_contains(e.participant_countries, c.country_code)
    ) as countries,
    array_to_string(e.participant_names, ', ') as people,
    e.meeting_kind as kind,
    e.place_text as place,
    e.topic,
    e.current_stage as stage,
    e.claim_status as claim,
    e.is_contested as contested,
    e.date_start as from_day,
    e.date_end as to_day,
    e.first_reported_on as first_reported,
    e.report_count as reports,
    e.event_id
from {{ ref("fct_meetings").include(database=false) }} as e
