with
    reports as ({{ telling_reports("meeting") }}),
    roles as (
        select
            event_id,
            list_sort(list_distinct(flatten(list(participant_countries)))) as participant_countries,
            {{ most_told("meeting_kind") }} as meeting_kind,
            {{ most_told("place_country") }} as place_country,
            {{ most_told("place_text") }} as place_text,
            {{ most_told("topic") }} as topic
        from reports
        group by event_id
    ),
    people as (
        select event_id, list(name order by name) as participant_names
        from {{ ref("int_meeting_people") }}
        group by event_id
    )
select
    r.event_id,
    r.participant_countries,
    coalesce(p.participant_names, []) as participant_names,
    {{ mended_columns(["meeting_kind", "place_country", "place_text", "topic"]) }}
    {{ event_columns() }}
from roles as r
inner join {{ ref("int_events") }} as e on e.event_id = r.event_id
left join people as p on p.event_id = r.event_id
left join {{ ref("stg_mends") }} as m on m.id = r.event_id
