-- All reports of the three fact types with their events, in the columns that they have in common.
{% for fact_type in ["arms_transfer", "sanction", "meeting"] %}
    select
        i.event_id,
        '{{ fact_type }}' as fact_type,
        r.report_id,
        r.document_id,
        r.stage,
        {{ stage_order(fact_type, "r.stage") }} as stage_order,
        r.claim_status,
        r.claim_status = 'denied' as is_denial,
        r.claimed_by_country,
        r.claimed_by_actor,
        r.date_start,
        coalesce(r.date_end, r.date_start) as date_end,
        r.published_on,
        r.outlet,
        r.story_id,
        r.confidence
    from {{ ref("stg_" ~ fact_type ~ "_reports") }} as r
    inner join {{ ref("int_event_ids") }} as i on i.report_id = r.report_id and i.fact_type = '{{ fact_type }}'
    {% if not loop.last %}
        union all
    {% endif %}
{% endfor %}
