-- Where the reports of published events went, when they are no longer under the id that they were published under.
with
    known as (
        select
            event_id, fact_type, report_id, min(first_published_at) over (partition by event_id) as first_published_at
        from {{ ref("stg_event_registry") }}
    ),
    living as (select distinct event_id from {{ ref("int_event_ids") }})
select
    k.event_id,
    k.fact_type,
    i.event_id as moved_to_event_id,
    case
        when i.event_id is null
        then 'withdrawn'
        when k.event_id in (select event_id from living)
        then 'parted'
        else 'merged'
    end as outcome,
    count(*) as report_count,
    list(k.report_id order by k.report_id) as report_ids,
    min(k.first_published_at) as first_published_at
from known as k
left join {{ ref("int_event_ids") }} as i on i.report_id = k.report_id and i.fact_type = k.fact_type
where i.event_id is distinct from k.event_id
group by k.event_id, k.fact_type, i.event_id
