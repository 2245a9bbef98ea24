"""Runs something in a process that dies before its n-th operation on a file: `crashes.py <n> <what> <warehouse>`.

Operations are Python's audit events of files. DuckDB's own are not among them; DuckDB has a log for those.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from pipelines import loading
from pipelines.settings import Settings

_OPERATIONS = {"open", "os.rename", "os.remove", "os.link", "os.mkdir", "os.rmdir", "os.truncate", "shutil.rmtree"}


def kill_at(number: int) -> None:
    """Die before the operation that has this number."""
    seen = 0

    def count(event: str, arguments: tuple) -> None:
        nonlocal seen
        if event in _OPERATIONS and not str(arguments[0]).startswith(sys.prefix):
            seen += 1
            if seen == number:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)


def publish(settings: Settings) -> None:
    """What the marts and their publication do, with a file that stands for the build of dbt."""
    with loading.run_lock(settings):
        build_file = loading.fresh_build(settings, "new")
        build_file.write_bytes((settings.state / "next.duckdb").read_bytes())
        loading.publish(settings)


def restore(settings: Settings) -> None:
    """Bring back the one backup."""
    loading.restore(settings, next((settings.warehouse.parent / "backups").glob("*.tar")))


def backup(settings: Settings) -> None:
    """Take another backup."""
    loading.backup(settings, settings.warehouse.parent / "more")


def rollback(settings: Settings) -> None:
    """Go back by one."""
    loading.rollback(settings)


ACTIONS: dict[str, Callable[[Settings], None]] = {
    action.__name__: action for action in (publish, restore, backup, rollback)
}

if __name__ == "__main__":
    kill_at(int(sys.argv[1]))
    ACTIONS[sys.argv[2]](Settings(warehouse=Path(sys.argv[3])))
