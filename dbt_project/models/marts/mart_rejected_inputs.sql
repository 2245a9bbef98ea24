select file, line, reason, detail, seen_at from {{ ref("stg_rejected_inputs") }}
