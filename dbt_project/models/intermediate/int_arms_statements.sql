-- What each arms-transfer report says, in the terms that deals are compared in.
with
    told as (
        -- A day that has yet to come is when an agreed deal is to be fulfilled; the deal itself was there in print.
        select * replace (
            if(stage = 'agreed' and date_start > published_on, null, date_start) as date_start,
            if(stage = 'agreed' and date_start > published_on, null, date_end) as date_end
        )
        from {{ ref("stg_arms_transfer_reports") }}
    ),
    reports as (
        select
            *,
            coalesce(supplier_country, '?') || '>' || coalesce(recipient_country, '?') as sides,
            {{ fold("weapon_designation") }} as designation,
            {{ fold("end_user") }} as user_name,
            {{ stage_order("arms_transfer", "stage") }} as stage_order,
            stage in ('sought', 'negotiating', 'offered') as is_open,
            claim_status = 'denied' as is_denial,
            coalesce(date_end, date_start) as dated_end
        from told
    ),
    windows as (
        -- When it can have happened. What is done was done before it was printed; what is undated is fairly recent
        -- news.
        select
            *,
            coalesce(date_start, published_on - 90) as window_start,
            case
                when dated_end is null
                then published_on
                when not is_open and published_on >= date_start
                then least(dated_end, published_on)
                else dated_end
            end as window_end
        from reports
    ),
    classed as (
        select
            *,
            not is_denial and window_end is not null as is_anchor,
            {{ vagueness("2", 3) }} as vagueness,
            -- An agreement names a deal best, then its fulfilment; wishes come last.
            list_position(
                ['agreed', 'delivered', 'in_progress', 'cancelled', 'refused', 'offered', 'negotiating', 'sought'],
                stage
            ) as stage_priority
        from windows
    )
select
    report_id,
    document_id,
    sides,
    weapon_category,
    designation,
    user_name,
    stage,
    stage_order,
    is_open,
    quantity_min,
    quantity_max,
    claim_status,
    published_on,
    window_start,
    window_end,
    vagueness,
    is_denial,
    is_anchor,
    evidence_start,
    evidence_end,
    -- Reports that say the same in all these terms are one item. Its number is its precedence.
    dense_rank() over (
        order by
            not is_anchor,
            vagueness in (2, 3, 9),
            vagueness = 3,
            stage_priority,
            vagueness,
            window_start,
            window_end,
            sides,
            weapon_category,
            designation,
            user_name,
            quantity_min,
            quantity_max,
            case when not is_anchor then report_id end
    ) as item
from classed
