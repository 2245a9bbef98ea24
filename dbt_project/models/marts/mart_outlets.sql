with
    reports as (select * from {{ ref("int_event_reports") }} where outlet is not null and not is_denial),
    printed as (select event_id, count(distinct outlet) as outlet_count from reports group by event_id),
    standings as (
        select
            r.outlet,
            r.event_id,
            p.outlet_count = 1 as is_alone,
            p.outlet_count > 1 and min(r.published_on) = e.first_reported_on as is_first,
            e.is_contested
        from reports as r
        inner join {{ ref("int_events") }} as e on e.event_id = r.event_id
        inner join printed as p on p.event_id = r.event_id
        group by r.outlet, r.event_id, p.outlet_count, e.first_reported_on, e.is_contested
    ),
    events as (
        select
            outlet,
            count(*) as event_count,
            count(*) filter (where is_alone) as alone_count,
            count(*) filter (where is_first) as first_count,
            count(*) filter (where is_contested) as contested_count
        from standings
        group by outlet
    )
select
    d.outlet,
    count(*) as document_count,
    min(d.published_on) as first_published_on,
    max(d.published_on) as last_published_on,
    coalesce(any_value(n.report_count), 0) as report_count,
    coalesce(any_value(e.event_count), 0) as event_count,
    coalesce(any_value(e.alone_count), 0) as alone_count,
    coalesce(any_value(e.first_count), 0) as first_count,
    coalesce(any_value(e.contested_count), 0) as contested_count
from {{ ref("stg_documents") }} as d
left join
    (select outlet, count(*) as report_count from {{ ref("int_event_reports") }} group by outlet) as n
    on n.outlet = d.outlet
left join events as e on e.outlet = d.outlet
where d.outlet is not null
group by d.outlet
