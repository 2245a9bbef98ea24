-- A table, as every report is joined with it more than once; without the bodies, which are most of all that there is.
-- An article whose every file has gone from the landing folder is withdrawn: it stays in the store, not in the marts.
{{ config(materialized="table") }}
with
    current_sources as (
        select document_id, min(source_path) as source_path
        from {{ source("store", "document_sources") }}
        where missing_since is null
        group by document_id
    )
select
    d.document_id,
    s.source_path,
    d.title,
    d.outlet,
    d.url,
    d.language,
    d.published_on,
    d.published_on_source,
    d.loaded_at,
    -- What was never compared is a story of its own.
    coalesce(t.story_id, d.document_id) as story_id
from {{ source("store", "documents") }} as d
inner join current_sources as s on s.document_id = d.document_id
left join {{ source("store", "document_stories") }} as t on t.document_id = d.document_id
