{# The columns that all report tables open with, in the contract's order. #}
{% macro report_columns() -%}
    r.report_id,
    i.event_id,
    r.document_id,
    r.stage,
    r.claim_status,
    r.claimed_by_country,
    r.claimed_by_actor,
    r.date_start,
    r.date_end,
    r.date_precision,
    r.date_text,
    r.evidence_start,
    r.evidence_end,
    r.evidence_text,
    r.confidence,
    r.extractor,
    r.extractor_version,
    r.uncorrected
{%- endmacro %}

{# The columns that all event tables end with, in the contract's order. #}
{% macro event_columns() -%}
    e.current_stage,
    e.stage_history,
    e.first_reported_on,
    e.last_reported_on,
    e.date_start,
    e.date_end,
    e.report_count,
    e.document_count,
    e.outlet_count,
    e.is_contested,
    e.claim_status,
    e.confidence,
    e.current_stage_claim_status,
    e.denial_count,
    e.story_count
{%- endmacro %}

{# The reports of one fact type that speak for their events: all but the denials, unless there is nothing else. #}
{% macro telling_reports(fact_type) -%}
    select r.*, i.event_id, {{ stage_order(fact_type, 'r.stage') }} as stage_order
    from {{ ref('stg_' ~ fact_type ~ '_reports') }} as r
    inner join {{ ref('int_event_ids') }} as i on i.report_id = r.report_id and i.fact_type = '{{ fact_type }}'
    qualify (r.claim_status = 'denied') = min(r.claim_status = 'denied') over (partition by i.event_id)
{%- endmacro %}

{# The value that most reports of an event give; among equals the one of the surest report. #}
{% macro most_told(value) -%}
    mode({{ value }} order by confidence desc, report_id)
{%- endmacro %}
