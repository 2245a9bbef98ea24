select document_id, body, content_sha256 from {{ source("store", "documents") }}
