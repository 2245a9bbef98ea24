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
select
    document_id,
    source_path,
    title,
    outlet,
    url,
    language,
    published_on,
    published_on_source,
    body,
    content_sha256,
    loaded_at,
    story_id
from {{ ref("stg_documents") }}
{% if is_incremental() %}
    where
        document_id in (
            select s.document_id
            from (select document_id, hash({{ may_change }}) as told from {{ ref("stg_documents") }}) as s
            anti join (select document_id, hash({{ may_change }}) as told from {{ this }}) as known
                on known.document_id = s.document_id and known.told = s.told
        )
{% endif %}
