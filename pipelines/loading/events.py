"""Event ids that readers have seen, kept in the store so that the next build can hand out the same ones."""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipelines.contract import FACT_TYPES
from pipelines.loading.store import connect_reader, now, transaction


def remember_events(con: duckdb.DuckDBPyConnection, warehouse: Path) -> int:
    """Note the event id of every published report; returns how many pairs were new.

    Reading the published file, not the run's memory, makes this safe to repeat after a crash at any moment.
    """
    if not warehouse.exists():
        return 0
    new = 0
    moment = now()
    for fact_type in FACT_TYPES:
        with connect_reader(warehouse) as published:
            pairs = published.execute(
                f"select event_id, report_id from marts.fct_{fact_type}_reports where event_id is not null"  # noqa: S608
            ).to_arrow_table()
        with transaction(con):
            con.register("pairs", pairs)
            new += con.execute(
                """
                insert into raw.event_registry
                select event_id, ?, report_id, ? from pairs anti join raw.event_registry using (event_id, report_id)
                """,
                [fact_type, moment],
            ).fetchone()[0]
            con.unregister("pairs")
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
