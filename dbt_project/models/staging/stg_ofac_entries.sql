-- "TRAN, Van Mot" is the name in the order of the list; names are compared as sets of words.
select
    register_id,
    file,
    line,
    name,
    coalesce(kind, 'entity') as kind,
    programs,
    remarks,
    list_distinct(string_split({{ fold("name") }}, ' ')) as words
from {{ source("store", "ofac_entries") }}
