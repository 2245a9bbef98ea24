"""The extractor against the sentences of `tests/cases*/*.yaml`: what each must yield, and what it must not.

The form of a case is told in `pipelines/quality/cases.py`. A case that `known_gaps.txt` names and that starts to pass
fails the suite until its line is deleted.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from functools import cache

import pytest

from pipelines import contract
from pipelines.lexicons import Lexicon, load_lexicon
from pipelines.quality import CASE_FOLDERS, Verdict, judge, known_gaps, load_cases
from pipelines.quality.verdicts import OWN_KEYS, as_list

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
CASES = {language: load_cases(folder) for language, folder in CASE_FOLDERS.items()}
GAPS = {language: known_gaps(folder) for language, folder in CASE_FOLDERS.items()}


@cache
def lexicon() -> Lexicon:
    return load_lexicon()


@cache
def verdicts(language: str) -> dict[str, Verdict]:
    return judge(CASES[language], language, lexicon())


def params() -> list:
    return [
        pytest.param(
            language,
            case_id,
            id=case_id,
            marks=pytest.mark.xfail(strict=True, reason=GAPS[language][case_id]) if case_id in GAPS[language] else (),
        )
        for language, cases in CASES.items()
        for case_id in cases
    ]


@pytest.mark.parametrize(("language", "case_id"), params())
def test_case(language: str, case_id: str) -> None:
    if complaint := verdicts(language)[case_id].complaint():
        pytest.fail(complaint, pytrace=False)


@pytest.mark.parametrize("language", CASES)
def test_share_of_cases_right(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    silent = {case_id for case_id, case in CASES[language].items() if not case["rows"]}
    right = {case_id for case_id, verdict in verdicts(language).items() if verdict.right}
    with capsys.disabled():
        print(
            f"\n{language}: cases right: {len(right)} of {len(CASES[language])}"
            f" (must yield nothing: {len(right & silent)} of {len(silent)})"
        )
    assert set(GAPS[language]) <= set(CASES[language]), "known_gaps.txt names a case that does not exist"


@pytest.mark.parametrize("language", CASES)
def test_cases_are_well_formed(language: str) -> None:
    for case in CASES[language].values():
        assert unicodedata.is_normalized("NFC", case["text"]), case["id"]
        assert set(case) <= {"id", "text", "published_on", "rows", "note"}, case["id"]
        for row in case["rows"]:
            known = set(contract.REPORT_SCHEMAS[row["type"]].names) | OWN_KEYS
            assert set(row) <= known, f"{case['id']}: {set(row) - known}"
            assert row["evidence"] in case["text"], f"{case['id']}: {row['evidence']}"
            assert set(as_list(row.get("stage", []))) <= set(STAGES[row["type"]]), case["id"]
            for field, codes in CODES.items():
                assert set(as_list(row.get(field, []))) <= set(codes), f"{case['id']}: {field}"
            for day in [*(row.get("date") or []), *row.get("date_within", [])]:
                assert isinstance(day, dt.date), case["id"]
