-- Hands each cluster of reports its event id: the one that it was published under, or a new one.
with
    members as (select report_id, fact_type, cluster from {{ ref("int_event_members") }}),
    -- Which published ids the reports of a cluster have had. An id belongs to the cluster that has most of its reports.
    claims as (
        select
            m.cluster,
            r.event_id,
            min(r.first_published_at) over (partition by r.event_id) as first_published_at,
            count(*) over (partition by m.cluster, r.event_id) as shared,
            min(m.report_id) over (partition by m.cluster, r.event_id) as first_report
        from members as m
        inner join {{ ref("stg_event_registry") }} as r on r.report_id = m.report_id and r.fact_type = m.fact_type
    ),
    holders as (
        select event_id, first_published_at, arg_min(cluster, (- shared, first_report)) as cluster
        from claims
        group by event_id, first_published_at
    ),
    -- Where a cluster holds several, the oldest lives.
    kept as (
        select cluster, arg_min(event_id, (first_published_at, event_id)) as event_id from holders group by cluster
    ),
    -- A new id is made of the cluster's first report and of how many ids that report has had, so that none is used
    -- twice.
    fresh as (
        select c.cluster, c.fact_type, c.first_report, count(distinct r.event_id) as had
        from (select cluster, fact_type, min(report_id) as first_report from members group by cluster, fact_type) as c
        left join {{ ref("stg_event_registry") }} as r on r.report_id = c.first_report and r.fact_type = c.fact_type
        group by all
    )
select
    m.report_id,
    m.fact_type,
    coalesce(
        k.event_id,
        {{ event_id_of("m.fact_type", "f.first_report", "f.had") }}
    ) as event_id
from members as m
inner join fresh as f on f.cluster = m.cluster
left join kept as k on k.cluster = m.cluster
