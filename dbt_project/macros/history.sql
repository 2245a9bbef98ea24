{# The moment under which this build's revisions are known. #}
{% macro recorded_at() -%}
    timestamp '{{ run_started_at.strftime("%Y-%m-%d %H:%M:%S.%f") }}'
{%- endmacro %}

{# What a report or an event says beside the columns that all kinds have: a JSON object of what is not null. #}
{% macro details(relation, columns) -%}
    json_merge_patch('{}', to_json(struct_pack({% for column in columns %}{{ column }} := {{ relation }}.{{ column }}{{ ", " if not loop.last }}{% endfor %})))
{%- endmacro %}

{# The columns of each fact type that say what its reports say; its events have the first group only. #}
{% macro detail_columns(fact_type, of_events=false) -%}
    {%- set own = {
        'arms_transfer': ['supplier_country', 'supplier_actor', 'recipient_country', 'recipient_actor', 'end_user', 'weapon_category', 'weapon_designation', 'quantity_unit', 'value_usd'],
        'sanction': ['authority', 'authority_actor', 'target_country', 'target_kind', 'target_name', 'measure', 'reason'],
        'meeting': ['participant_countries', 'participant_names', 'meeting_kind', 'place_country', 'place_text', 'topic'],
    }[fact_type] -%}
    {%- set told = ['claimed_by_country', 'claimed_by_actor', 'date_start', 'date_end', 'date_precision', 'date_text'] -%}
    {%- set amounts = ['quantity_min', 'quantity_max', 'quantity_text'] if fact_type == 'arms_transfer' else [] -%}
    {{ return(own if of_events else told + own + amounts) }}
{%- endmacro %}

{# Tables that a person can ask for a past day: a DuckDB macro beside the history that it reads. #}
{% macro as_of(name, history, gone) -%}
    create or replace macro {{ this.schema }}.{{ name }}(day) as table
    select * from {{ this.schema }}.{{ history }}
    where recorded_at::date <= day and (superseded_at is null or superseded_at::date > day) and change <> '{{ gone }}'
{%- endmacro %}
