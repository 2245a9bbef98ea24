{{ config(meta={"dagster": {"ref": {"name": "dim_documents"}}}) }}
with
    reports as (
        -- Together, so that the bodies are read once.
        {% for fact_type in ["arms_transfer", "sanction", "meeting"] %}
            select report_id, '{{ fact_type }}' as fact_type, document_id, evidence_start, evidence_end, evidence_text
            from {{ ref("fct_" ~ fact_type ~ "_reports") }}
            {% if not loop.last %}
                union all
            {% endif %}
        {% endfor %}
    )
select r.report_id, r.fact_type
from reports as r
inner join {{ ref("dim_documents") }} as d on d.document_id = r.document_id
where substring(d.body, r.evidence_start + 1, r.evidence_end - r.evidence_start) is distinct from r.evidence_text
