"""The extractor against the sentences of `tests/cases/*.yaml`: what each must yield, and what it must not.

A row list is complete: every row that is not `optional` is owed once, and nothing else may come out. A scalar or a list
of accepted values stands for any field; `participant_countries` is a set, `participant_countries_any` lists such sets;
`date` is the exact interval (null: none), `date_within` only bounds it. `known_gaps.txt` names the cases that are not
right yet; one that starts to pass fails the suite until its line is deleted.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import unicodedata
from functools import cache
from pathlib import Path

import pyarrow as pa
import pytest
import yaml

from pipelines import contract
from pipelines.extraction import extract
from pipelines.lexicons import load_lexicon

CASES_FOLDER = Path(__file__).parents[1] / "cases"
CODES = {
    "weapon_category": contract.WEAPON_CATEGORIES,
    "measure": contract.MEASURES,
    "meeting_kind": contract.MEETING_KINDS,
    "claim_status": contract.CLAIM_STATUSES,
    "target_kind": contract.TARGET_KINDS,
}
STAGES = {
    "arms_transfer": contract.ARMS_TRANSFER_STAGES,
    "sanction": contract.SANCTION_STAGES,
    "meeting": contract.MEETING_STAGES,
}
OWN_KEYS = {"type", "optional", "evidence", "date", "date_within", "participant_countries_any"}
NOT_SHOWN = {
    "report_id", "document_id", "confidence", "extractor", "extractor_version", "evidence_start", "evidence_end",
}  # fmt: skip
CONTAINED = {"weapon_designation", "end_user", "target_name", "place_text"}


@cache
def load_cases() -> dict[str, dict]:
    cases = [case for path in sorted(CASES_FOLDER.glob("*.yaml")) for case in yaml.safe_load(path.read_text("utf-8"))]
    by_id = {case["id"]: case for case in cases}
    assert len(by_id) == len(cases), "two cases share an id"
    return by_id


@cache
def known_gaps() -> dict[str, str]:
    path = CASES_FOLDER / "known_gaps.txt"
    lines = [line.partition("#") for line in path.read_text("utf-8").splitlines()] if path.exists() else []
    return {case_id.strip(): reason.strip() for case_id, _, reason in lines if case_id.strip()}


def documents() -> pa.RecordBatch:
    rows = [
        {
            "document_id": case_id,
            "source_path": f"cases/{case_id}",
            "language": "vi",
            "published_on": case.get("published_on"),
            "body": case["text"],
            "content_sha256": hashlib.sha256(case["text"].encode()).hexdigest(),
        }
        for case_id, case in load_cases().items()
    ]
    return pa.RecordBatch.from_pylist(rows, schema=contract.DOCUMENT_SCHEMA)


def fold(text: str | None) -> str:
    text = unicodedata.normalize("NFD", (text or "").casefold().replace("đ", "d"))
    return re.sub(r"[^\w]+", " ", "".join(c for c in text if not unicodedata.combining(c))).strip()


def as_list(value: object) -> list:
    return value if isinstance(value, list) else [value]


def same_names(wanted: list[str], got: list[str]) -> bool:
    """Every wanted name is there, whole or as a part of a fuller one."""
    have = [words for name in got if (words := set(fold(name).split()))]
    owed = [set(fold(name).split()) for name in wanted]
    return all(any(words <= other or other <= words for other in have) for words in owed)


def same_value(field: str, wanted: object, got: object) -> bool:
    if wanted is None or got is None:
        return wanted is got
    if field in CONTAINED:
        return fold(str(wanted)) in fold(str(got))
    if field == "value_usd":
        return abs(float(got) - float(wanted)) <= 0.01 * float(wanted)
    return got == wanted


def wrong_fields(case: dict, want: dict, got: dict) -> list[str]:
    """The fields in which a row that came out is not the row expected."""
    if want["type"] != got["type"]:
        return ["type"]
    wrong = []
    for field, value in want.items():
        if field in OWN_KEYS:
            continue
        if field == "participant_countries":
            sets = want.get("participant_countries_any") or [value]
            right = any(set(codes) == set(got[field]) for codes in sets)
        elif field == "participant_names":
            right = same_names(value, got[field])
        else:
            right = any(same_value(field, v, got[field]) for v in as_list(value))
        if not right:
            wrong.append(field)
    if "date" in want and [got["date_start"], got["date_end"]] != (want["date"] or [None, None]):
        wrong.append("date")
    if "date_within" in want:
        first, last = want["date_within"]
        if not (got["date_start"] and first <= got["date_start"] <= got["date_end"] <= last):
            wrong.append("date_within")
    start = case["text"].index(want["evidence"])
    if not (got["evidence_start"] < start + len(want["evidence"]) and got["evidence_end"] > start):
        wrong.append("evidence")
    return wrong


def pair_up(case: dict, expected: list[dict], got: list[dict]) -> dict[int, int]:
    """A one-to-one assignment, index in `got` to index in `expected`, as large as can be; owed rows come first."""
    fits = [[j for j, row in enumerate(got) if not wrong_fields(case, want, row)] for want in expected]
    taken: dict[int, int] = {}

    def place(i: int, seen: set[int]) -> bool:
        for j in fits[i]:
            if j not in seen:
                seen.add(j)
                if j not in taken or place(taken[j], seen):
                    taken[j] = i
                    return True
        return False

    for i in sorted(range(len(expected)), key=lambda i: bool(expected[i].get("optional"))):
        place(i, set())
    return taken


def complaint(case: dict, got: list[dict]) -> str:
    """What is wrong with the rows that came out of a case; empty if nothing is."""
    expected = case["rows"]
    taken = pair_up(case, expected, got)
    missed = [want for i, want in enumerate(expected) if not want.get("optional") and i not in taken.values()]
    extra = [row for j, row in enumerate(got) if j not in taken]
    broken = [row for row in got if case["text"][row["evidence_start"] : row["evidence_end"]] != row["evidence_text"]]
    if not (missed or extra or broken):
        return ""
    lines = [f"\n{case['id']}: {case['text']}"]
    for want in missed:
        near = [wrong_fields(case, want, row) for row in extra]
        closest = min(near, key=len, default=None)
        hint = f"  [closest row differs in {', '.join(closest)}]" if closest else ""
        lines.append(f"  owed:  {shown(want)}{hint}")
    lines += [f"  extra: {shown(row)}" for row in extra]
    lines += [f"  evidence is not the text at its offsets: {row['evidence_text']!r}" for row in broken]
    return "\n".join(lines)


def shown(row: dict) -> str:
    kept = {k: v for k, v in row.items() if k not in NOT_SHOWN and v not in (None, [])}
    return json.dumps(kept, ensure_ascii=False, default=str)


@pytest.fixture(scope="module")
def complaints() -> dict[str, str]:
    reports = extract(documents(), load_lexicon())
    rows: dict[str, list[dict]] = {case_id: [] for case_id in load_cases()}
    for fact_type in contract.FACT_TYPES:
        for row in getattr(reports, fact_type).to_pylist():
            rows[row["document_id"]].append({"type": fact_type, **row})
    return {case_id: complaint(case, rows[case_id]) for case_id, case in load_cases().items()}


def params() -> list:
    gaps = known_gaps()
    return [
        pytest.param(case_id, marks=pytest.mark.xfail(strict=True, reason=gaps[case_id]) if case_id in gaps else ())
        for case_id in load_cases()
    ]


@pytest.mark.parametrize("case_id", params())
def test_case(case_id: str, complaints: dict[str, str]) -> None:
    if complaints[case_id]:
        pytest.fail(complaints[case_id], pytrace=False)


def test_share_of_cases_right(complaints: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    silent = [case_id for case_id, case in load_cases().items() if not case["rows"]]
    right = [case_id for case_id, text in complaints.items() if not text]
    with capsys.disabled():
        print(
            f"\ncases right: {len(right)} of {len(complaints)}"
            f" (must yield nothing: {len(set(right) & set(silent))} of {len(silent)})"
        )
    assert set(known_gaps()) <= set(load_cases()), "known_gaps.txt names a case that does not exist"


def test_cases_are_well_formed() -> None:
    for case in load_cases().values():
        assert unicodedata.is_normalized("NFC", case["text"]), case["id"]
        assert set(case) <= {"id", "text", "published_on", "rows", "note"}, case["id"]
        for row in case["rows"]:
            known = set(contract.REPORT_SCHEMAS[row["type"]].names) | OWN_KEYS
            assert set(row) <= known, f"{case['id']}: {set(row) - known}"
            assert row["evidence"] in case["text"], f"{case['id']}: {row['evidence']}"
            assert set(as_list(row["stage"])) <= set(STAGES[row["type"]]), case["id"]
            for field, codes in CODES.items():
                assert set(as_list(row.get(field, []))) <= set(codes), f"{case['id']}: {field}"
            for day in [*(row.get("date") or []), *row.get("date_within", [])]:
                assert isinstance(day, dt.date), case["id"]
