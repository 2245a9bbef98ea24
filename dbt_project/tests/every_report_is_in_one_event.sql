{{ config(meta={"dagster": {"ref": {"name": "fct_arms_transfers"}}}) }}
{% for fact_type in ["arms_transfer", "sanction", "meeting"] %}
    select '{{ fact_type }}' as fact_type, in_store, in_mart, in_events
    from
        (select count(*) as in_store from {{ ref("stg_" ~ fact_type ~ "_reports") }}),
        (select count(*) as in_mart from {{ ref("fct_" ~ fact_type ~ "_reports") }}),
        (select coalesce(sum(report_count), 0) as in_events from {{ ref("fct_" ~ fact_type ~ "s") }})
    where in_store <> in_mart or in_mart <> in_events
    {% if not loop.last %}
        union all
    {% endif %}
{% endfor %}
