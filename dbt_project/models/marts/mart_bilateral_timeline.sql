-- A stage of an event stands on the day on which it began; one without a date stands on the day that first told of it.
with
    happenings as (
        select
            p.country_a,
            p.country_b,
            coalesce(s.stage.date_start, s.stage.first_reported_on) as day,
            e.event_id,
            e.fact_type,
            s.stage.stage as stage,
            s.stage.claim_status as claim_status,
            s.stage.date_end as date_end,
            s.stage.date_start is not null as is_dated,
            e.is_contested
        from {{ ref("int_events") }} as e
        inner join {{ ref("int_event_pairs") }} as p on p.event_id = e.event_id
        cross join unnest(e.stage_history) as s(stage)
    )
select
    country_a,
    country_b,
    day,
    count(distinct event_id) filter (where fact_type = 'arms_transfer') as arms_transfer_count,
    count(distinct event_id) filter (where fact_type = 'sanction') as sanction_count,
    count(distinct event_id) filter (where fact_type = 'meeting') as meeting_count,
    list(
        struct_pack(fact_type, event_id, stage, claim_status, is_contested, is_dated, date_end)
        order by fact_type, event_id, stage
    ) as happenings
from happenings
group by country_a, country_b, day
