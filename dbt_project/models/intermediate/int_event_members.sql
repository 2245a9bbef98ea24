-- Which reports are one event: what the rules of resolution say, and then what people say.
with recursive
    resolved as (
        select report_id, fact_type, fact_type || '|' || cluster as cluster
        from {{ ref("int_arms_members") }}
        union all
        select report_id, fact_type, fact_type || '|' || cluster
        from {{ ref("int_sanction_members") }}
        union all
        select report_id, fact_type, fact_type || '|' || cluster
        from {{ ref("int_meeting_members") }}
    ),
    corrections as (
        select action, id, other_id from {{ ref("stg_corrections") }} where action in ('join', 'part') and problem is null
    ),
    -- A report is parted by its own id, or by that of the event under which it was published first.
    parted as (
        select id as report_id, id as part
        from corrections
        where action = 'part'
        union all
        select e.report_id, arg_min(e.event_id, (e.first_published_at, e.event_id)) as part
        from {{ ref("stg_event_registry") }} as e
        where
            e.report_id in (
                select p.report_id
                from {{ ref("stg_event_registry") }} as p
                inner join corrections as c on c.action = 'part' and c.id = p.event_id
            )
        group by e.report_id
        having part in (select id from corrections where action = 'part')
    ),
    members as (
        select
            r.report_id,
            r.fact_type,
            coalesce(r.fact_type || '|part|' || p.part, r.cluster) as cluster
        from resolved as r
        left join parted as p on p.report_id = r.report_id
    ),
    joined as (
        select a.cluster as cluster, b.cluster as other
        from corrections as c
        inner join {{ ref("int_correction_anchors") }} as x on x.id = c.id
        inner join {{ ref("int_correction_anchors") }} as y on y.id = c.other_id and y.fact_type = x.fact_type
        inner join members as a on a.report_id = x.report_id and a.fact_type = x.fact_type
        inner join members as b on b.report_id = y.report_id and b.fact_type = y.fact_type
        where c.action = 'join'
    ),
    both_ways as (
        select cluster, other
        from joined
        union
        select other, cluster
        from joined
    ),
    reach as (
        select cluster, other
        from both_ways
        union
        select r.cluster, b.other
        from reach as r
        inner join both_ways as b on b.cluster = r.other
    ),
    united as (select cluster, min(other) as united_cluster from reach group by cluster)
select m.report_id, m.fact_type, coalesce(u.united_cluster, m.cluster) as cluster
from members as m
left join united as u on u.cluster = m.cluster
