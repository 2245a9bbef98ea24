"""Which reports are one event, and what the event then says: every case of `link_cases.yaml`."""

from __future__ import annotations

from typing import Any

import duckdb
from link_cases import Case, as_dates

_EVENTS = """
    select event_id, current_stage as stage, claim_status as claim, is_contested as contested, date_start, date_end
    from marts.fct_{fact_type}s
"""


def test_there_are_enough_cases_of_every_kind(cases: list[Case]) -> None:
    assert len(cases) >= 60
    assert len({case.name for case in cases}) == len(cases)
    for fact_type in ("arms_transfer", "sanction", "meeting"):
        assert sum(case.fact_type == fact_type for case in cases) >= 15


def test_every_case_comes_to_its_events(cases: list[Case], warehouse: duckdb.DuckDBPyConnection) -> None:
    event_of: dict[str, str] = {}
    events: dict[str, dict[str, Any]] = {}
    for fact_type in ("arms_transfer", "sanction", "meeting"):
        event_of |= dict(warehouse.execute(f"select report_id, event_id from marts.fct_{fact_type}_reports").fetchall())  # noqa: S608
        rows = warehouse.execute(_EVENTS.format(fact_type=fact_type)).fetchall()
        events |= {
            row[0]: dict(zip(("stage", "claim", "contested", "start", "end"), row[1:], strict=True)) for row in rows
        }
    wrong = [f"{case.name}: {problem}" for case in cases for problem in _problems(case, event_of, events)]
    assert not wrong, "\n".join(wrong)


def _problems(case: Case, event_of: dict[str, str], events: dict[str, dict[str, Any]]) -> list[str]:
    found: dict[str, list[str]] = {}
    for key in case.reports:
        found.setdefault(event_of[case.report_id(key)], []).append(key)
    wanted = [sorted(event["reports"]) for event in case.events]
    if sorted(sorted(keys) for keys in found.values()) != sorted(wanted):
        return [f"events are {sorted(found.values())}, not {wanted}"]
    problems = []
    for expected in case.events:
        event = events[event_of[case.report_id(expected["reports"][0])]]
        for name, value in expected.items():
            if name == "reports":
                continue
            got = (event["start"], event["end"]) if name == "date" else event[name]
            if got != (as_dates(value) if name == "date" else value):
                problems.append(f"{name} of {expected['reports']} is {got}, not {value}")
    return problems
