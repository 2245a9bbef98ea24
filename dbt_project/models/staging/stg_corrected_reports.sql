-- Rejected ones included, which stand nowhere else.
with
    named as (
        select unnest([id, other_id]) as report_id from {{ ref("stg_corrections") }} where problem is null
    )
{% for fact_type in ["arms_transfer", "sanction", "meeting"] %}
    select
        r.report_id,
        '{{ fact_type }}' as fact_type,
        r.document_id,
        r.evidence_text,
        {{ details("r", ["stage", "claim_status"] + detail_columns(fact_type)) }} as details
    from {{ source("store", fact_type ~ "_reports") }} as r
    inner join {{ ref("stg_documents") }} as d on d.document_id = r.document_id
    where r.report_id in (select report_id from named)
    {% if not loop.last %}
        union all
    {% endif %}
{% endfor %}
