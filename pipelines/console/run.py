"""A job in this process, with short progress lines and one clear message when it fails."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

import dagster as dg

from pipelines.console.home import COMMAND_LINE, LOCATION, bury_dead_runs, enter
from pipelines.settings import Settings


class RunFailedError(RuntimeError):
    """The run failed; the message says why, in words for a person."""


def run(settings: Settings, job: str, begin: str, **config: Any) -> float:
    """Run a job and return how many seconds it took. Prints `begin` first.

    config: for the resource `run`. Raises RunFailedError.
    """
    started = time.monotonic()
    enter(settings)
    with _only_progress(settings) as terminal:
        from pipelines.defs.progress import show_progress

        show_progress(logging.StreamHandler(terminal))
        print(begin, file=terminal, flush=True)
        from pipelines.definitions import defs

        bury_dead_runs(settings)
        with dg.DagsterInstance.get() as instance:
            result = defs.resolve_job_def(job).execute_in_process(
                instance=instance,
                raise_on_error=False,
                run_config={
                    "loggers": {"console": {}},
                    "resources": {"run": {"config": config}},
                },
                tags={".dagster/repository": f"__repository__@{LOCATION}", **COMMAND_LINE},
            )
    if not result.success:
        raise RunFailedError("\n".join(reasons(result)) or "The run failed without a reason; see the log.")
    return time.monotonic() - started


def reasons(result: dg.ExecuteInProcessResult) -> list[str]:
    """What the steps that failed said; else what kept the run from starting."""
    steps = [event.step_failure_data for event in result.all_events if event.is_step_failure]
    said = [data.user_failure_data.description for data in steps if data.user_failure_data]
    errors = [data.error for data in steps if not data.user_failure_data]
    if not steps:
        errors = [getattr(event.event_specific_data, "error", None) for event in result.all_events if event.is_failure]
    return list(dict.fromkeys([*filter(None, said), *(_innermost(error) for error in errors if error)]))


def _innermost(error: Any) -> str:
    while error.cause:
        error = error.cause
    return error.message.strip()


@contextmanager
def _only_progress(settings: Settings) -> Iterator[TextIO]:
    """A stream to the terminal; all else that this process and its children print goes to a log file.

    Dagster and dbt write a line for each of hundreds of events, and the UI shows every one of them.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    kept = os.dup(1), os.dup(2)
    log = os.open(settings.run_log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.close(log)
    try:
        with open(kept[0], "w", encoding="utf-8", closefd=False) as terminal:
            yield terminal
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        for number, copy in zip((1, 2), kept, strict=True):
            os.dup2(copy, number)
            os.close(copy)
