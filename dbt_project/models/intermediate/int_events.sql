-- What the three kinds of event have in common: stages, dates, counts, support.
with
    reports as (select * from {{ ref("int_event_reports") }}),
    -- Denials contest an event and say nothing else of it, unless there is nothing but denials.
    told as (select * from reports qualify is_denial = min(is_denial) over (partition by event_id)),
    stages as (
        select
            event_id,
            stage,
            stage_order,
            arg_max(claim_status, {{ support_order("claim_status") }}) as claim_status,
            -- The most exact date that is given for the stage.
            arg_min(date_start, (date_end - date_start, date_start, report_id)) filter (
                where date_start is not null
            ) as date_start,
            arg_min(date_end, (date_end - date_start, date_start, report_id)) filter (
                where date_start is not null
            ) as date_end,
            min(published_on) as first_reported_on,
            count(*) as report_count
        from told
        group by event_id, stage, stage_order
    ),
    histories as (
        select
            event_id,
            arg_max(stage, stage_order) as current_stage,
            arg_max(claim_status, stage_order) as current_stage_claim_status,
            arg_max(claim_status, {{ support_order("claim_status") }}) as claim_status,
            list(
                struct_pack(stage, claim_status, date_start, date_end, first_reported_on, report_count)
                order by stage_order
            ) as stage_history,
            arg_max(date_start, stage_order) filter (where date_start is not null) as date_start,
            arg_max(date_end, stage_order) filter (where date_start is not null) as date_end
        from stages
        group by event_id
    ),
    confidences as (
        -- Documents back each other up; passages of one document do not.
        select event_id, round(1 - product(1 - confidence), 4) as confidence
        from (select event_id, document_id, max(confidence) as confidence from told group by event_id, document_id)
        group by event_id
    ),
    counts as (
        select
            event_id,
            fact_type,
            min(published_on) as first_reported_on,
            max(published_on) as last_reported_on,
            count(*) as report_count,
            count(distinct document_id) as document_count,
            count(*) filter (where is_denial) as denial_count,
            bool_or(is_denial) as is_contested
        from reports
        group by event_id, fact_type
    ),
    -- A story is told first by one outlet; those that print it after that one add nothing of their own.
    stories as (
        select
            event_id,
            story_id,
            arg_min(outlet, (published_on is null, published_on, document_id)) filter (
                where outlet is not null
            ) as outlet
        from reports
        group by event_id, story_id
    ),
    independent as (
        select event_id, count(*) as story_count, count(distinct outlet) as outlet_count
        from stories
        group by event_id
    )
select
    c.event_id,
    c.fact_type,
    h.current_stage,
    h.current_stage_claim_status,
    h.stage_history,
    c.first_reported_on,
    c.last_reported_on,
    h.date_start,
    h.date_end,
    c.report_count,
    c.document_count,
    i.outlet_count,
    i.story_count,
    c.denial_count,
    c.is_contested,
    h.claim_status,
    f.confidence
from counts as c
inner join independent as i on i.event_id = c.event_id
inner join histories as h on h.event_id = c.event_id
inner join confidences as f on f.event_id = c.event_id
