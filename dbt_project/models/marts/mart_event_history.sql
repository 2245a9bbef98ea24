{{ config(post_hook="{{ as_of('events_as_of', 'mart_event_history', 'ended') }}") }}
-- What earlier builds recorded, and what this one adds: events that are new, look different, or are no more.
with
    members as (
        select event_id, list(report_id order by report_id) as report_ids
        from {{ ref("int_event_ids") }}
        group by event_id
    ),
    current_events as (
        {% for fact_type in ["arms_transfer", "sanction", "meeting"] %}
            {%- set has_quantity = fact_type == "arms_transfer" %}
            select
                event_id,
                '{{ fact_type }}' as fact_type,
                current_stage,
                claim_status,
                is_contested,
                date_start,
                date_end,
                {{ "quantity_min" if has_quantity else "null::bigint" }} as quantity_min,
                {{ "quantity_max" if has_quantity else "null::bigint" }} as quantity_max,
                {{ details("e", detail_columns(fact_type, of_events=true)) }} as details
            from {{ ref("fct_" ~ fact_type ~ "s") }} as e
            {% if not loop.last %}
                union all
            {% endif %}
        {% endfor %}
    ),
    latest as (
        select *
        from {{ ref("stg_event_revisions") }}
        qualify row_number() over (partition by event_id order by recorded_at desc) = 1
    ),
    compared as (
        select
            c.*,
            m.report_ids,
            l.change as latest_change,
            list_filter(
                [
                    if(c.current_stage is distinct from l.current_stage, 'current_stage', null),
                    if(c.claim_status is distinct from l.claim_status, 'claim_status', null),
                    if(c.is_contested is distinct from l.is_contested, 'is_contested', null),
                    if((c.date_start, c.date_end) is distinct from (l.date_start, l.date_end), 'date', null),
                    if(
                        (c.quantity_min, c.quantity_max) is distinct from (l.quantity_min, l.quantity_max),
                        'quantity',
                        null
                    ),
                    if(c.details::varchar is distinct from l.details::varchar, 'details', null),
                    if(m.report_ids is distinct from l.report_ids, 'members', null)
                ],
                lambda field:field is not null
            ) as differing
        from current_events as c
        inner join members as m on m.event_id = c.event_id
        left join latest as l on l.event_id = c.event_id
    ),
    -- The reports that this build adds, reads differently, moves or withdraws, by each event that they touch.
    causes as (
        select event_id, list(distinct report_id order by report_id) as report_ids
        from
            (
                select report_id, unnest([event_id, previous_event_id]) as event_id
                from {{ ref("mart_report_history") }}
                where recorded_at = {{ recorded_at() }}
            )
        where event_id is not null
        group by event_id
    ),
    revisions as (
        select
            event_id,
            fact_type,
            recorded_at,
            change,
            changed_fields,
            current_stage,
            claim_status,
            is_contested,
            date_start,
            date_end,
            quantity_min,
            quantity_max,
            details,
            report_ids,
            through_report_ids
        from {{ ref("stg_event_revisions") }}
        union all
        select
            c.event_id,
            c.fact_type,
            {{ recorded_at() }},
            case
                when c.latest_change is null then 'created' when c.latest_change = 'ended' then 'returned' else 'changed'
            end,
            if(c.latest_change is null, [], c.differing),
            c.current_stage,
            c.claim_status,
            c.is_contested,
            c.date_start,
            c.date_end,
            c.quantity_min,
            c.quantity_max,
            c.details,
            c.report_ids,
            coalesce(t.report_ids, [])
        from compared as c
        left join causes as t on t.event_id = c.event_id
        where c.latest_change is null or c.latest_change = 'ended' or len(c.differing) > 0
        union all
        select
            l.event_id,
            l.fact_type,
            {{ recorded_at() }},
            'ended',
            ['members'],
            l.current_stage,
            l.claim_status,
            l.is_contested,
            l.date_start,
            l.date_end,
            l.quantity_min,
            l.quantity_max,
            l.details,
            [],
            coalesce(t.report_ids, [])
        from latest as l
        left join causes as t on t.event_id = l.event_id
        where l.change <> 'ended' and l.event_id not in (select event_id from current_events)
    )
select
    event_id,
    fact_type,
    recorded_at,
    lead(recorded_at) over (partition by event_id order by recorded_at) as superseded_at,
    change,
    changed_fields,
    current_stage,
    claim_status,
    is_contested,
    date_start,
    date_end,
    quantity_min,
    quantity_max,
    details::varchar as details,
    report_ids,
    through_report_ids
from revisions
