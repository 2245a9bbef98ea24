"""One case against the rows that came out of it: what is owed still, what is too much."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from pipelines.quality.cases import Case

Row = dict[str, Any]

# What a case says of a row beside the row's own columns.
OWN_KEYS = {"type", "optional", "evidence", "date", "date_within", "participant_countries_any"}
_NOT_SHOWN = {
    "report_id", "document_id", "confidence", "extractor", "extractor_version", "evidence_start", "evidence_end",
}  # fmt: skip
_CONTAINED = {"weapon_designation", "end_user", "target_name", "place_text"}


@dataclass(frozen=True)
class Verdict:
    """What came of a case.

    met: owed or optional rows of the case that came out.
    missed: owed rows that did not.
    extra: rows that came out and that the case does not know.
    broken: rows whose evidence is not the text at its offsets.
    """

    case: Case
    met: list[Row]
    missed: list[Row]
    extra: list[Row]
    broken: list[Row]

    @property
    def right(self) -> bool:
        return not (self.missed or self.extra or self.broken)

    def complaint(self) -> str:
        """What is wrong, for a person to read; empty if nothing is."""
        if self.right:
            return ""
        lines = [f"\n{self.case['id']}: {self.case['text']}"]
        for want in self.missed:
            near = [wrong_fields(self.case, want, row) for row in self.extra]
            closest = min(near, key=len, default=None)
            hint = f"  [closest row differs in {', '.join(closest)}]" if closest else ""
            lines.append(f"  owed:  {_shown(want)}{hint}")
        lines += [f"  extra: {_shown(row)}" for row in self.extra]
        lines += [f"  evidence is not the text at its offsets: {row['evidence_text']!r}" for row in self.broken]
        return "\n".join(lines)


def compare(case: Case, got: list[Row]) -> Verdict:
    """The verdict on a case and the rows that came out; each has its fact type as `type`."""
    expected = case["rows"]
    taken = _pair_up(case, expected, got)
    met = set(taken.values())
    text = case["text"]
    return Verdict(
        case,
        met=[want for i, want in enumerate(expected) if i in met],
        missed=[want for i, want in enumerate(expected) if not want.get("optional") and i not in met],
        extra=[row for j, row in enumerate(got) if j not in taken],
        broken=[row for row in got if text[row["evidence_start"] : row["evidence_end"]] != row["evidence_text"]],
    )


def wrong_fields(case: Case, want: Row, got: Row) -> list[str]:
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
            right = _same_names(value, got[field])
        else:
            right = any(_same_value(field, v, got[field]) for v in as_list(value))
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


def as_list(value: object) -> list:
    """A value that may be one or several."""
    return value if isinstance(value, list) else [value]


def _fold(text: str | None) -> str:
    text = unicodedata.normalize("NFD", (text or "").casefold().replace("đ", "d"))
    return re.sub(r"[^\w]+", " ", "".join(c for c in text if not unicodedata.combining(c))).strip()


def _same_names(wanted: list[str], got: list[str]) -> bool:
    """Every wanted name is there, whole or as a part of a fuller one."""
    have = [words for name in got if (words := set(_fold(name).split()))]
    owed = [set(_fold(name).split()) for name in wanted]
    return all(any(words <= other or other <= words for other in have) for words in owed)


def _same_value(field: str, wanted: object, got: object) -> bool:
    if wanted is None or got is None:
        return wanted is got
    if field in _CONTAINED:
        return _fold(str(wanted)) in _fold(str(got))
    if field == "value_usd":
        return abs(float(got) - float(wanted)) <= 0.01 * float(wanted)
    return got == wanted


def _pair_up(case: Case, expected: list[Row], got: list[Row]) -> dict[int, int]:
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


def _shown(row: Row) -> str:
    kept = {k: v for k, v in row.items() if k not in _NOT_SHOWN and v not in (None, [])}
    return json.dumps(kept, ensure_ascii=False, default=str)
