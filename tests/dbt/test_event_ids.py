"""Event ids over several runs: kept, joined, withdrawn; and the same events whatever the order of arrival."""

from __future__ import annotations

from pathlib import Path

from dbt_runs import read
from handmade import name_of
from link_cases import Case
from two_runs import JOINED, Runs, events_of, members_of


def test_order_and_number_of_runs_make_no_difference(runs: Runs, warehouse_file: Path) -> None:
    assert events_of(runs.second) == events_of(warehouse_file)


def test_documents_are_those_of_a_build_from_nothing(runs: Runs, warehouse_file: Path) -> None:
    query = "select * replace (nullif(title, 'Changed') as title), title from marts.dim_documents order by document_id"
    contents = []
    for file in (runs.second, warehouse_file):
        with read(file) as con:
            contents.append([row for row in con.execute(query).fetchall() if row[0] != name_of("misread")])
    again, fresh = contents
    assert [row[:-1] for row in again] == [row[:-1] for row in fresh]
    assert [row[-1] for row in again].count("Changed") == 1


def test_published_ids_are_kept_or_accounted_for(runs: Runs) -> None:
    before, after = members_of(runs.first), members_of(runs.second)
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
    assert {_report(cases, JOINED, key) for key in ("r1", "r2", "r3")} == members_of(runs.second)[older]
    with read(runs.second) as con:
        assert con.execute(
            "select moved_to_event_id, outcome, report_ids from marts.event_id_history where event_id = ?", [younger]
        ).fetchall() == [(older, "merged", [_report(cases, JOINED, "r1")])]


def test_withdrawn_reports_are_listed(runs: Runs) -> None:
    with read(runs.second) as con:
        listed = con.execute(
            "select moved_to_event_id, report_ids from marts.event_id_history where outcome = 'withdrawn'"
        ).fetchall()
    assert sorted(listed) == sorted((None, [name_of(article, "r1")]) for article in ("deleted", "misread"))


def _report(cases: list[Case], name: str, key: str) -> str:
    return next(case for case in cases if case.name == name).report_id(key)
