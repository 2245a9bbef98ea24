-- What the three kinds of event have in common: stages, dates, counts, support.
with
    reports as (select * from {{ ref("int_event_reports") }}),
    -- Denials contest an event and say nothing else of it, unless there is nothing but denials.
    told as (
        select *, (date_end - date_start) * 10000000 + (date_start - date '0001-01-01') as vagueness
        from reports
        where not is_denial or event_id not in (select event_id from reports where not is_denial)
    ),
    stages as (
        select
            event_id,
            stage,
            stage_order,
            arg_max(claim_status, {{ support_order("claim_status") }}) as claim_status,
            -- The most exact date that is given for the stage, of two the earlier.
            arg_min(date_start, vagueness) as date_start,
            arg_min(date_end, vagueness) as date_end,
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
            list_sort(
                list(
                    struct_pack(
                        stage_order, stage, claim_status, date_start, date_end, first_reported_on, report_count
                    )
                )
            ) as stages,
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
    list_transform(
        h.stages,
        lambda x:struct_pack(
            stage := x.stage,
            claim_status := x.claim_status,
            date_start := x.date_start,
            date_end := x.date_end,
            first_reported_on := x.first_reported_on,
            report_count := x.report_count
        )
    ) as stage_history,
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
