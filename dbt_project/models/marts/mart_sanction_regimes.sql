with
    steps as (
        select
            e.authority,
            e.target_country,
            e.event_id,
            e.target_kind,
            e.target_name,
            e.measure,
            e.current_stage,
            e.is_contested,
            s.step.stage as stage,
            s.step.claim_status as claim_status,
            coalesce(s.step.date_start, s.step.first_reported_on) as day
        from {{ ref("fct_sanctions") }} as e
        cross join unnest(e.stage_history) as s(step)
    )
select
    authority,
    target_country,
    -- Of the whole regime: one measure in force keeps it in force.
    case
        when bool_or(current_stage in ('imposed', 'in_force', 'extended', 'violated'))
        then 'in_force'
        when bool_or(current_stage = 'eased')
        then 'eased'
        when bool_or(current_stage = 'lifted')
        then 'lifted'
        when bool_or(current_stage = 'threatened')
        then 'threatened'
        else 'called_for'
    end as status,
    count(distinct event_id) as sanction_count,
    count(distinct event_id) filter (
        where current_stage in ('imposed', 'in_force', 'extended', 'violated')
    ) as in_force_count,
    count(distinct event_id) filter (where is_contested) as contested_count,
    list(distinct measure order by measure) as measures,
    list(distinct target_kind order by target_kind) filter (where target_kind is not null) as target_kinds,
    min(day) filter (where stage = 'imposed') as first_imposed_on,
    max(day) as last_change_on,
    list(
        struct_pack(day, stage, claim_status, measure, target_kind, target_name, event_id)
        order by day nulls last, event_id, stage
    ) as history
from steps
group by authority, target_country
