"""Event ids over several runs: kept, joined, withdrawn; and the same events whatever the order of arrival."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from dbt_runs import dbt, read
from handmade import Document, fill, name_of
from link_cases import Case

from pipelines.contract import FACT_TYPES
from pipelines.loading import connect_store, remember_events

JOINED = "two part deliveries of one agreement"


@dataclass(frozen=True)
class Runs:
    """The cases in two runs: all but the last report of each and one that is withdrawn later; then everything."""

    first: Path
    second: Path


@pytest.fixture(scope="module")
def runs(cases: list[Case], target: Path, tmp_path_factory: pytest.TempPathFactory) -> Runs:
    folder = tmp_path_factory.mktemp("runs")
    store, found = folder / "store.duckdb", Runs(folder / "first.duckdb", folder / "second.duckdb")
    early, late = _halves(cases)
    documents = [document for case in reversed(cases) for document in reversed(case.documents)]
    withdrawn = Document("withdrawn", date(2020, 1, 2), None)
    start, end = withdrawn.add("An article that is withdrawn later.")
    template = next(case for case in cases if case.name == JOINED).facts["r1"]
    passage = {"evidence_start": start, "evidence_end": end, "evidence_text": withdrawn.body}
    lost = template | passage | {"report_id": name_of("withdrawn", "r1"), "document_id": withdrawn.document_id}
    early["arms_transfer"].append(lost | {"date_start": date(2020, 1, 1), "date_end": date(2020, 1, 1)})

    fill(store, [*documents, withdrawn], early)
    dbt("build", store, found.first, target)
    with connect_store(store) as con:
        remember_events(con, found.first)
        con.execute(
            "update raw.event_registry set first_published_at = ? where report_id = ?",
            [datetime(2020, 1, 1), _report(cases, JOINED, "r2")],
        )
        con.execute(
            "update raw.document_sources set missing_since = last_seen_at where document_id = ?",
            [withdrawn.document_id],
        )
    fill(store, [], late)
    dbt("build", store, found.second, target)
    return found


def test_order_and_number_of_runs_make_no_difference(runs: Runs, warehouse_file: Path) -> None:
    assert _events(runs.second) == _events(warehouse_file)


def test_published_ids_are_kept_or_accounted_for(runs: Runs) -> None:
    before, after = _members(runs.first), _members(runs.second)
    with read(runs.second) as con:
        moved = con.execute("select event_id, unnest(report_ids) from marts.event_id_history").fetchall()
    for event_id, reports in before.items():
        gone = {report for known, report in moved if known == event_id}
        assert reports == (reports & after.get(event_id, set())) | gone
        if event_id in after:
            assert reports & after[event_id]


def test_the_older_of_two_joined_ids_lives(runs: Runs, cases: list[Case]) -> None:
    with read(runs.first) as con:
        ids = dict(con.execute("select report_id, event_id from marts.fct_arms_transfer_reports").fetchall())
    younger, older = (ids[_report(cases, JOINED, key)] for key in ("r1", "r2"))
    assert younger != older
    assert {_report(cases, JOINED, key) for key in ("r1", "r2", "r3")} == _members(runs.second)[older]
    with read(runs.second) as con:
        assert con.execute(
            "select moved_to_event_id, outcome, report_ids from marts.event_id_history where event_id = ?", [younger]
        ).fetchall() == [(older, "merged", [_report(cases, JOINED, "r1")])]


def test_withdrawn_reports_are_listed(runs: Runs) -> None:
    with read(runs.second) as con:
        listed = con.execute(
            "select moved_to_event_id, report_ids from marts.event_id_history where outcome = 'withdrawn'"
        ).fetchall()
    assert listed == [(None, [name_of("withdrawn", "r1")])]


def _halves(cases: list[Case]) -> tuple[dict[str, list[Mapping[str, Any]]], dict[str, list[Mapping[str, Any]]]]:
    early: dict[str, list[Mapping[str, Any]]] = {fact_type: [] for fact_type in FACT_TYPES}
    late: dict[str, list[Mapping[str, Any]]] = {fact_type: [] for fact_type in FACT_TYPES}
    for case in reversed(cases):
        *first, last = case.facts.values()
        early[case.fact_type] += reversed(first)
        late[case.fact_type].append(last)
    return early, late


def _report(cases: list[Case], name: str, key: str) -> str:
    return next(case for case in cases if case.name == name).report_id(key)


def _members(warehouse: Path) -> dict[str, set[str]]:
    with read(warehouse) as con:
        rows = con.execute(
            " union all ".join(
                f"select event_id, list(report_id) from marts.fct_{fact_type}_reports group by event_id"  # noqa: S608
                for fact_type in FACT_TYPES
            )
        ).fetchall()
    return {event_id: set(reports) for event_id, reports in rows}


def _events(warehouse: Path) -> dict[tuple[str, ...], dict[str, Any]]:
    """Every event by its members, with all that it says but its id."""
    members = _members(warehouse)
    events: dict[tuple[str, ...], dict[str, Any]] = {}
    with read(warehouse) as con:
        for fact_type in FACT_TYPES:
            table = con.execute(f"select * from marts.fct_{fact_type}s").to_arrow_table()  # noqa: S608
            for row in table.to_pylist():
                events[tuple(sorted(members[row.pop("event_id")]))] = row
    return events
