-- A build that starts from the published file only takes over what has changed: the bodies are most of all that there is.
-- What has one id has one body.
{{
    config(
        materialized="incremental" if target.name == "build" else "table",
        incremental_strategy="delete+insert",
        unique_key="document_id",
        on_schema_change="fail",
        post_hook="delete from {{ this }} where document_id not in (select document_id from {{ ref('stg_documents') }})",
    )
}}
{%- set may_change = "source_path, title, outlet, url, language, published_on, published_on_source, loaded_at, story_id" %}
with
    changed as (
        select document_id, {{ may_change }}
        from {{ ref("stg_documents") }} as s
        {% if is_incremental() %}
            anti join (select document_id, hash({{ may_change }}) as told from {{ this }}) as known
                on known.document_id = s.document_id and known.told = hash({{ may_change }})
        {% endif %}
    )
select
    c.document_id,
    c.source_path,
    c.title,
    c.outlet,
    c.url,
    c.language,
    c.published_on,
    c.published_on_source,
    b.body,
    b.content_sha256,
    c.loaded_at,
    c.story_id
from changed as c
inner join {{ ref("stg_bodies") }} as b on b.document_id = c.document_id
