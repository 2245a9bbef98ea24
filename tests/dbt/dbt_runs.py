"""Real dbt runs over a store, into a file of one's own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import duckdb

from pipelines.settings import DBT_PROJECT


class DbtFailure(AssertionError):
    """dbt ended with an error; carries what it printed."""


def dbt(command: str, store: Path, build: Path, target: Path, *arguments: str, unit_tests: bool = False) -> None:
    """Run one dbt command. `target` keeps the parsed project, so that only the first run parses it.

    unit_tests: those of the rules too, which need no rows and so need not be run but once.
    """
    env = os.environ | {
        "ARMSWATCH_STORE": str(store),
        "ARMSWATCH_BUILD": str(build),
        "DBT_EXCLUDE_RESOURCE_TYPES": "" if unit_tests else "unit_test",
        "DBT_LOG_PATH": str(target / "logs"),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }
    program = Path(sys.executable).with_name("dbt")
    done = subprocess.run(
        [program, *command.split(), "--profiles-dir", ".", "--target-path", target, *arguments],
        cwd=DBT_PROJECT, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise DbtFailure(done.stdout[max(0, done.stdout.find("Completed with")) :] + done.stderr)


def read(path: Path) -> duckdb.DuckDBPyConnection:
    """The built file, read-only."""
    return duckdb.connect(str(path), read_only=True)
