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
    {{ event_in_words("e") }}
from {{ ref("fct_meetings").include(database=false) }} as e
