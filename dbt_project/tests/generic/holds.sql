{#
One test for what a table promises, so that a build does not pay for a query plan per column. Each argument is optional:
  key:         the columns whose values together name a row (unique; and not null unless nullable_key)
  complete:    columns that are never null
  codes:       column -> the list of values that it may have (null is allowed); arrays are checked value by value
  refers_to:   column -> [relation, column] that its values (null allowed, arrays value by value) must be found in
  expressions: promise -> a condition that no row breaks; one that comes to null is not broken
A failing row says which promise was broken and by which value.
#}
{% test holds(model, key=none, complete=[], codes={}, refers_to={}, expressions={}, arrays=[], nullable_key=false) %}
    {%- set checks = [] -%}
    {%- set name = "concat_ws('|', " ~ key | join(", ") ~ ")::varchar" if key else "null::varchar" -%}
    {%- if key -%}
        {%- do checks.append("select 'unique: " ~ key | join(", ") ~ "' as promise, " ~ name ~ " as value from " ~ model ~ " group by " ~ key | join(", ") ~ " having count(*) > 1") -%}
    {%- endif -%}
    {%- for column in complete + (key if key and not nullable_key else []) -%}
        {%- do checks.append("select 'not null: " ~ column ~ "' as promise, " ~ name ~ " as value from " ~ model ~ " where " ~ column ~ " is null") -%}
    {%- endfor -%}
    {%- for column, values in codes.items() -%}
        {%- set each = "unnest(" ~ column ~ ")" if column in arrays else column -%}
        {%- do checks.append("select 'code: " ~ column ~ "' as promise, code::varchar as value from (select distinct " ~ each ~ " as code from " ~ model ~ ") where code not in ('" ~ values | join("', '") ~ "')") -%}
    {%- endfor -%}
    {%- for column, target in refers_to.items() -%}
        {%- set each = "unnest(" ~ column ~ ")" if column in arrays else column -%}
        {%- do checks.append("select 'refers to " ~ target[1] ~ ": " ~ column ~ "' as promise, code::varchar as value from (select distinct " ~ each ~ " as code from " ~ model ~ ") where code is not null and code not in (select " ~ target[1] ~ " from " ~ target[0] ~ ")") -%}
    {%- endfor -%}
    {%- for promise, condition in expressions.items() -%}
        {%- do checks.append("select '" ~ promise ~ "' as promise, " ~ name ~ " as value from " ~ model ~ " where not (" ~ condition ~ ")") -%}
    {%- endfor -%}
    {{ checks | join("\n    union all\n    ") }}
{% endtest %}
