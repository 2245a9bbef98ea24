"""The warehouse file: built beside the published one, then put in its place in one step."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.loading.store import now
from pipelines.settings import KEPT_PUBLICATIONS, Settings

# What every reader may rely on being there.
CONTRACT_TABLES = (
    "dim_documents", "fct_arms_transfer_reports", "fct_sanction_reports", "fct_meeting_reports",
    "fct_arms_transfers", "fct_sanctions", "fct_meetings", "bridge_meeting_participants",
    "dim_countries", "dim_actors", "dim_weapon_categories", "dim_dates",
    "mart_bilateral_timeline", "mart_rejected_inputs",
)  # fmt: skip


class PublicationError(RuntimeError):
    """The file that was built must not be published."""


@dataclass(frozen=True)
class Publication:
    """What was published."""

    path: Path
    size_bytes: int
    rows: dict[str, int]


def fresh_build(settings: Settings) -> Path:
    """An empty place for the next warehouse; whatever a run that died left there goes."""
    shutil.rmtree(settings.build, ignore_errors=True)
    settings.build.mkdir(parents=True)
    return settings.build_file


def publish(settings: Settings) -> Publication:
    """Check the built file and put it in the published one's place, which is kept for going back."""
    rows = _seal(settings.build_file)
    _sync(settings.build_file)
    _keep_previous(settings)
    os.replace(settings.build_file, settings.warehouse)  # noqa: PTH105 - named as the promise it keeps
    _sync(settings.warehouse.parent)
    shutil.rmtree(settings.build, ignore_errors=True)
    return Publication(settings.warehouse, settings.warehouse.stat().st_size, rows)


def _seal(build_file: Path) -> dict[str, int]:
    """Count the tables that readers rely on, and fold the write-ahead log in, so that one file is all there is."""
    if not build_file.exists():
        raise PublicationError(f"There is nothing to publish at {build_file}: build the marts first.")
    with duckdb.connect(str(build_file)) as con:
        tables = {
            name
            for (name,) in con.execute(
                "select table_name from information_schema.tables where table_schema = 'marts' order by all"
            ).fetchall()
        }
        missing = [name for name in CONTRACT_TABLES if name not in tables]
        if missing:
            raise PublicationError(f"The marts are incomplete: {', '.join(missing)} missing.")
        rows = {name: con.execute(f'select count(*) from marts."{name}"').fetchone()[0] for name in sorted(tables)}  # noqa: S608
        con.execute("checkpoint")
    return rows


def _keep_previous(settings: Settings) -> None:
    if not settings.warehouse.exists():
        return
    settings.previous.mkdir(parents=True, exist_ok=True)
    os.link(settings.warehouse, settings.previous / f"{now():%Y%m%dT%H%M%S%f}.duckdb")
    kept = sorted(settings.previous.glob("*.duckdb"))
    for old in kept[:-KEPT_PUBLICATIONS]:
        old.unlink()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
