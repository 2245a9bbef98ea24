{# A party as the trade register names it, folded: "Houthi rebels (Yemen)*" goes by its seat, as in our own tables. #}
{% macro register_party(name) -%}
    {{ fold("coalesce(nullif(regexp_extract(" ~ name ~ ", '\\(([^()]+)\\)', 1), ''), " ~ name ~ ")") }}
{%- endmacro %}
