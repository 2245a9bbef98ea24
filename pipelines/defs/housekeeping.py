"""The history of runs, kept to a bound: Dagster itself never forgets one, and each takes more than a megabyte."""

from __future__ import annotations

import shutil
from pathlib import Path

import dagster as dg
from dagster._core.storage.event_log.schema import AssetCheckExecutionsTable
from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage

KEPT_RUNS = 200
# A backlog is worked off over several runs.
_AT_ONCE = 20


def forget_old_runs(instance: dg.DagsterInstance, home: Path, keep: int = KEPT_RUNS) -> int:
    """Remove all but the newest runs, with their events, check results and logs; returns how many went."""
    old = instance.get_runs(limit=keep + _AT_ONCE)[keep:]
    for run in old:
        if not run.is_finished:
            continue
        instance.delete_run(run.run_id)
        storage = instance.event_log_storage
        if isinstance(storage, SqliteEventLogStorage):
            with storage.index_connection() as con:
                executions = AssetCheckExecutionsTable
                con.execute(executions.delete().where(executions.c.run_id == run.run_id))
        for file in (home / "history" / "runs").glob(f"{run.run_id}.db*"):
            file.unlink()
        shutil.rmtree(home / "storage" / run.run_id, ignore_errors=True)
    return len(old)
