"""The gate saves time and costs no row: a text read as far as the gate asks gives what the whole text gives."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from pipelines.extraction.document import read_document
from pipelines.extraction.reader import tools_of
from pipelines.lexicons import Lexicon, load_lexicon
from pipelines.quality import CASE_FOLDERS, load_cases


@cache
def lexicon() -> Lexicon:
    return load_lexicon()


def rows_of(text: str, language: str, trace: list | None) -> tuple[list, int]:
    pack, counts = lexicon().packs[language], Counter()
    return read_document(pack, tools_of(pack), text, None, None, counts, trace), counts["trigger_sentences"]


@pytest.mark.parametrize("language", CASE_FOLDERS)
def test_gate_costs_no_row(language: str) -> None:
    for case_id, case in load_cases(CASE_FOLDERS[language]).items():
        gated, whole = (rows_of(case["text"], language, trace)[0] for trace in (None, []))
        assert gated == whole, case_id


def test_gate_stops_behind_the_last_passage_with_two_sides() -> None:
    text = "Nga bán tên lửa S-400. Ông đã tới. Thổ Nhĩ Kỳ rất vui. Nga đang bán xe tăng."
    rows, read = rows_of(text, "vi", None)
    assert (rows, read) == ([], 0)
    assert rows_of(text, "vi", [])[1] > 0
