select fact_type, stage, meeting_kind, cameo_code, cameo_name, plover_type, plover_mode, plover_context, note
from {{ ref("event_codes") }}
