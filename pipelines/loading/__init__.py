"""The pipeline's own DuckDB store, and the publication of the warehouse file.

What belongs here: everything that writes to a disk on the pipeline's behalf, and the SQL that does it. Nothing here
knows where batches come from (`landing`, `extraction`) or who runs it (`defs`).
"""

from pipelines.loading.backups import BackupError, backup, restore, rollback
from pipelines.loading.documents import LandingSummary, Loader, RejectedFile, newly_rejected
from pipelines.loading.events import event_ids_gone, remember_events
from pipelines.loading.fingerprint import fingerprint, published_fingerprint
from pipelines.loading.lake import LakeError, attach_statements, connect_lake, copy_lake
from pipelines.loading.lock import RunInProgressError, run_lock
from pipelines.loading.publication import (
    Publication,
    PublicationError,
    discard_build,
    fresh_build,
    kept_publications,
    publish,
)
from pipelines.loading.reports import forget_extractions, pending_batches, pending_count, write_reports
from pipelines.loading.side_tables import replace_table
from pipelines.loading.store import (
    MEMORY,
    StoreError,
    connect_reader,
    connect_store,
    finish_run,
    memory_limit,
    now,
    quoted,
    start_run,
)
from pipelines.loading.stories import tell_stories, unsigned_batches, unsigned_count, write_signatures

__all__ = [
    "MEMORY",
    "BackupError",
    "LakeError",
    "LandingSummary",
    "Loader",
    "Publication",
    "PublicationError",
    "RejectedFile",
    "RunInProgressError",
    "StoreError",
    "attach_statements",
    "backup",
    "connect_lake",
    "connect_reader",
    "connect_store",
    "copy_lake",
    "discard_build",
    "event_ids_gone",
    "fingerprint",
    "finish_run",
    "forget_extractions",
    "fresh_build",
    "kept_publications",
    "memory_limit",
    "newly_rejected",
    "now",
    "pending_batches",
    "pending_count",
    "publish",
    "published_fingerprint",
    "quoted",
    "remember_events",
    "replace_table",
    "restore",
    "rollback",
    "run_lock",
    "start_run",
    "tell_stories",
    "unsigned_batches",
    "unsigned_count",
    "write_reports",
    "write_signatures",
]
