"""What the page shows, read from the marts: the index of all events, their reports, and the articles they stand in.

Events stand in the order of their day, latest first, and are known by their place in it. A day is a number: days since
1970-01-01.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb

from pipelines.loading import memory_limit, quoted

_EPOCH = date(1970, 1, 1).toordinal()


@contextmanager
def open_marts(warehouse: Path, previous: Path | None, memory: int, scratch: Path) -> Iterator[Marts]:
    """The published file, and the one that it took the place of, both read-only.

    memory: bytes that DuckDB may have; what needs more goes through files in the folder `scratch`, gone on leaving.

    Raises duckdb.Error when a file is none of DuckDB's or lacks a table of the contract.
    """
    queries = files(__package__) / "sql"
    with duckdb.connect(config={**memory_limit(memory), "temp_directory": str(scratch)}) as con:
        con.execute(f"attach {quoted(warehouse)} as now (read_only)")
        con.execute((queries / "now.sql").read_text("utf-8"))
        if previous:
            con.execute(f"attach {quoted(previous)} as before (read_only)")
            con.execute((queries / "before.sql").read_text("utf-8"))
        yield Marts(con, previous is not None)


class Marts:
    """Queries over both files."""

    def __init__(self, con: duckdb.DuckDBPyConnection, has_previous: bool) -> None:
        self._con = con
        self._has_previous = has_previous

    def counts(self) -> dict[str, int]:
        """Articles, reports and events; articles that the previous file lacks, and its events that are gone."""
        articles, reports, events, withdrawn = self._con.execute(
            "select (select count(*) from now.marts.dim_documents), (select count(*) from reports), "
            "(select count(*) from events), (select count(*) from known anti join events using (event_id))"
        ).fetchone()
        new = articles
        if self._has_previous:
            (new,) = self._con.execute(
                "select count(*) from now.marts.dim_documents anti join before.marts.dim_documents using (document_id)"
            ).fetchone()
        return {"articles": articles, "reports": reports, "events": events, "new_articles": new, "withdrawn": withdrawn}

    def names(self) -> dict[str, dict[str, list[str]]]:
        """Code -> [English name, Vietnamese name], of countries and weapon categories."""
        queries = {
            "countries": "select country_code, name_en, name_vi from now.marts.dim_countries",
            "weapon_category": "select weapon_category, name_en, name_vi from now.marts.dim_weapon_categories",
        }
        return {
            name: {code: names for code, *names in self._con.execute(query).fetchall()}
            for name, query in queries.items()
        }

    def events(self) -> Iterator[dict[str, Any]]:
        """One dict an event, in order.

        `news` is new, changed or None; `was_stage` and `was_claim` are what the previous file said, where it said
        otherwise. `said_by` and `denied_by` are the countries that allege and that deny it.
        """
        return self._rows(
            """
            with voices as (
                select
                    event_id,
                    list_sort(list(distinct claimed_by_country) filter (where claim_status = 'alleged')) as said_by,
                    list_sort(list(distinct claimed_by_country) filter (where claim_status = 'denied')) as denied_by
                from reports where claimed_by_country is not null group by event_id
            )
            select
                e.* exclude (place), v.said_by, v.denied_by,
                case
                    when k.event_id is null then 'new'
                    when (e.current_stage, e.claim_status, e.is_contested, e.report_count)
                        is distinct from (k.current_stage, k.claim_status, k.is_contested, k.report_count)
                    then 'changed'
                end as news,
                if(k.current_stage <> e.current_stage, k.current_stage, null) as was_stage,
                if(k.claim_status <> e.claim_status, k.claim_status, null) as was_claim,
                e.is_contested and not k.is_contested as is_newly_contested
            from events as e left join voices as v using (event_id) left join known as k using (event_id)
            order by e.place
            """
        )

    def reports(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """(place of its event, the report), event by event; within one, latest article first."""
        rows = self._rows(
            """
            select
                e.place as event, a.place as article, d.title, d.outlet, d.published_on,
                r.* exclude (document_id, event_id)
            from reports as r
            join events as e using (event_id)
            join articles as a using (document_id)
            join now.marts.dim_documents as d using (document_id)
            order by e.place, a.place, r.evidence_start, r.report_id
            """
        )
        return ((row.pop("event"), row) for row in rows)

    def articles(self) -> Iterator[dict[str, Any]]:
        """One dict an article that a report stands in, latest first, with the passages of all its reports."""
        return self._rows(
            """
            with passages as (
                select document_id, list(distinct [evidence_start, evidence_end]) as passages
                from reports group by document_id
            )
            select
                d.title, d.outlet, d.url, d.source_path, d.language, d.published_on, d.body,
                list_sort(p.passages) as passages
            from articles as a
            join now.marts.dim_documents as d using (document_id)
            join passages as p using (document_id)
            order by a.place
            """
        )

    def _rows(self, query: str) -> Iterator[dict[str, Any]]:
        found = self._con.cursor().execute(query)
        names = [column[0] for column in found.description]
        while rows := found.fetchmany(1000):
            for row in rows:
                yield {name: _plain(value) for name, value in zip(names, row, strict=True) if value is not None}


def _plain(value: Any) -> Any:
    return value.toordinal() - _EPOCH if isinstance(value, date) else value
