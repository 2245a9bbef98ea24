{# A quantity as people write it: 24; 20+ (at least); up to 9; 1000–9999; with its unit, where there is one. #}
{% macro quantity_in_words(row) -%}
    case
        when {{ row }}.quantity_min is null and {{ row }}.quantity_max is null
        then null
        when {{ row }}.quantity_max is null
        then {{ row }}.quantity_min || '+'
        when {{ row }}.quantity_min is null
        then 'up to ' || {{ row }}.quantity_max
        when {{ row }}.quantity_min = {{ row }}.quantity_max
        then {{ row }}.quantity_min::varchar
        else {{ row }}.quantity_min || '–' || {{ row }}.quantity_max
    end || coalesce(' ' || {{ row }}.quantity_unit, '')
{%- endmacro %}

{# How far an event has come, when, and by how many reports: what every plain view of events ends with. #}
{% macro event_in_words(row) -%}
    {{ row }}.current_stage as stage,
    {{ row }}.claim_status as claim,
    {{ row }}.is_contested as contested,
    {{ row }}.date_start as from_day,
    {{ row }}.date_end as to_day,
    {{ row }}.first_reported_on as first_reported,
    {{ row }}.report_count as reports,
    {{ row }}.event_id
{%- endmacro %}
