-- Which report an id stands for that somebody wrote into the corrections: itself, or an event's first report.
with
    named as (
        select distinct unnest([id, other_id]) as id from {{ ref("stg_corrections") }} where problem is null
    ),
    reports as (
        select report_id, fact_type
        from {{ ref("int_arms_members") }}
        union all
        select report_id, fact_type
        from {{ ref("int_sanction_members") }}
        union all
        select report_id, fact_type
        from {{ ref("int_meeting_members") }}
    ),
    anchors as (
        select n.id, r.fact_type, r.report_id, null::timestamp as first_published_at
        from reports as r
        inner join named as n on n.id = r.report_id
        union all
        select n.id, r.fact_type, r.report_id, e.first_published_at
        from {{ ref("stg_event_registry") }} as e
        inner join named as n on n.id = e.event_id
        inner join reports as r on r.report_id = e.report_id and r.fact_type = e.fact_type
        union all
        -- The same articles in a new store have no published events yet, but will have the same ids.
        select n.id, r.fact_type, r.report_id, null
        from reports as r
        inner join named as n on n.id = {{ event_id_of("r.fact_type", "r.report_id", "0") }}
    )
select id, fact_type, arg_min(report_id, (coalesce(first_published_at, timestamp 'infinity'), report_id)) as report_id
from anchors
group by id, fact_type
