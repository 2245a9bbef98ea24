{# The stages of each fact type in the order in which one thing goes through them. #}
{% macro stage_order(fact_type, stage) -%}
    {%- set orders = {
        'arms_transfer': ['sought', 'negotiating', 'offered', 'refused', 'agreed', 'in_progress', 'delivered', 'cancelled'],
        'sanction': ['called_for', 'threatened', 'imposed', 'in_force', 'violated', 'extended', 'eased', 'lifted'],
        'meeting': ['proposed', 'planned', 'declined', 'cancelled', 'ongoing', 'held'],
    } -%}
    list_position({{ orders[fact_type] }}, {{ stage }})
{%- endmacro %}

{# How well a claim is supported: stated before alleged before denied. #}
{% macro support_order(claim_status) -%}
    list_position(['denied', 'alleged', 'stated'], {{ claim_status }})
{%- endmacro %}
