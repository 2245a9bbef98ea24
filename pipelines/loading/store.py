"""The store file: opening it, bringing it up to date, and the list of runs."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import duckdb

from pipelines.settings import ExplainedError

_WAY_OUT = "`make doctor` tells more; `make restore FROM=<backup>` brings back an earlier state."

# Bytes that DuckDB may have where nobody gives a number.
MEMORY = 800 * 10**6

# The oldest DuckDB that can read a file made here. Below it texts are not compressed, and they are most of a store.
_STORAGE = {"storage_compatibility_version": "v1.2.0"}


def now() -> datetime:
    """This moment in UTC without a zone, as the store keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)


def quoted(text: object) -> str:
    """A path or an address as a literal of SQL, for statements that take no parameters (`attach`, `set`)."""
    return "'" + str(text).replace("'", "''") + "'"


class StoreError(ExplainedError):
    """The store cannot be used."""


def memory_limit(size: int) -> dict[str, str]:
    """DuckDB's configuration for so many bytes; what needs more goes through files."""
    return {"memory_limit": f"{size // 10**6}MB"}


def limit_memory(con: duckdb.DuckDBPyConnection, size: int) -> None:
    """The same for a database that is open already."""
    con.execute("set memory_limit = ?", [memory_limit(size)["memory_limit"]])


@contextmanager
def connect_store(path: Path, memory: int = MEMORY, wait: float = 10) -> Iterator[duckdb.DuckDBPyConnection]:
    """The store, open for writing and migrated. Closed on leaving, so that dbt can attach it.

    memory: bytes that DuckDB may have; what needs more goes through files.
    wait: seconds for another process to let go of it, such as the dbt of a run that was killed a moment ago.
    """
    if not path.exists():
        _create(path)
    config = {**memory_limit(memory), "preserve_insertion_order": "false"}
    with _open(path, config, time.monotonic() + wait) as con:
        _migrate(con)
        yield con


def _create(path: Path) -> None:
    """Make the store under another name: a process that dies meanwhile must leave no half of a file as the store."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".part")
    for rest in (new, Path(f"{new}.wal"), Path(f"{path}.wal")):
        rest.unlink(missing_ok=True)
    with duckdb.connect(str(new), config=_STORAGE) as con:
        _migrate(con)
    new.replace(path)


def _open(path: Path, config: dict[str, str], until: float) -> duckdb.DuckDBPyConnection:
    while True:
        try:
            return duckdb.connect(str(path), config=config)
        except duckdb.IOException as error:
            if "Could not set lock" not in str(error):
                raise StoreError(f"The store {path} cannot be opened: {_first_line(error)}. {_WAY_OUT}") from error
            if time.monotonic() > until:
                raise StoreError(
                    f"Another process has the store {path} open: {_first_line(error)}. End it and run again."
                ) from error
            time.sleep(0.2)
        except duckdb.Error as error:
            raise StoreError(f"The store {path} is damaged: {_first_line(error)}. {_WAY_OUT}") from error


def _first_line(error: duckdb.Error) -> str:
    return str(error).split("\n", 1)[0].partition(" However,")[0].rstrip(".!")


@contextmanager
def connect_reader(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Any of our DuckDB files, read-only, with MEMORY: set when it is open, which this process may have it already."""
    with duckdb.connect(str(path), read_only=True) as con:
        limit_memory(con, MEMORY)
        yield con


def start_run(con: duckdb.DuckDBPyConnection, run_id: str) -> None:
    """Note that a run began. One that never ended is noted as failed: its lock is gone, so it is dead."""
    with transaction(con):
        con.execute("update raw.runs set status = 'failed' where status = 'started' and run_id <> ?", [run_id])
        con.execute("delete from raw.runs where run_id = ?", [run_id])
        con.execute("insert into raw.runs (run_id, started_at, status) values (?, ?, 'started')", [run_id, now()])


def finish_run(con: duckdb.DuckDBPyConnection, run_id: str, rows: dict[str, int] | None) -> None:
    """Note that a run published, and how many rows each table then had; None when there was nothing to publish."""
    status = "unchanged" if rows is None else "published"
    con.execute(
        "update raw.runs set status = ?, finished_at = ?, counts = ? where run_id = ?",
        [status, now(), json.dumps(rows), run_id],
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


def newer_migrations(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Migrations that were applied to a store and that this version does not know."""
    known = {file.name for file in _migrations()}
    return sorted(applied for applied in _applied(con) if applied not in known)


def _migrations() -> list[Traversable]:
    """Every migration in the order of their numbers; each is applied once, and there is no way back."""
    found = files("pipelines.loading").joinpath("migrations").iterdir()
    return sorted((file for file in found if file.name.endswith(".sql")), key=lambda file: file.name)


def _applied(con: duckdb.DuckDBPyConnection) -> set[str]:
    return {name for (name,) in con.execute("select name from raw.schema_migrations").fetchall()}


def _migrate(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("create schema if not exists raw")
    con.execute(
        "create table if not exists raw.schema_migrations (name varchar not null, applied_at timestamp not null)"
    )
    if newer := newer_migrations(con):
        raise StoreError(f"The store was written by a newer version of armswatch (it has {', '.join(newer)}).")
    applied = _applied(con)
    for file in _migrations():
        if file.name not in applied:
            with transaction(con):
                con.execute(file.read_text(encoding="utf-8"))
                con.execute("insert into raw.schema_migrations values (?, ?)", [file.name, now()])
