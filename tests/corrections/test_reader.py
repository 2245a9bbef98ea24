"""The corrections file: what each line sets, and which nonsense is refused with its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipelines.corrections import SCHEMA, read_corrections
from pipelines.settings import SEEDS

HEADER = "action,id,other_id,field,value,passage,name,date,reason\n"
REPORT, OTHER, EVENT = "0123456789abcdef", "fedcba9876543210", "a0123456789abcdef"
TODAY = date(2025, 3, 2)
SIGNED = "Lan,2025-03-01,seen in print"


def read(tmp_path: Path, *lines: str, header: str = HEADER) -> list[dict[str, Any]]:
    path = tmp_path / "mine.csv"
    path.write_text(header + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return read_corrections(path, TODAY).to_pylist()


def dates(start: str | None, end: str | None, precision: str | None) -> dict[str, str | None]:
    return {"date_start": start, "date_end": end, "date_precision": precision}


@pytest.mark.parametrize(
    ("named", "field", "value", "columns", "fact_types"),
    [
        (REPORT, "stage", "held", {"stage": "held"}, ["meeting"]),
        (REPORT, "claim_status", "denied", {"claim_status": "denied"}, ["arms_transfer", "sanction", "meeting"]),
        (REPORT, "supplier_country", "", {"supplier_country": None}, ["arms_transfer"]),
        (REPORT, "date", "2024-05-18", dates("2024-05-18", "2024-05-18", "day"), None),
        (REPORT, "date", "2024-05-01/2024-05-31", dates("2024-05-01", "2024-05-31", "range"), None),
        (REPORT, "date", "", dates(None, None, None), None),
        (REPORT, "quantity", "20/50", {"quantity_min": "20", "quantity_max": "50"}, ["arms_transfer"]),
        (EVENT, "quantity", "20/", {"quantity_min": "20", "quantity_max": None}, ["arms_transfer"]),
        (REPORT, "participant_countries", "VN | UN", {"participant_countries": "VN|UN"}, ["meeting"]),
        (EVENT, "weapon_designation", "Krab", {"weapon_designation": "Krab"}, ["arms_transfer"]),
    ],
)  # fmt: skip
def test_a_mend_sets_columns(tmp_path, named, field, value, columns, fact_types):
    (row,) = read(tmp_path, f"mend,{named},,{field},{value},,{SIGNED}")
    assert row["problem"] is None
    assert dict(row["columns"]) == columns
    assert fact_types is None or row["fact_types"] == fact_types
    assert (row["corrected_by"], row["corrected_on"], row["reason"]) == ("Lan", date(2025, 3, 1), "seen in print")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (f"delete,{REPORT},,,,,{SIGNED}", "no action"),
        (f"reject,{EVENT},,,,,{SIGNED}", "no report id"),
        (f"reject,../etc,,,,,{SIGNED}", "no report id"),
        (f"reject,{REPORT},,,,,,2025-03-01,why", "name is empty"),
        (f"reject,{REPORT},,,,,Lan,2025-03-01,", "reason is empty"),
        (f"reject,{REPORT},,,,,Lan,1 March,why", "no date"),
        (f"reject,{REPORT},,,,,Lan,2025-03-03,why", "not come yet"),
        (f"reject,{REPORT},,stage,,,{SIGNED}", "no use for field"),
        (f"mend,{REPORT},,evidence_text,x,,{SIGNED}", "no field that can be mended"),
        (f"mend,{EVENT},,stage,agreed,,{SIGNED}", "no field that can be mended"),
        (f"mend,{REPORT},,stage,shipped,,{SIGNED}", "'shipped' is no stage"),
        (f"mend,{REPORT},,supplier_country,XX,,{SIGNED}", "no country code"),
        (f"mend,{REPORT},,participant_countries,VN,,{SIGNED}", "at least two countries"),
        (f"mend,{REPORT},,date,2024-02-30,,{SIGNED}", "no date"),
        (f"mend,{REPORT},,date,2024-05-31/2024-05-01,,{SIGNED}", "ends before it begins"),
        (f"mend,{REPORT},,quantity,dozens,,{SIGNED}", "no quantity"),
        (f"mend,{REPORT},,quantity,50/20,,{SIGNED}", "ends below"),
        (f"mend,{REPORT},,value_usd,nan,,{SIGNED}", "no amount"),
        (f"join,{REPORT},{REPORT},,,,{SIGNED}", "the same"),
        (f"join,{EVENT},m{REPORT},,,,{SIGNED}", "different kinds"),
        (f"join,{EVENT},,,,,{SIGNED}", "no report id"),
        (f"part,{REPORT},{OTHER},,,,{SIGNED}", "no use for other_id"),
        (f"reject,{REPORT},,,,,{SIGNED},more", "more cells"),
    ],
)  # fmt: skip
def test_nonsense_is_refused_with_its_line_and_the_rest_counts(tmp_path, line, problem):
    good = f"reject,{OTHER},,,,,{SIGNED}"
    rows = read(tmp_path, good, line)
    assert [(row["file"], row["line"]) for row in rows] == [("mine.csv", 2), ("mine.csv", 3)]
    assert rows[0]["problem"] is None
    assert problem in rows[1]["problem"]
    assert rows[1]["columns"] is None


def test_what_is_said_twice_is_refused(tmp_path):
    rows = read(tmp_path, *[f"mend,{REPORT},,stage,{stage},,{SIGNED}" for stage in ("agreed", "delivered")])
    assert rows[1]["problem"] == "line 2 says something about this already"


def test_lines_are_counted_as_an_editor_does(tmp_path):
    rows = read(tmp_path, f'reject,{REPORT},,,,"two\nlines",{SIGNED}', f"reject,{OTHER},,,,,{SIGNED}")
    assert [row["line"] for row in rows] == [2, 4]


def test_a_missing_column_and_broken_text_are_named(tmp_path):
    assert "no column reason" in read(tmp_path, header=HEADER.replace(",reason", ""))[0]["problem"]
    (tmp_path / "bytes.csv").write_bytes(HEADER.encode() + b"reject,\xff\n")
    assert "cannot be read" in read_corrections(tmp_path / "bytes.csv", TODAY).to_pylist()[-1]["problem"]


def test_the_file_that_comes_along_is_in_order():
    lines = read_corrections(SEEDS / "corrections.csv", TODAY)
    assert lines.schema == SCHEMA
    assert not any(lines["problem"].to_pylist())
