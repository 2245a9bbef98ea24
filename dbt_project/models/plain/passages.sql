with
    reports as (
        {% for fact_type in ["arms_transfer", "sanction", "meeting"] %}
        select
            '{{ fact_type }}' as about,
            report_id,
            event_id,
            document_id,
            stage,
            claim_status,
            coalesce(claimed_by_actor, claimed_by_country) as claimed_by,
            date_text,
            evidence_text
        from {{ ref("fct_" ~ fact_type ~ "_reports").include(database=false) }}
        {% if not loop.last %}
        union all
        {% endif %}
        {% endfor %}
    )
select
    r.about,
    r.evidence_text as passage,
    r.stage,
    r.claim_status as claim,
    r.claimed_by,
    r.date_text as date_in_words,
    d.title as article,
    d.outlet,
    d.published_on as published,
    d.url,
    d.source_path as file,
    r.event_id,
    r.report_id
from reports as r
inner join {{ ref("dim_documents").include(database=false) }} as d on d.document_id = r.document_id
