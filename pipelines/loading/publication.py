"""The warehouse: built beside the published file, then put in its place in one step; in a lake, in one transaction."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.loading.fingerprint import TABLE, published_fingerprint, same_makers
from pipelines.loading.lake import publish_to_lake
from pipelines.loading.store import memory_limit, now
from pipelines.settings import KEPT_PUBLICATIONS, ExplainedError, Settings

# How kept warehouses are named: the moment (UTC) that ended their time.
STAMP = "%Y%m%dT%H%M%S%f"

# What every reader may rely on being there.
CONTRACT_TABLES = (
    "dim_documents", "fct_arms_transfer_reports", "fct_sanction_reports", "fct_meeting_reports",
    "fct_arms_transfers", "fct_sanctions", "fct_meetings", "bridge_meeting_participants",
    "dim_countries", "dim_actors", "dim_weapon_categories", "dim_dates",
    "mart_bilateral_timeline", "mart_rejected_inputs",
)  # fmt: skip


class PublicationError(ExplainedError):
    """The file that was built must not be published."""


@dataclass(frozen=True)
class Publication:
    """What was published."""

    path: Path
    size_bytes: int
    rows: dict[str, int]


def fresh_build(settings: Settings, made_of: str, from_published: bool = False) -> Path:
    """A place for the next warehouse; whatever a run that died left there goes.

    made_of: the fingerprint that the published file is to carry.
    from_published: begin with a copy of the published file, if it was made in the same way, so that only rows that have
        changed need to be written. Else, and without, the place is empty.
    """
    discard_build(settings)
    settings.build.mkdir(parents=True)
    if from_published and same_makers(published_fingerprint(settings.warehouse), made_of):
        shutil.copyfile(settings.warehouse, settings.build_file)
    _made_of(settings).write_text(made_of)
    return settings.build_file


def discard_build(settings: Settings) -> None:
    """Remove what was built and is not to be published."""
    shutil.rmtree(settings.build, ignore_errors=True)


def publish(settings: Settings) -> Publication:
    """Check the built file, put it in the published one's place, which is kept, and bring the lake to the same."""
    rows = _seal(settings.build_file, _made_of(settings), settings.database_memory)
    sync(settings.build_file)
    keep_previous(settings)
    os.replace(settings.build_file, settings.warehouse)  # noqa: PTH105 - named as the promise it keeps
    sync(settings.warehouse.parent)
    discard_build(settings)
    # After the file, which the next run takes event ids from: a lake that could not be reached catches up then.
    publish_to_lake(settings)
    return Publication(settings.warehouse, settings.warehouse.stat().st_size, rows)


def _made_of(settings: Settings) -> Path:
    return settings.build / "fingerprint"


def _seal(build_file: Path, made_of: Path, memory: int) -> dict[str, int]:
    """Count the tables that readers rely on, drop what only the store could answer, and fold the write-ahead log in."""
    if not build_file.exists():
        raise PublicationError(f"There is nothing to publish at {build_file}: build the marts first.")
    with duckdb.connect(str(build_file), config=memory_limit(memory)) as con:
        if missing := missing_tables(con):
            raise PublicationError(f"The marts are incomplete: {', '.join(missing)} missing.")
        rows = {name: con.execute(f'select count(*) from marts."{name}"').fetchone()[0] for name in _tables(con)}  # noqa: S608
        con.execute(f"create schema if not exists {TABLE.partition('.')[0]}")
        con.execute(f"create or replace table {TABLE} (fingerprint varchar, published_at timestamp)")
        con.execute(f"insert into {TABLE} values (?, ?)", [made_of.read_text(), now()])  # noqa: S608 - our own words
        con.execute("drop schema if exists staging cascade")
        con.execute("checkpoint")
    return rows


def missing_tables(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Which tables of the contract a warehouse lacks."""
    tables = _tables(con)
    return [name for name in CONTRACT_TABLES if name not in tables]


def _tables(con: duckdb.DuckDBPyConnection) -> list[str]:
    found = con.execute(
        "select table_name from information_schema.tables where table_schema = 'marts' order by all"
    ).fetchall()
    return [name for (name,) in found]


def keep_previous(settings: Settings) -> None:
    """Keep the published file for going back, and of those kept already the newest."""
    if not settings.warehouse.exists():
        return
    settings.previous.mkdir(parents=True, exist_ok=True)
    kept = kept_publications(settings)
    # A run that died between the next two steps has linked it already.
    if not (kept and kept[-1].samefile(settings.warehouse)):
        kept.append(settings.previous / f"{now():{STAMP}}.duckdb")
        _link_or_copy(settings.warehouse, kept[-1])
    for old in kept[:-KEPT_PUBLICATIONS]:
        old.unlink()


def _link_or_copy(path: Path, other: Path) -> None:
    try:
        os.link(path, other)
    except OSError:  # a file system without hard links
        part = other.with_suffix(".part")
        shutil.copyfile(path, part)
        part.replace(other)


def kept_publications(settings: Settings) -> list[Path]:
    """The files that were published before the present one, oldest first."""
    return sorted(settings.previous.glob("*.duckdb"))


def sync(path: Path) -> None:
    """Have a file, or the names in a folder, outlast a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
