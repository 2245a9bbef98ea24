select source_path as file, line, reason, detail, seen_at from {{ source("store", "rejected_inputs") }}
