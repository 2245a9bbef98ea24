"""A job in this process, with short progress lines and one clear message when it fails."""

from __future__ import annotations

import errno
import logging
import os
import sys
import time
import traceback
import uuid
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from multiprocessing import resource_tracker
from typing import Any, NamedTuple, TextIO

import dagster as dg

from pipelines.console.bar import Bar
from pipelines.console.home import COMMAND_LINE, DIED, LOCATION, NO_HARM, bury_dead_runs, enter
from pipelines.settings import ExplainedError, Settings

_LONGEST_LOG = 5 * 2**20
# How the system, DuckDB and SQLite say that nothing more can be written.
_NUMBERS = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
_FULL = (*map(os.strerror, _NUMBERS), "disk is full", "disk I/O error")


class RunFailedError(ExplainedError):
    """The run failed."""


class Outcome(NamedTuple):
    """What a run came to: how long it took, and whether it published anything new."""

    seconds: float
    published: bool


def run(settings: Settings, job: str, begin: str, **config: Any) -> Outcome:
    """Run a job. Prints `begin` first.

    config: for the resource `run`. Raises RunFailedError.
    """
    started = time.monotonic()
    run_id = str(uuid.uuid4())
    try:
        result = _execute(settings, job, begin, config, run_id)
    except ExplainedError as error:
        raise RunFailedError(f"{error}{_alerted(str(error), run_id, settings)}") from error
    published = any(event.step_key == "published_warehouse" for event in result.all_events if event.is_step_success)
    return Outcome(time.monotonic() - started, published)


def _execute(
    settings: Settings, job: str, begin: str, config: Mapping[str, Any], run_id: str
) -> dg.ExecuteInProcessResult:
    try:
        enter(settings)
        result = _in_process(settings, job, begin, config, run_id)
    except ExplainedError:
        raise
    except Exception as error:  # Dagster itself could not go on, as on a full disk
        raise _failure([*_chain(error)], settings) from error
    if not result.success:
        raise _failure(reasons(result) or ["The run failed without a reason."], settings)
    return result


def _alerted(reason: str, run_id: str, settings: Settings) -> str:
    """Tell the webhook, here and not by the sensor: cron needs no daemon. Returns what to add to the reason."""
    if not settings.alert_webhook:
        return ""
    from pipelines.defs.alerts import ALERTED, alert

    try:
        alert(settings.alert_webhook, run_id, reason, settings)
        with suppress(Exception), dg.DagsterInstance.get() as instance:  # on a full disk nothing can be noted
            instance.add_run_tags(run_id, ALERTED)
    except OSError as error:
        return f"\nThe webhook was not told: {error}."
    return ""


def _in_process(
    settings: Settings, job: str, begin: str, config: Mapping[str, Any], run_id: str
) -> dg.ExecuteInProcessResult:
    with _only_progress(settings) as terminal, _handler(terminal) as handler:
        from pipelines.defs.progress import show_progress

        show_progress(handler)
        print(begin, file=terminal, flush=True)
        from pipelines.definitions import defs

        for dead in bury_dead_runs(settings):
            _alerted(DIED, dead, settings)
        with dg.DagsterInstance.get() as instance:
            return defs.resolve_job_def(job).execute_in_process(
                instance=instance,
                run_id=run_id,
                raise_on_error=False,
                run_config={
                    "loggers": {"console": {}},
                    "resources": {"run": {"config": dict(config)}},
                },
                tags={".dagster/repository": f"__repository__@{LOCATION}", **COMMAND_LINE},
            )


def _handler(terminal: TextIO) -> AbstractContextManager[logging.Handler]:
    return Bar(terminal) if terminal.isatty() else nullcontext(logging.StreamHandler(terminal))


def _chain(error: BaseException) -> Iterator[str]:
    """The messages of an exception and of what it came from, the first cause first."""
    cause = error.__cause__ or error.__context__
    if cause:
        yield from _chain(cause)
    yield str(error)


def _failure(reasons: list[str], settings: Settings) -> RunFailedError:
    """The reasons as one; a disk that is full is behind many of them and is said once."""
    said = "\n".join(reasons)
    if any(sign in said for sign in _FULL):
        said = f"There is no room left to write to {settings.state}. {NO_HARM}"
    return RunFailedError(f"{said}\nAll that was said: {settings.run_log}, and in `make ui`.")


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
    # "package.module.StoreError: what happened" -> "what happened", where the words are ours.
    name, _, words = error.message.strip().partition(": ")
    return words if name.startswith("pipelines.") else error.message.strip()


@contextmanager
def _only_progress(settings: Settings) -> Iterator[TextIO]:
    """A stream to the terminal; all else that this process and its children print goes to a log file.

    Dagster and dbt write a line for each of hundreds of events, and the UI shows every one of them.
    """
    # It ends a moment after the run, and keeps open what it was started with: that should not be the log file.
    resource_tracker.ensure_running()
    sys.stdout.flush()
    sys.stderr.flush()
    kept = os.dup(1), os.dup(2)
    if settings.run_log.exists() and settings.run_log.stat().st_size > _LONGEST_LOG:
        settings.run_log.replace(settings.run_log.with_suffix(".log.1"))
    log = os.open(settings.run_log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.close(log)
    try:
        with open(kept[0], "w", encoding="utf-8", closefd=False) as terminal:
            yield terminal
    except Exception:
        traceback.print_exc()
        raise
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        for number, copy in zip((1, 2), kept, strict=True):
            os.dup2(copy, number)
            os.close(copy)
