-- What each sanction report says, in the terms that sanctions are compared in.
with
    reports as (
        select
            *,
            coalesce(authority, '?') || '>' || coalesce(target_country, '?') as sides,
            {{ fold("target_name") }} as target,
            {{ stage_order("sanction", "stage") }} as stage_order,
            case
                when stage in ('called_for', 'threatened')
                then 'proposal'
                when stage in ('in_force', 'violated')
                then 'standing'
                else 'act'
            end as track,
            coalesce(target_kind, 'country') not in ('person', 'organisation') as is_regime,
            claim_status = 'denied' as is_denial,
            coalesce(date_end, date_start) as dated_end
        from {{ ref("stg_sanction_reports") }}
    ),
    windows as (
        -- An undated act is recent news; undated sanctions in force may have begun at any time before the article.
        select
            *,
            coalesce(
                date_start, if(track = 'standing' and published_on is not null, date '1900-01-01', published_on - 45)
            ) as window_start,
            case
                when dated_end is null
                then published_on
                when track <> 'proposal' and published_on >= date_start
                then least(dated_end, published_on)
                else dated_end
            end as window_end
        from reports
    ),
    classed as (
        select
            *,
            not is_denial and window_end is not null as is_anchor,
            {{ vagueness("2", 3) }} as vagueness
        from windows
    )
select
    report_id,
    document_id,
    sides,
    track,
    is_regime,
    coalesce(target_kind, 'country') as target_kind,
    target,
    measure,
    stage,
    stage_order,
    claim_status,
    published_on,
    window_start,
    window_end,
    vagueness,
    is_denial,
    is_anchor,
    evidence_start,
    evidence_end,
    dense_rank() over (
        order by
            not is_anchor,
            vagueness = 9,
            list_position([0, 1, 3, 2], vagueness) >= 4,
            list_position(['act', 'standing', 'proposal'], track),
            stage <> 'imposed',
            list_position([0, 1, 3, 2], vagueness),
            window_start,
            window_end,
            stage_order,
            sides,
            target_kind,
            target,
            measure,
            case when not is_anchor then report_id end
    ) as item
from classed
