"""What readers have seen: event ids, and every revision of reports and events, kept in the store for the next build."""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipelines.contract import FACT_TYPES
from pipelines.loading.store import connect_reader, now, quoted, transaction

# Histories of the published file, the tables that keep them, and what names a row in each.
_HISTORIES = (
    ("mart_report_history", "raw.report_revisions", "fact_type, report_id, recorded_at"),
    ("mart_event_history", "raw.event_revisions", "event_id, recorded_at"),
)


def remember_events(con: duckdb.DuckDBPyConnection, warehouse: Path) -> int:
    """Note the event id of every published report and all revisions; returns how many ids of reports were new.

    Reading the published file, not the run's memory, makes this safe to repeat after a crash at any moment. A file
    that somebody went back to holds nothing that is not known already.
    """
    if not warehouse.exists():
        return 0
    con.execute(f"attach {quoted(warehouse)} as published (read_only)")
    try:
        with transaction(con):
            new = sum(_remember_ids(con, fact_type) for fact_type in FACT_TYPES)
            for mart, table, key in _HISTORIES:
                _remember_revisions(con, mart, table, key)
    finally:
        con.execute("detach published")
    return new


def event_ids_gone(before: Path, after: Path) -> dict[str, tuple[int, int]]:
    """By fact type, how many event ids of one published file the other has not, and how many the one has."""
    found = {}
    for fact_type in FACT_TYPES:
        ids = f"select event_id from marts.fct_{fact_type}s"  # noqa: S608 - our own words
        with connect_reader(before) as con:
            known = con.execute(ids).to_arrow_table()
        with connect_reader(after) as con:
            con.register("known", known)
            gone = con.execute(f"select count(*) from known anti join ({ids}) using (event_id)").fetchone()[0]  # noqa: S608
        found[fact_type] = (gone, known.num_rows)
    return found


def _remember_ids(con: duckdb.DuckDBPyConnection, fact_type: str) -> int:
    return con.execute(
        f"""
        insert into raw.event_registry
        select event_id, ?, report_id, ? from published.marts.fct_{fact_type}_reports
            anti join raw.event_registry using (event_id, report_id)
        where event_id is not null
        """,  # noqa: S608
        [fact_type, now()],
    ).fetchone()[0]


def _remember_revisions(con: duckdb.DuckDBPyConnection, mart: str, table: str, key: str) -> None:
    held = con.execute(
        "select 1 from duckdb_tables() where database_name = 'published' and schema_name = 'marts' and table_name = ?",
        [mart],
    ).fetchone()
    if not held:  # published before there was a history
        return
    columns = ", ".join(name for (name, *_) in con.execute(f"describe {table}").fetchall())
    con.execute(
        f"insert into {table} by name select {columns} from published.marts.{mart} anti join {table} using ({key})"  # noqa: S608
    )
