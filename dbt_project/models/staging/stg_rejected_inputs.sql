select source_path as file, line, reason, detail, seen_at from {{ source("store", "rejected_inputs") }}
union all
select source_path, line, reason, detail, null
from {{ source("store", "register_rejects") }}
