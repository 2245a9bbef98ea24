with
    stories as (
        select
            story_id,
            arg_min(
                struct_pack(document_id, title, outlet), (published_on is null, published_on, document_id)
            ) as earliest,
            min(published_on) as first_published_on,
            max(published_on) as last_published_on,
            count(*) as document_count,
            count(distinct outlet) as outlet_count,
            coalesce(list(distinct outlet order by outlet) filter (where outlet is not null), []) as outlets,
            list(document_id order by document_id) as document_ids
        from {{ ref("stg_documents") }}
        where story_id in (select story_id from {{ ref("stg_documents") }} group by story_id having count(*) > 1)
        group by story_id
    ),
    reports as (
        select story_id, count(*) as report_count, count(distinct event_id) as event_count
        from {{ ref("int_event_reports") }}
        group by story_id
    )
select
    s.story_id,
    s.earliest.document_id as first_document_id,
    s.earliest.title as title,
    s.earliest.outlet as first_outlet,
    s.first_published_on,
    s.last_published_on,
    s.document_count,
    s.outlet_count,
    s.outlets,
    s.document_ids,
    coalesce(r.report_count, 0) as report_count,
    coalesce(r.event_count, 0) as event_count
from stories as s
left join reports as r on r.story_id = s.story_id
