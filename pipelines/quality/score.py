"""All cases through the kernel, and what that comes to in figures."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa

from pipelines.contract import DOCUMENT_SCHEMA, FACT_TYPES
from pipelines.extraction import extract
from pipelines.lexicons import Lexicon
from pipelines.quality.cases import Case
from pipelines.quality.verdicts import Row, Verdict, compare


@dataclass(frozen=True)
class Score:
    """Rows of one fact type over many cases: met as they should be, missed, and extra."""

    met: int
    missed: int
    extra: int

    @property
    def f1(self) -> float:
        return 2 * self.met / max(1, 2 * self.met + self.missed + self.extra)


def judge(cases: dict[str, Case], language: str, lexicon: Lexicon) -> dict[str, Verdict]:
    """The verdict on each case, each read as an article of its own."""
    reports = extract(_documents(cases, language), lexicon)
    rows: dict[str, list[Row]] = {case_id: [] for case_id in cases}
    for fact_type in FACT_TYPES:
        for row in getattr(reports, fact_type).to_pylist():
            rows[row["document_id"]].append({"type": fact_type, **row})
    return {case_id: compare(case, rows[case_id]) for case_id, case in cases.items()}


def score(verdicts: Iterable[Verdict], fact_type: str) -> Score:
    """The score on the rows of one fact type; a case of another type counts when such a row comes out of it."""
    met = missed = extra = 0
    for verdict in verdicts:
        met += _count(verdict.met, fact_type)
        missed += _count(verdict.missed, fact_type)
        extra += _count(verdict.extra, fact_type)
    return Score(met, missed, extra)


def _count(rows: list[Row], fact_type: str) -> int:
    return sum(row["type"] == fact_type for row in rows)


def _documents(cases: dict[str, Case], language: str) -> pa.RecordBatch:
    rows = [
        {
            "document_id": case_id,
            "source_path": f"cases/{case_id}",
            "language": language,
            "published_on": case.get("published_on"),
            "body": case["text"],
            "content_sha256": hashlib.sha256(case["text"].encode()).hexdigest(),
        }
        for case_id, case in cases.items()
    ]
    return pa.RecordBatch.from_pylist(rows, schema=DOCUMENT_SCHEMA)
