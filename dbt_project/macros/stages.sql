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

{# The id that an event gets which is born with this report, after the report has had `had` other ids. #}
{% macro event_id_of(fact_type, report_id, had) -%}
    case {{ fact_type }} when 'arms_transfer' then 'a' when 'sanction' then 's' else 'm' end
    || md5({{ report_id }} || '#' || {{ had }})[:16]
{%- endmacro %}

{# How little a report says of its time: 0 to about a week, 1 to a season, `long` beyond it; `undated` where only the
publication date bounds it, 9 where nothing does. #}
{% macro vagueness(undated, long) -%}
    case
        when window_end is null
        then 9
        when dated_end is null
        then {{ undated }}
        when dated_end - date_start <= 10
        then 0
        when dated_end - date_start <= 100
        then 1
        else {{ long }}
    end
{%- endmacro %}
