"""The store file: opening it, bringing it up to date, and the list of runs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import duckdb


def now() -> datetime:
    """This moment in UTC without a zone, as the store keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)


@contextmanager
def connect_store(path: Path, memory: int = 800 * 10**6) -> Iterator[duckdb.DuckDBPyConnection]:
    """The store, open for writing and migrated. Closed on leaving, so that dbt can attach it.

    memory: bytes that DuckDB may have; what needs more goes through files.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    config = {"memory_limit": f"{memory // 10**6}MB", "preserve_insertion_order": "false"}
    with duckdb.connect(str(path), config=config) as con:
        _migrate(con)
        yield con


@contextmanager
def connect_reader(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Any of our DuckDB files, read-only."""
    with duckdb.connect(str(path), read_only=True) as con:
        yield con


def start_run(con: duckdb.DuckDBPyConnection, run_id: str) -> None:
    """Note that a run began. One that never ended is noted as failed: its lock is gone, so it is dead."""
    with transaction(con):
        con.execute("update raw.runs set status = 'failed' where status = 'started' and run_id <> ?", [run_id])
        con.execute("delete from raw.runs where run_id = ?", [run_id])
        con.execute("insert into raw.runs (run_id, started_at, status) values (?, ?, 'started')", [run_id, now()])


def finish_run(con: duckdb.DuckDBPyConnection, run_id: str, rows: dict[str, int]) -> None:
    """Note that a run published, and how many rows each table then had."""
    con.execute(
        "update raw.runs set status = 'published', finished_at = ?, counts = ? where run_id = ?",
        [now(), json.dumps(rows), run_id],
    )


@contextmanager
def transaction(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All of the statements inside, or none."""
    con.execute("begin")
    try:
        yield
    except BaseException:
        con.execute("rollback")
        raise
    con.execute("commit")


def _migrate(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("create schema if not exists raw")
    con.execute(
        "create table if not exists raw.schema_migrations (name varchar not null, applied_at timestamp not null)"
    )
    applied = {name for (name,) in con.execute("select name from raw.schema_migrations").fetchall()}
    migrations = sorted(files("pipelines.loading").joinpath("migrations").iterdir(), key=lambda file: file.name)
    known = [file for file in migrations if file.name.endswith(".sql")]
    newer = applied - {file.name for file in known}
    if newer:
        raise RuntimeError(
            f"The store was written by a newer version of armswatch (it has {', '.join(sorted(newer))})."
        )
    for file in known:
        if file.name not in applied:
            with transaction(con):
                con.execute(file.read_text(encoding="utf-8"))
                con.execute("insert into raw.schema_migrations values (?, ?)", [file.name, now()])
