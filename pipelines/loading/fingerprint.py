"""All that a warehouse is made of, as one text: when the published file carries the same, there is nothing to do.

Its first half is the hash of what makes a warehouse out of rows: files with the same first half differ by rows only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import duckdb

from pipelines.loading.store import connect_reader
from pipelines.settings import DBT_PROJECT, SEEDS

TABLE = "pipeline.publication"

# Tables of the store that no mart is made of, or that only hold what published warehouses said already.
_BOOKKEEPING = (
    "schema_migrations", "runs", "landing_files", "event_registry", "report_revisions", "event_revisions",
    "story_buckets",
)  # fmt: skip
# Long, and told by a column beside it: content_sha256, story_id.
_TOLD_ELSEWHERE = ("body", "signature")
# Changes with every run, whatever was found.
_MOMENTS = ("last_seen_at",)
_PACKAGES = ("dbt-core", "dbt-duckdb", "duckdb")


def fingerprint(con: duckdb.DuckDBPyConnection) -> str:
    """The hash of the dbt project, the reference data and the versions of what builds with them; then of all rows."""
    digest = hashlib.sha256()
    for name in _PACKAGES:
        digest.update(f"{name} {version(name)}\n".encode())
    for name, path in _sources():
        digest.update(f"{name} ".encode() + hashlib.sha256(path.read_bytes()).digest())
    makers, digest = digest.hexdigest(), hashlib.sha256()
    for table, columns in _tables(con):
        quoted = ", ".join(f'"{column}"' for column in columns)
        rows = con.execute(f'select count(*), sum(hash({quoted})) from raw."{table}"').fetchone()  # noqa: S608 - catalog
        digest.update(f"{table} {quoted} {rows}\n".encode())
    return f"{makers}.{digest.hexdigest()}"


def same_makers(one: str | None, other: str) -> bool:
    """Whether two fingerprints differ by rows at most."""
    return one is not None and one.partition(".")[0] == other.partition(".")[0]


def published_fingerprint(warehouse: Path) -> str | None:
    """What the published file says it was made of; None when there is no such file or it cannot be read."""
    try:
        with connect_reader(warehouse) as con:
            return con.execute(f"select fingerprint from {TABLE}").fetchone()[0]  # noqa: S608 - our own words
    except duckdb.Error:
        return None


def _sources() -> Iterator[tuple[str, Path]]:
    made_by_dbt = {DBT_PROJECT / name for name in ("target", "logs", "dbt_packages")}
    for folder in (DBT_PROJECT, SEEDS / "reference"):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and made_by_dbt.isdisjoint(path.parents):
                yield path.relative_to(folder).as_posix(), path


def _tables(con: duckdb.DuckDBPyConnection) -> list[tuple[str, list[str]]]:
    return con.execute(
        """
        select table_name, list(column_name order by column_index) from duckdb_columns()
        where schema_name = 'raw' and not list_contains($bookkeeping, table_name)
            and not list_contains($moments, column_name)
        group by table_name order by table_name
        """,
        {"bookkeeping": list(_BOOKKEEPING), "moments": [*_MOMENTS, *_TOLD_ELSEWHERE]},
    ).fetchall()
