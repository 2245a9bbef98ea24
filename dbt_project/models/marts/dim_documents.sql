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
