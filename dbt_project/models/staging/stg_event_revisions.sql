select * from {{ source("store", "event_revisions") }}
