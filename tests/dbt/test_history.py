"""What was known when: every revision of events and reports, through which report, over rebuilds and rollbacks."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
from dbt_runs import read
from handmade import name_of
from link_cases import Case
from two_runs import JOINED, Runs, members_of

from pipelines.contract import FACT_TYPES
from pipelines.loading import connect_store, remember_events

STATE = "event_id, current_stage, claim_status, is_contested, date_start, date_end"
HISTORIES = ("event", "report")


@pytest.fixture
def history(runs: Runs) -> duckdb.DuckDBPyConnection:
    with read(runs.second) as con:
        yield con


def published_state(warehouse: Path) -> list[tuple]:
    with read(warehouse) as con:
        return con.execute(
            " union all ".join(f"select {STATE} from marts.fct_{fact_type}s" for fact_type in FACT_TYPES)  # noqa: S608
            + " order by event_id"
        ).fetchall()


def moment_of_first_run(history: duckdb.DuckDBPyConnection) -> object:
    return history.execute("select min(recorded_at) from marts.mart_event_history").fetchone()[0]


def test_what_was_known_at_the_first_run_can_be_asked_for(runs: Runs, history: duckdb.DuckDBPyConnection) -> None:
    moment = moment_of_first_run(history)
    known = history.execute(
        f"select {STATE}, report_ids from marts.mart_event_history "  # noqa: S608
        "where recorded_at <= $1 and (superseded_at is null or superseded_at > $1) order by event_id",
        [moment],
    ).fetchall()
    assert [row[:-1] for row in known] == published_state(runs.first)
    assert {row[0]: set(row[-1]) for row in known} == members_of(runs.first)


def test_a_day_can_be_asked_for_by_name(runs: Runs, history: duckdb.DuckDBPyConnection) -> None:
    day = moment_of_first_run(history).date()
    assert history.execute("from marts.events_as_of(?)", [day - timedelta(1)]).fetchall() == []
    later = f"select {STATE} from marts.events_as_of(date '{date.max}') order by event_id"  # noqa: S608
    assert history.execute(later).fetchall() == published_state(runs.second)
    reports = history.execute(f"select report_id from marts.reports_as_of(date '{date.max}')").fetchall()  # noqa: S608
    assert {report_id for (report_id,) in reports} == set().union(*members_of(runs.second).values())


def test_each_change_names_the_reports_that_made_it(runs: Runs, history: duckdb.DuckDBPyConnection) -> None:
    before, after = members_of(runs.first), members_of(runs.second)
    rows = history.execute(
        "select event_id, change, changed_fields, through_report_ids from marts.mart_event_history "
        "where recorded_at > ?",
        [moment_of_first_run(history)],
    ).fetchall()
    found = {event_id: set(through) for event_id, _, _, through in rows}
    wanted = {event_id: before.get(event_id, set()) ^ after.get(event_id, set()) for event_id in before | after}
    assert found == {event_id: reports for event_id, reports in wanted.items() if reports}
    assert {change for _, change, _, _ in rows} == {"created", "changed", "ended"}
    assert {field for _, _, fields, _ in rows for field in fields} >= {"current_stage", "is_contested", "members"}


def test_reports_that_are_gone_stay_listed_with_reason_and_passage(history: duckdb.DuckDBPyConnection) -> None:
    rows = history.execute(
        "select report_id, withdrawal_reason, evidence_text from marts.mart_report_history where change = 'withdrawn'"
    ).fetchall()
    assert sorted(rows) == sorted(
        (name_of(article, "r1"), reason, f"An article that is {article} later.")
        for article, reason in (("deleted", "article_gone"), ("misread", "extractor_changed"))
    )


def test_a_report_that_changed_its_event_is_noted(cases: list[Case], history: duckdb.DuckDBPyConnection) -> None:
    moved = next(case for case in cases if case.name == JOINED).report_id("r1")
    rows = history.execute(
        "select change, event_id, previous_event_id from marts.mart_report_history where report_id = ? "
        "order by recorded_at",
        [moved],
    ).fetchall()
    assert [row[0] for row in rows] == ["added", "moved"]
    assert rows[1][2] == rows[0][1] != rows[1][1]


def test_going_back_to_an_older_file_or_a_new_store_loses_nothing(runs: Runs, tmp_path: Path) -> None:
    with connect_store(tmp_path / "store.duckdb") as con:
        remember_events(con, runs.second)
        kept = [con.execute(f"from raw.{name}_revisions order by all").fetchall() for name in HISTORIES]
        with read(runs.second) as published:
            for name, rows in zip(HISTORIES, kept, strict=True):
                assert published.execute(f"select count(*) from marts.mart_{name}_history").fetchone() == (len(rows),)  # noqa: S608
        remember_events(con, runs.first)
        remember_events(con, runs.second)
        assert kept == [con.execute(f"from raw.{name}_revisions order by all").fetchall() for name in HISTORIES]
