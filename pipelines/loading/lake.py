"""The marts in a lake: DuckLake, whose catalogue is in PostgreSQL and whose data are Parquet files in a folder or S3.

Each publication that changes something is one transaction, and so one snapshot: readers see the old marts or the new,
and can ask what the marts were at any time since. See https://ducklake.select/docs/stable/.

Passwords and keys are nobody's arguments: libpq and httpfs take them from PGPASSWORD or ~/.pgpass, and AWS_*.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import duckdb

from pipelines.loading.store import limit_memory, quoted, transaction
from pipelines.settings import ExplainedError, Lake, Settings

_EXTENSIONS = ("ducklake", "postgres_scanner", "httpfs")


class LakeError(ExplainedError):
    """The lake cannot be used."""


def attach_statements(lake: Lake, at: datetime | None = None, write: bool = False) -> list[str]:
    """SQL that opens the lake in any DuckDB of the locked version, so that `marts.…` is what it holds.

    at: as of which moment; else as it is at each query. Needs no network but the way to the lake itself.
    """
    statements = [f"load {quoted(_extension(name))}" for name in _EXTENSIONS]
    if endpoint := os.environ.get("AWS_ENDPOINT_URL"):
        address = urlsplit(endpoint)
        statements += [
            f"set s3_endpoint = {quoted(address.netloc)}",
            f"set s3_use_ssl = {address.scheme == 'https'}",
            "set s3_url_style = 'path'",
        ]
    # Small changes are files like all others: rows inside the catalogue, the default for them, lose nested columns.
    options = ["data_inlining_row_limit 0"] if write else ["read_only"]
    options += [f"data_path {quoted(lake.data)}"] if write and lake.data else []
    options += [f"snapshot_time {quoted(at.isoformat())}"] if at else []
    return [*statements, f"attach {quoted(lake.address)} as lake ({', '.join(options)})", "use lake"]


@contextmanager
def connect_lake(lake: Lake, at: datetime | None = None, write: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection of one's own to the lake. Any number may read while one writes."""
    with duckdb.connect() as con:
        statements = attach_statements(lake, at, write)
        try:
            for statement in statements:
                con.execute(statement)
        except duckdb.Error as error:
            raise LakeError(f"The lake cannot be opened: {error}") from None
        yield con


def publish_to_lake(settings: Settings) -> None:
    """Bring the marts of the lake, if there is one, to what the published file holds, in one transaction.

    Rows that stay as they are are not written.
    """
    if not settings.lake:
        return
    with connect_lake(settings.lake, write=True) as con:
        con.execute(f"set temp_directory = {quoted(settings.state / 'lake.tmp')}")
        limit_memory(con, settings.database_memory)
        con.execute(f"attach {quoted(settings.warehouse)} as new (read_only)")
        with transaction(con):
            con.execute("create schema if not exists lake.marts")
            tables = _tables(con, "new")
            for name in _tables(con, "lake") - tables:
                con.execute(f'drop table lake.marts."{name}"')
            for name in sorted(tables):
                _publish_table(con, f'lake.marts."{name}"', f'new.marts."{name}"')


def copy_lake(lake: Lake, at: datetime | None, file: Path) -> None:
    """Write the marts as of a moment into a new DuckDB file, for whatever reads such files."""
    if file.exists():
        raise LakeError(f"{file} exists already.")
    with connect_lake(lake, at) as con:
        tables = sorted(_tables(con, "lake"))
        if not tables:
            raise LakeError("The lake held no marts then." if at else "The lake holds no marts yet: make run fills it.")
        con.execute(f"attach {quoted(file)} as copied")
        con.execute("create schema copied.marts")
        for name in tables:
            con.execute(f'create table copied.marts."{name}" as from lake.marts."{name}"')


def _publish_table(con: duckdb.DuckDBPyConnection, old: str, new: str) -> None:
    if _columns(con, old) != _columns(con, new):
        con.execute(f"create or replace table {old} as from {new}")
        return
    con.execute(
        f"delete from {old} where rowid in "  # noqa: S608 - names of the catalogue
        f"(select o.rowid from {old} as o anti join {new} as n on o is not distinct from n)"
    )
    con.execute(f"insert into {old} from {new} except all from {old}")
    if con.execute(f"select (select count(*) from {old}) <> (select count(*) from {new})").fetchone()[0]:  # noqa: S608
        # Equal rows, of which there are fewer now.
        con.execute(f"delete from {old}")  # noqa: S608
        con.execute(f"insert into {old} from {new}")


def _tables(con: duckdb.DuckDBPyConnection, database: str) -> set[str]:
    found = con.execute(
        "select table_name from duckdb_tables() where database_name = ? and schema_name = 'marts'", [database]
    )
    return {name for (name,) in found.fetchall()}


def _columns(con: duckdb.DuckDBPyConnection, relation: str) -> list[tuple[str, str]] | None:
    try:
        return [(name, kind) for name, kind, *_ in con.execute(f"describe {relation}").fetchall()]
    except duckdb.CatalogException:
        return None


def _extension(name: str) -> str:
    package = find_spec(f"duckdb_extension_{name}")
    if package is None:
        raise LakeError("WAREHOUSE=ducklake:… needs extensions of DuckDB: make setup EXTRAS=ducklake.")
    folder = Path(next(iter(package.submodule_search_locations)))
    return str(folder / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension")
