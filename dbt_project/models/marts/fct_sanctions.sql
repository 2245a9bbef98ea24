with
    reports as ({{ telling_reports("sanction") }}),
    roles as (
        select
            event_id,
            {{ most_told("authority") }} as authority,
            {{ most_told("authority_actor") }} as authority_actor,
            {{ most_told("target_country") }} as target_country,
            {{ most_told("target_kind") }} as target_kind,
            {{ most_told("target_name") }} as target_name,
            coalesce({{ most_told("nullif(measure, 'unspecified')") }}, 'unspecified') as measure,
            {{ most_told("reason") }} as reason
        from reports
        group by event_id
    )
select
    r.event_id,
    r.authority,
    r.target_country,
    {{ mended_columns(["authority_actor", "target_kind", "target_name", "measure", "reason"]) }}
    {{ event_columns() }}
from roles as r
inner join {{ ref("int_events") }} as e on e.event_id = r.event_id
left join {{ ref("stg_mends") }} as m on m.id = r.event_id
