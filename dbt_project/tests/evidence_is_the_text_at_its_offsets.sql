{{ config(meta={"dagster": {"ref": {"name": "dim_documents"}}}) }}
{% for fact_type in ["arms_transfer", "sanction", "meeting"] %}
    select r.report_id, '{{ fact_type }}' as fact_type
    from {{ ref("fct_" ~ fact_type ~ "_reports") }} as r
    inner join {{ ref("dim_documents") }} as d on d.document_id = r.document_id
    where substring(d.body, r.evidence_start + 1, r.evidence_end - r.evidence_start) is distinct from r.evidence_text
    {% if not loop.last %}
        union all
    {% endif %}
{% endfor %}
