"""Progress as one short line a step: what a person at a terminal wants of a run's log."""

from __future__ import annotations

import logging

import dagster as dg

NAME = "armswatch.progress"


class _Line(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        said = getattr(record, "dagster_meta", {})
        text = said.get("orig_message") or record.getMessage()
        return f"  {said.get('step_key') or 'run':<20} {text}"


def say(context: dg.AssetExecutionContext, text: str, done: int | None = None, of: int | None = None) -> None:
    """Log a line that is worth a person's while at a terminal too; the rest of the log is for the UI.

    done, of: how far a long step is, and how far it will go where that is known; a terminal shows them as a bar.
    """
    context.log.info(text, extra={"worth_showing": True, "done": done, "of": of})


def _worth_showing(record: logging.LogRecord) -> bool:
    return hasattr(record, "worth_showing")


def show_progress(handler: logging.Handler) -> None:
    """Send progress lines to this handler."""
    handler.setFormatter(_Line())
    handler.addFilter(_worth_showing)
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
