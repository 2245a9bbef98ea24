"""The Dagster instance beside the warehouse: its folder, its configuration, and runs that died in it."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress

import dagster as dg

from pipelines.loading import RunInProgressError, run_lock
from pipelines.settings import PROJECT_ROOT, ExplainedError, Settings

# The code location's name in pyproject.toml. Runs from the command line carry it too, so that the UI links them.
LOCATION = "armswatch"

NO_HARM = "What was published is as it was. `make doctor` tells what to do."

DIED = "The process of this run died without a word."

# The tag of runs that the command line started. They never wait in a queue.
COMMAND_LINE = {"started_by": "command line"}


class PlaceError(ExplainedError):
    """The place of the warehouse cannot be written to."""


def enter(settings: Settings) -> None:
    """Have this process, and those that it starts, use the warehouse's own instance."""
    configuration = settings.dagster_home / "dagster.yaml"
    part = configuration.with_suffix(f".{os.getpid()}.part")
    try:
        settings.dagster_home.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copyfile(PROJECT_ROOT / "dagster.yaml", part)
            part.replace(configuration)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise PlaceError(f"Nothing can be written to {settings.state}: {error.strerror}. {NO_HARM}") from error
    os.environ.update(settings.as_env())


def bury_dead_runs(settings: Settings) -> list[str]:
    """Mark runs as failed that say they are running although nobody holds the lock: they were killed.

    Otherwise one of them would block the queue of the UI for ever. Returns their ids.
    """
    buried = []
    with suppress(RunInProgressError), dg.DagsterInstance.get() as instance:
        status = dg.DagsterRunStatus
        ours = dg.RunsFilter(statuses=[status.NOT_STARTED], tags=COMMAND_LINE)
        running = [
            *instance.get_runs(filters=dg.RunsFilter(statuses=[status.STARTED, status.CANCELING])),
            *instance.get_runs(filters=ours),
        ]
        if running:
            with run_lock(settings, wait=0):
                for run in running:
                    instance.report_run_failed(run, DIED)
                    buried.append(run.run_id)
    return buried
