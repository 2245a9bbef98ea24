"""The public contract of the warehouse, as code: code lists and the Arrow schemas that rooms hand to each other.

Nothing here reads or writes anything. Offsets are Unicode code points of `body` (NFC), end exclusive.
Countries are ISO 3166-1 alpha-2, or one of the blocs below. NULL means that the text does not say.
"""

from __future__ import annotations

import pyarrow as pa

BLOCS = ("UN", "EU", "NATO", "ASEAN", "AU", "WEST", "INTL")

CLAIM_STATUSES = ("stated", "alleged", "denied")
DATE_PRECISIONS = ("day", "week", "month", "season", "year", "range")
PUBLISHED_ON_SOURCES = ("manifest", "record", "metadata", "dateline")

ARMS_TRANSFER_STAGES = (
    "sought", "negotiating", "offered", "agreed", "in_progress", "delivered", "refused", "cancelled",
)  # fmt: skip
SANCTION_STAGES = (
    "called_for", "threatened", "imposed", "in_force", "extended", "eased", "lifted", "violated",
)  # fmt: skip
MEETING_STAGES = ("proposed", "planned", "ongoing", "held", "cancelled", "declined")

WEAPON_CATEGORIES = (
    "ammunition", "missile_or_rocket", "artillery", "uav", "combat_aircraft", "transport_aircraft", "helicopter",
    "armoured_vehicle", "vehicle", "naval", "air_defence", "radar_or_sensor", "small_arms", "space_or_satellite",
    "components_or_materials", "technology", "personnel", "unspecified",
)  # fmt: skip
TARGET_KINDS = ("country", "person", "organisation", "sector", "goods")
MEASURES = (
    "asset_freeze", "travel_ban", "arms_embargo", "export_control", "import_ban", "financial", "sectoral",
    "unspecified",
)  # fmt: skip
MEETING_KINDS = ("summit", "talks", "visit", "call", "correspondence", "ceremony", "forum")

FACT_TYPES = ("arms_transfer", "sanction", "meeting")

# One row per distinct article: what `landing` makes and `extraction` reads.
DOCUMENT_SCHEMA = pa.schema(
    [
        pa.field("document_id", pa.string(), nullable=False),
        pa.field("source_path", pa.string(), nullable=False),
        pa.field("title", pa.string()),
        pa.field("outlet", pa.string()),
        pa.field("url", pa.string()),
        pa.field("language", pa.string()),
        pa.field("published_on", pa.date32()),
        pa.field("published_on_source", pa.string()),
        pa.field("body", pa.string(), nullable=False),
        pa.field("content_sha256", pa.string(), nullable=False),
    ]
)

# One row per input that could not be loaded.
REJECT_SCHEMA = pa.schema(
    [
        pa.field("source_path", pa.string(), nullable=False),
        pa.field("line", pa.int64()),
        pa.field("reason", pa.string(), nullable=False),
        pa.field("detail", pa.string()),
    ]
)

_REPORT_FIELDS = [
    pa.field("report_id", pa.string(), nullable=False),
    pa.field("document_id", pa.string(), nullable=False),
    pa.field("stage", pa.string(), nullable=False),
    pa.field("claim_status", pa.string(), nullable=False),
    pa.field("claimed_by_country", pa.string()),
    pa.field("claimed_by_actor", pa.string()),
    pa.field("date_start", pa.date32()),
    pa.field("date_end", pa.date32()),
    pa.field("date_precision", pa.string()),
    pa.field("date_text", pa.string()),
    pa.field("evidence_start", pa.int64(), nullable=False),
    pa.field("evidence_end", pa.int64(), nullable=False),
    pa.field("evidence_text", pa.string(), nullable=False),
    pa.field("confidence", pa.float64(), nullable=False),
    pa.field("rule", pa.string(), nullable=False),
    pa.field("extractor", pa.string(), nullable=False),
    pa.field("extractor_version", pa.string(), nullable=False),
]

ARMS_TRANSFER_SCHEMA = pa.schema(
    [
        *_REPORT_FIELDS,
        pa.field("supplier_country", pa.string()),
        pa.field("supplier_actor", pa.string()),
        pa.field("recipient_country", pa.string()),
        pa.field("recipient_actor", pa.string()),
        pa.field("end_user", pa.string()),
        pa.field("weapon_category", pa.string(), nullable=False),
        pa.field("weapon_designation", pa.string()),
        pa.field("quantity_min", pa.int64()),
        pa.field("quantity_max", pa.int64()),
        pa.field("quantity_unit", pa.string()),
        pa.field("quantity_text", pa.string()),
        pa.field("value_usd", pa.float64()),
    ]
)
SANCTION_SCHEMA = pa.schema(
    [
        *_REPORT_FIELDS,
        pa.field("authority", pa.string()),
        pa.field("authority_actor", pa.string()),
        pa.field("target_country", pa.string()),
        pa.field("target_kind", pa.string()),
        pa.field("target_name", pa.string()),
        pa.field("measure", pa.string(), nullable=False),
        pa.field("reason", pa.string()),
    ]
)
MEETING_SCHEMA = pa.schema(
    [
        *_REPORT_FIELDS,
        pa.field("participant_countries", pa.list_(pa.string()), nullable=False),
        pa.field("participant_names", pa.list_(pa.string()), nullable=False),
        pa.field("meeting_kind", pa.string(), nullable=False),
        pa.field("place_country", pa.string()),
        pa.field("place_text", pa.string()),
        pa.field("topic", pa.string()),
    ]
)

REPORT_SCHEMAS = {
    "arms_transfer": ARMS_TRANSFER_SCHEMA,
    "sanction": SANCTION_SCHEMA,
    "meeting": MEETING_SCHEMA,
}
