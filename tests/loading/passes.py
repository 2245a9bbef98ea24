"""What a run does to the store, without Dagster and dbt: a pass over a folder, and what the store then holds."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import duckdb

from pipelines.engines import extract_batch
from pipelines.landing import read_folder
from pipelines.lexicons import Lexicon, load_lexicon
from pipelines.loading import Loader, connect_reader, connect_store, pending_batches, write_reports

TABLES = (
    "documents", "document_sources", "rejected_inputs", "skipped_articles", "landing_files",
    "arms_transfer_reports", "sanction_reports", "meeting_reports",
)  # fmt: skip


class Cut(Exception):
    """The pass was cut off here."""


@cache
def lexicon() -> Lexicon:
    return load_lexicon()


def run_pass(store: Path, landing: Path, prune: bool = False, cut_after: int | None = None) -> None:
    """Bring the store up to date. cut_after: batches after which the pass dies without another word."""
    with connect_store(store) as con:
        loader = Loader(con)
        for number, batch in enumerate(read_folder(landing, skip=loader.unchanged, batch_size=2)):
            if number == cut_after:
                raise Cut
            loader.add(batch)
        loader.finish(prune)
    with connect_store(store) as con:
        languages = sorted(lexicon().packs)
        for number, batch in enumerate([*pending_batches(con, lexicon().version, languages, 2)]):
            if cut_after is not None and number == cut_after - 1:
                raise Cut
            done = extract_batch(batch, lexicon())
            write_reports(con, lexicon().version, done.document_ids, done.reports, done.errors)


def content(store: Path) -> dict[str, list[tuple]]:
    """Every row of the store without the moments at which it was written."""
    with connect_reader(store) as con:
        return {table: _rows(con, table) for table in TABLES}


def _rows(con: duckdb.DuckDBPyConnection, table: str) -> list[tuple]:
    return con.execute(f"select columns(c -> not regexp_matches(c, '_at$')) from raw.{table} order by all").fetchall()  # noqa: S608
