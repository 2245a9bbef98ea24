"""Corrections applied: reports rejected and mended, events joined, parted and mended, and what each line came to."""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from dbt_runs import dbt, read
from handmade import fill, name_of
from link_cases import Case, read_cases

from pipelines.corrections import read_corrections
from pipelines.loading import connect_store, remember_events, replace_table

STORY = """
arms_transfer:
  - case: arms
    reports:
      wrong: {out: 2023-01-02, date: 2023-01-01, stage: delivered, what: helicopter}
      few: {out: 2023-02-02, date: 2023-02-01, stage: delivered, what: uav, number: 5}
      one: {out: 2023-03-02, date: 2023-03-01, stage: agreed, what: artillery, type: Alpha 1}
      other: {out: 2023-03-05, date: 2023-03-04, stage: delivered, what: artillery, type: Beta 2}
      third: {out: 2023-05-02, date: 2023-05-01, stage: delivered, what: naval}
      same: {out: 2023-05-03, date: 2023-05-01, stage: delivered, what: naval}
      named: {out: 2023-06-02, date: 2023-06-01, stage: delivered, what: air_defence, type: Gamma 3}
      gone: {out: 2023-07-02, date: 2023-07-01, stage: delivered, what: vehicle}
    events: []
meeting:
  - case: talks
    reports:
      met: {out: 2023-02-02, date: 2023-02-01, stage: held, with: [A, B]}
    events: []
"""
HEADER = ("action", "id", "other_id", "field", "value", "passage", "name", "date", "reason")
CODES = {"A": "VN", "B": "PL"}


def report(key: str) -> str:
    return name_of("talks" if key == "met" else "arms", key)


def event_of(*keys: str) -> str:
    """The id under which an event of these reports is born; a store that never published it knows it all the same."""
    first = min(report(key) for key in keys)
    return "a" + hashlib.md5(f"{first}#0".encode(), usedforsecurity=False).hexdigest()[:16]


@dataclass(frozen=True)
class Corrected:
    """The warehouse with all corrections at once, and the next, after the first was published and a report went."""

    first: Path
    again: Path


def write(path: Path) -> None:
    lines: list[Mapping[str, str]] = [
        {"action": "reject", "id": report("wrong"), "passage": "arms: wrong"},
        {"action": "mend", "id": report("few"), "field": "quantity", "value": "20/50"},
        {"action": "mend", "id": report("few"), "field": "date", "value": "2023-02-01/2023-02-28"},
        {"action": "mend", "id": report("few"), "field": "stage", "value": "delivered"},
        {"action": "mend", "id": report("met"), "field": "participant_countries", "value": "PL|VN|UN"},
        {"action": "mend", "id": report("met"), "field": "stage", "value": "delivered"},
        {"action": "join", "id": event_of("one"), "other_id": event_of("other")},
        {"action": "part", "id": report("same")},
        {"action": "mend", "id": event_of("named"), "field": "weapon_designation", "value": "Delta 4",
         "passage": "arms: somebody else"},
        {"action": "reject", "id": "0" * 16},
        {"action": "mend", "id": report("gone"), "field": "end_user", "value": "somebody"},
        {"action": "shred", "id": report("few")},
    ]  # fmt: skip
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADER)
        writer.writeheader()
        writer.writerows(line | {"name": "Lan", "date": "2024-01-01", "reason": "a test"} for line in lines)


@pytest.fixture(scope="module")
def done(target: Path, tmp_path_factory: pytest.TempPathFactory) -> Corrected:
    folder = tmp_path_factory.mktemp("corrected")
    (folder / "story.yaml").write_text(STORY, encoding="utf-8")
    cases: list[Case] = read_cases(folder / "story.yaml", [*CODES.values(), *CODES.values()])
    facts = defaultdict(list)
    for case in cases:
        facts[case.fact_type] += case.facts.values()
    store = folder / "store.duckdb"
    fill(store, [document for case in cases for document in case.documents], facts)
    write(folder / "mine.csv")
    with connect_store(store) as con:
        replace_table(con, "corrections", read_corrections(folder / "mine.csv", date(2024, 1, 2)))
    dbt("build", store, folder / "first.duckdb", target)
    with connect_store(store) as con:
        remember_events(con, folder / "first.duckdb")
        con.execute("delete from raw.arms_transfer_reports where report_id = ?", [report("gone")])
    dbt("build", store, folder / "again.duckdb", target)
    return Corrected(folder / "first.duckdb", folder / "again.duckdb")


def rows(path: Path, query: str, *arguments: Any) -> list[tuple]:
    with read(path) as con:
        return con.execute(query, list(arguments)).fetchall()


def events(path: Path) -> dict[str, str]:
    found = rows(path, "select report_id, event_id from marts.fct_arms_transfer_reports")
    return dict(found)


def test_a_rejected_report_counts_for_nothing_and_stays_listed(done: Corrected) -> None:
    assert report("wrong") not in events(done.first)
    assert event_of("wrong") not in events(done.first).values()
    assert rows(
        done.first, "select status, extracted_value from marts.mart_corrections where id = ?", report("wrong")
    ) == [("applied", None)]


def test_a_mended_report_has_the_new_value_and_shows_the_old(done: Corrected) -> None:
    query = "select quantity_min, quantity_max, date_start, date_end, date_precision, uncorrected ->> 'quantity_min' "
    (found,) = rows(done.first, query + "from marts.fct_arms_transfer_reports where report_id = ?", report("few"))
    assert found == (20, 50, date(2023, 2, 1), date(2023, 2, 28), "range", "5")
    assert rows(
        done.first,
        "select field, extracted_value, corrected_value, status from marts.mart_corrections where id = ? and line < 6 "
        "order by line",
        report("few"),
    ) == [
        ("quantity", "5", "20/50", "applied"),
        ("date", "2023-02-01", "2023-02-01/2023-02-28", "applied"),
        ("stage", "delivered", "delivered", "without_effect"),
    ]
    assert rows(
        done.first,
        "select quantity_min, quantity_max from marts.fct_arms_transfers where event_id = ?",
        events(done.first)[report("few")],
    ) == [(20, 50)]


def test_lists_are_mended_too(done: Corrected) -> None:
    assert rows(done.first, "select participant_countries, len(participant_names) from marts.fct_meeting_reports") == [
        (["PL", "VN", "UN"], 0)
    ]
    (told,) = rows(done.first, "select extracted_value from marts.mart_corrections where field like 'participant%'")
    assert set(told[0].split("|")) == set(CODES.values())


@pytest.mark.parametrize("run", ["first", "again"])
def test_events_are_joined_and_parted_and_keep_their_ids(done: Corrected, run: str) -> None:
    found = events(getattr(done, run))
    assert found[report("one")] == found[report("other")]
    assert found[report("one")] in (event_of("one"), event_of("other"))
    assert event_of("third", "same") in (found[report("third")], found[report("same")])
    assert found[report("third")] != found[report("same")]
    assert found == {key: events(done.first)[key] for key in found}


def test_a_mended_event_has_the_new_value_and_shows_the_old(done: Corrected) -> None:
    event = event_of("named")
    query = "select weapon_designation, uncorrected ->> 'weapon_designation' from marts.fct_arms_transfers "
    assert rows(done.first, query + "where event_id = ?", event) == [("Delta 4", "Gamma 3")]
    query = "select weapon_designation from marts.fct_arms_transfer_reports where report_id = ?"
    assert rows(done.first, query, report("named")) == [("Gamma 3",)]


def test_lines_that_bear_on_nothing_or_on_something_else_warn(done: Corrected) -> None:
    told = {
        line: (status, message)
        for line, status, message in rows(done.again, "select line, status, message from marts.mart_corrections")
    }
    wrong_kind, changed, unknown, gone, nonsense = (told[line] for line in (7, 10, 11, 12, 13))
    assert wrong_kind == ("refused", "a report of this kind, meeting, cannot have that stage")
    assert changed[0] == "outdated"
    assert "arms: named" in changed[1]
    assert unknown[0] == "unknown"
    assert gone[0] == "outdated"
    assert "extractor_changed" in gone[1]
    assert nonsense[0] == "refused"
    assert "no action" in nonsense[1]
    assert rows(done.again, "select stage from marts.fct_meeting_reports") == [("held",)]
