{{ config(post_hook="{{ as_of('reports_as_of', 'mart_report_history', 'withdrawn') }}") }}
-- What earlier builds recorded, and what this one adds: reports that are new, read differently, moved, or are gone.
with
    current_reports as (
        {% for fact_type in ["arms_transfer", "sanction", "meeting"] %}
            select
                r.report_id,
                '{{ fact_type }}' as fact_type,
                i.event_id,
                r.document_id,
                d.source_path,
                r.stage,
                r.claim_status,
                {{ details("r", detail_columns(fact_type)) }} as details,
                r.evidence_text,
                r.extractor_version
            from {{ ref("stg_" ~ fact_type ~ "_reports") }} as r
            inner join {{ ref("stg_documents") }} as d on d.document_id = r.document_id
            inner join {{ ref("int_event_ids") }} as i on i.report_id = r.report_id and i.fact_type = '{{ fact_type }}'
            {% if not loop.last %}
                union all
            {% endif %}
        {% endfor %}
    ),
    latest as (
        select *
        from {{ ref("stg_report_revisions") }}
        qualify row_number() over (partition by fact_type, report_id order by recorded_at desc) = 1
    ),
    seen as (
        select
            c.*,
            case
                when l.report_id is null
                then 'added'
                when l.change = 'withdrawn'
                then 'returned'
                when
                    (c.stage, c.claim_status, c.details::varchar, c.evidence_text)
                    is distinct from (l.stage, l.claim_status, l.details::varchar, l.evidence_text)
                then 'changed'
                when c.event_id is distinct from l.event_id
                then 'moved'
            end as change
        from current_reports as c
        left join latest as l on l.report_id = c.report_id and l.fact_type = c.fact_type
    ),
    revisions as (
        select
            report_id,
            fact_type,
            recorded_at,
            change,
            withdrawal_reason,
            event_id,
            document_id,
            source_path,
            stage,
            claim_status,
            details,
            evidence_text,
            extractor_version
        from {{ ref("stg_report_revisions") }}
        union all
        select
            report_id,
            fact_type,
            {{ recorded_at() }},
            change,
            null,
            event_id,
            document_id,
            source_path,
            stage,
            claim_status,
            details,
            evidence_text,
            extractor_version
        from seen
        where change is not null
        union all
        select
            l.report_id,
            l.fact_type,
            {{ recorded_at() }},
            'withdrawn',
            case
                when l.report_id in (select id from {{ ref("stg_corrections") }} where action = 'reject')
                then 'rejected'
                when d.document_id is not null
                then 'extractor_changed'
                when m.document_id is not null
                then 'article_gone'
                else 'article_pruned'
            end,
            null,
            l.document_id,
            l.source_path,
            l.stage,
            l.claim_status,
            l.details,
            l.evidence_text,
            l.extractor_version
        from latest as l
        left join {{ ref("stg_documents") }} as d on d.document_id = l.document_id
        left join {{ ref("stg_missing_documents") }} as m on m.document_id = l.document_id
        where l.change <> 'withdrawn' and (l.fact_type, l.report_id) not in (select (fact_type, report_id) from seen)
    )
select
    report_id,
    fact_type,
    recorded_at,
    lead(recorded_at) over (partition by fact_type, report_id order by recorded_at) as superseded_at,
    change,
    withdrawal_reason,
    event_id,
    lag(event_id) over (partition by fact_type, report_id order by recorded_at) as previous_event_id,
    document_id,
    source_path,
    stage,
    claim_status,
    details::varchar as details,
    evidence_text,
    extractor_version
from revisions
