"""The pipeline's own DuckDB store, and the publication of the warehouse file.

What belongs here: everything that writes to a disk on the pipeline's behalf, and the SQL that does it. Nothing here
knows where batches come from (`landing`, `extraction`) or who runs it (`defs`).
"""

from pipelines.loading.documents import LandingSummary, Loader
from pipelines.loading.events import remember_events
from pipelines.loading.lock import RunInProgressError, run_lock
from pipelines.loading.publication import Publication, PublicationError, fresh_build, publish
from pipelines.loading.reports import forget_extractions, pending_batches, pending_count, write_reports
from pipelines.loading.store import connect_reader, connect_store, finish_run, start_run

__all__ = [
    "LandingSummary",
    "Loader",
    "Publication",
    "PublicationError",
    "RunInProgressError",
    "connect_reader",
    "connect_store",
    "finish_run",
    "forget_extractions",
    "fresh_build",
    "pending_batches",
    "pending_count",
    "publish",
    "remember_events",
    "run_lock",
    "start_run",
    "write_reports",
]
