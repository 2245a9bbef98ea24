select * from {{ source("store", "report_revisions") }}
