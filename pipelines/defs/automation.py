"""What starts a run: two jobs, a daily schedule, and sensors. All are off until switched on in the UI."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import dagster as dg

from pipelines.defs.exports import GROUP as EXPORTS
from pipelines.settings import Settings

_LOGGERS = {"loggers": {"console": {}}}
# Written out so that the launchpad shows what can be said.
_AS_ALWAYS = {"resources": {"run": {"config": {"landing": "", "prune": False, "full_refresh": False}}}}
_EXPORTS = dg.AssetSelection.groups(EXPORTS)

refresh = dg.define_asset_job(
    "refresh",
    selection=dg.AssetSelection.all() - _EXPORTS,
    executor_def=dg.in_process_executor,
    config={**_LOGGERS, **_AS_ALWAYS},
    description="Everything, in order: read new files, extract them, build and test the marts, publish the warehouse.",
)

export = dg.define_asset_job(
    "export",
    selection=_EXPORTS,
    executor_def=dg.in_process_executor,
    config=_LOGGERS,
    description="The published warehouse as Parquet, CSV, JSON Lines and FollowTheMoney, in `exports/` beside it.",
)

daily_refresh = dg.ScheduleDefinition(
    name="daily_refresh",
    job=refresh,
    cron_schedule="0 5 * * *",
    execution_timezone="UTC",
    default_status=dg.DefaultScheduleStatus.STOPPED,
    tags={"started_by": "daily_refresh"},
    description="Runs `refresh` every day at 05:00 UTC. Off until switched on; needs `make ui` (or a daemon) running.",
)


@dg.sensor(
    job=refresh,
    minimum_interval_seconds=60,
    default_status=dg.DefaultSensorStatus.STOPPED,
    description="Runs `refresh` when a file of the landing folder was added, changed, renamed or deleted. Looks once a "
    "minute at names, sizes and times, not at content. Off until switched on.",
)
def new_files(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Ask for a run when the landing folder looks different from the last time."""
    landing = Settings.from_env().landing
    if not landing.is_dir():
        return dg.SkipReason(f"There is no landing folder {landing}.")
    count, _, before = (context.cursor or "0:").partition(":")
    now = _fingerprint(landing)
    if now == before:
        return dg.SkipReason("No file was added, changed or deleted.")
    # Numbered, as a folder may come to look again like it once did, and a run key is good for one run only.
    cursor = f"{int(count) + 1}:{now}"
    context.update_cursor(cursor)
    return dg.RunRequest(run_key=cursor, tags={"started_by": "new_files"})


@dg.run_status_sensor(
    run_status=dg.DagsterRunStatus.SUCCESS,
    monitored_jobs=[refresh],
    request_job=export,
    default_status=dg.DefaultSensorStatus.STOPPED,
    description="Runs `export` after each `refresh` that published a warehouse. Off until switched on.",
)
def export_after_refresh(context: dg.RunStatusSensorContext) -> dg.RunRequest:
    """Ask for the exports of what a run published."""
    return dg.RunRequest(run_key=context.dagster_run.run_id, tags={"started_by": "export_after_refresh"})


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for line in sorted(_looks(folder)):
        digest.update(line)
    return digest.hexdigest()


def _looks(folder: Path) -> Iterator[bytes]:
    for parent, folders, names in os.walk(folder):
        # As landing does: what is hidden is not looked at.
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if name.startswith("."):
                continue
            path = os.path.join(parent, name)  # noqa: PTH118 - a million files: plain strings
            try:
                stat = os.lstat(path)
            except FileNotFoundError:
                continue
            yield f"{stat.st_size} {stat.st_mtime_ns} ".encode() + os.fsencode(path) + b"\0"
