select r.*, d.published_on, d.outlet, d.story_id
from {{ source("store", "meeting_reports") }} as r
inner join {{ ref("stg_documents") }} as d on d.document_id = r.document_id
