"""Progress as one short line a step: what a person at a terminal wants of a run's log."""

from __future__ import annotations

import logging

import dagster as dg

NAME = "armswatch.progress"


class _Line(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        said = getattr(record, "dagster_meta", {})
        text = said.get("orig_message") or record.getMessage()
        mark = "! " if record.levelno >= logging.WARNING else ""
        return f"  {said.get('step_key') or 'run':<20} {mark}{text}"


def _ours(record: logging.LogRecord) -> bool:
    """Only what the assets say; Dagster's own events are in the UI."""
    return not getattr(record, "dagster_meta", {}).get("dagster_event")


def show_progress(handler: logging.Handler) -> None:
    """Send progress lines to this handler."""
    handler.setFormatter(_Line())
    handler.addFilter(_ours)
    logging.getLogger(NAME).handlers[:] = [handler]


@dg.logger(description="One short line a step.")
def progress(_: dg.InitLoggerContext) -> logging.Logger:
    """The logger of every run; writes to standard error unless `show_progress` says otherwise."""
    logger = logging.getLogger(NAME)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    if not logger.handlers:
        show_progress(logging.StreamHandler())
    return logger
