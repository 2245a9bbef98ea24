"""The link cases in two runs: first all but the last report of each, and two reports that go; then everything."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from dbt_runs import dbt, read
from handmade import Document, fill, name_of
from link_cases import Case

from pipelines.contract import FACT_TYPES
from pipelines.loading import connect_store, remember_events

JOINED = "two part deliveries of one agreement"


@dataclass(frozen=True)
class Runs:
    """The store of both runs and the file that each of them built."""

    store: Path
    first: Path
    second: Path


def run_twice(cases: Sequence[Case], target: Path, folder: Path) -> Runs:
    """Between the runs the file of one article goes, and the extractor takes back what it read in another.

    The second starts from a copy of what the first built, as a run starts from the published file.
    """
    runs = Runs(folder / "store.duckdb", folder / "first.duckdb", folder / "second.duckdb")
    early, late = _halves(cases)
    documents = [document for case in reversed(cases) for document in reversed(case.documents)]
    template = next(case for case in cases if case.name == JOINED).facts["r1"]
    for name in ("deleted", "misread"):
        document = Document(name, date(2020, 1, 2), None)
        start, end = document.add(f"An article that is {name} later.")
        documents.append(document)
        early["arms_transfer"].append(
            template
            | {"report_id": name_of(name, "r1"), "document_id": document.document_id, "weapon_designation": name}
            | {"evidence_start": start, "evidence_end": end, "evidence_text": document.body}
            | {"date_start": date(2020, 1, 1), "date_end": date(2020, 1, 1)}
        )
    fill(runs.store, documents, early)
    dbt("build", runs.store, runs.first, target)
    older = next(case for case in cases if case.name == JOINED).report_id("r2")
    with connect_store(runs.store) as con:
        remember_events(con, runs.first)
        con.execute(
            "update raw.event_registry set first_published_at = ? where report_id = ?", [datetime(2020, 1, 1), older]
        )
        con.execute(
            "update raw.document_sources set missing_since = last_seen_at where document_id = ?", [name_of("deleted")]
        )
        con.execute("delete from raw.arms_transfer_reports where report_id = ?", [name_of("misread", "r1")])
        con.execute("update raw.documents set title = 'Changed' where document_id = ?", [documents[0].document_id])
    fill(runs.store, [], late)
    shutil.copyfile(runs.first, runs.second)
    dbt("build", runs.store, runs.second, target)
    return runs


def members_of(warehouse: Path) -> dict[str, set[str]]:
    """The reports of every event."""
    with read(warehouse) as con:
        rows = con.execute(
            " union all ".join(
                f"select event_id, list(report_id) from marts.fct_{fact_type}_reports group by event_id"  # noqa: S608
                for fact_type in FACT_TYPES
            )
        ).fetchall()
    return {event_id: set(reports) for event_id, reports in rows}


def events_of(warehouse: Path) -> dict[tuple[str, ...], dict[str, Any]]:
    """Every event by its members, with all that it says but its id."""
    members = members_of(warehouse)
    events: dict[tuple[str, ...], dict[str, Any]] = {}
    with read(warehouse) as con:
        for fact_type in FACT_TYPES:
            table = con.execute(f"select * from marts.fct_{fact_type}s").to_arrow_table()  # noqa: S608
            for row in table.to_pylist():
                events[tuple(sorted(members[row.pop("event_id")]))] = row
    return events


def _halves(cases: Sequence[Case]) -> tuple[dict[str, list[Mapping[str, Any]]], dict[str, list[Mapping[str, Any]]]]:
    early: dict[str, list[Mapping[str, Any]]] = {fact_type: [] for fact_type in FACT_TYPES}
    late: dict[str, list[Mapping[str, Any]]] = {fact_type: [] for fact_type in FACT_TYPES}
    for case in reversed(cases):
        *first, last = case.facts.values()
        early[case.fact_type] += reversed(first)
        late[case.fact_type].append(last)
    return early, late
