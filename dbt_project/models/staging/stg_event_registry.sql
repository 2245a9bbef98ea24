select event_id, fact_type, report_id, min(first_published_at) as first_published_at
from {{ source("store", "event_registry") }}
group by event_id, fact_type, report_id
