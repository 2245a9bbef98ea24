{# How names are compared: without case, accents and punctuation. 'Kim Jong-un' and 'Kim Jong Un' fold to one text. #}
{% macro fold(text) -%}
    nullif(trim(regexp_replace(strip_accents(lower(replace(replace({{ text }}, 'Đ', 'd'), 'đ', 'd'))), '[^\pL\pN]+', ' ', 'g')), '')
{%- endmacro %}

{# One folded name is the other, or a whole-word part of it: 'wagner' and 'nhom wagner', 'putin' and 'vladimir putin'. #}
{% macro same_name(a, b) -%}
    ({{ a }} = {{ b }} or contains(' ' || {{ a }} || ' ', ' ' || {{ b }} || ' ') or contains(' ' || {{ b }} || ' ', ' ' || {{ a }} || ' '))
{%- endmacro %}

{# Two details do not contradict each other: one is not given, or they are the same name. #}
{% macro no_conflict(a, b) -%}
    ({{ a }} is null or {{ b }} is null or {{ same_name(a, b) }})
{%- endmacro %}

{# Text with every run of white space as one space. #}
{% macro squeezed(text) -%}
    regexp_replace({{ text }}, '\s+', ' ', 'g')
{%- endmacro %}
