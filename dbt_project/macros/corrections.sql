{# A report table of the store with what people corrected: rejected reports are out, mended columns have the value given. #}
{% macro corrected_reports(fact_type) -%}
    {%- set types = {
        'date_start': 'date', 'date_end': 'date', 'quantity_min': 'bigint', 'quantity_max': 'bigint', 'value_usd': 'double',
        'participant_countries': 'list', 'participant_names': 'list',
    } -%}
    {%- set columns = ['stage', 'claim_status'] + detail_columns(fact_type) -%}
    select
        r.* replace (
            {% for column in columns if column not in ('date_text', 'quantity_text') -%}
                case when map_contains(m.columns, '{{ column }}') then {{ typed("m.columns['" ~ column ~ "']", types.get(column, 'varchar')) }} else r.{{ column }} end as {{ column }}
                {{- "," if not loop.last }}
            {% endfor -%}
        ),
        if(m.id is not null, {{ details("r", columns) }}, null)::varchar as uncorrected,
        d.published_on,
        d.outlet,
        d.story_id
    from {{ source("store", fact_type ~ "_reports") }} as r
    inner join {{ ref("stg_documents") }} as d on d.document_id = r.document_id
    left join {{ ref("stg_mends") }} as m on m.id = r.report_id and m.fact_type = '{{ fact_type }}'
    where r.report_id not in (select id from {{ ref("stg_corrections") }} where action = 'reject' and problem is null)
{%- endmacro %}

{% macro typed(text, type) -%}
    {%- if type == 'list' -%} list_filter(string_split({{ text }}, '|'), lambda part:part <> '') {%- elif type == 'varchar' -%} {{ text }} {%- else -%} {{ text }}::{{ type }} {%- endif -%}
{%- endmacro %}

{# Columns of an event table, from `r`, with the values that people gave for the event, from `m`, instead. #}
{% macro mended_columns(columns, types={}) -%}
    {% for column in columns %}
        case when map_contains(m.columns, '{{ column }}') then {{ typed("m.columns['" ~ column ~ "']", types.get(column, 'varchar')) }} else r.{{ column }} end as {{ column }},
    {% endfor %}
    if(m.id is not null, {{ details("r", columns) }}, null)::varchar as uncorrected,
{%- endmacro %}

{# What a details object says of a field, written as people write it into the corrections. #}
{% macro extracted_value(field, details) -%}
    case
        {{ field }}
        when 'date'
        then {{ interval_of(details, 'date_start', 'date_end') }}
        when 'quantity'
        then {{ interval_of(details, 'quantity_min', 'quantity_max') }}
        when 'participant_countries'
        then array_to_string(json_extract_string({{ details }}, '$.participant_countries[*]'), '|')
        when 'participant_names'
        then array_to_string(json_extract_string({{ details }}, '$.participant_names[*]'), '|')
        else json_extract_string({{ details }}, {{ field }})
    end
{%- endmacro %}

{% macro interval_of(details, first, last) -%}
    case
        when json_extract_string({{ details }}, '{{ first }}') = json_extract_string({{ details }}, '{{ last }}')
        then json_extract_string({{ details }}, '{{ first }}')
        else nullif(concat(json_extract_string({{ details }}, '{{ first }}'), '/', json_extract_string({{ details }}, '{{ last }}')), '/')
    end
{%- endmacro %}
