"""The publication date: values given with an article, and datelines in its text.

The order of trust is manifest or record, page metadata, dateline. A dateline counts only when it names day, month and
year, stands at the top or the bottom of the text, and no other one there says something else. What datelines look like
is data: `patterns/<language>/datelines.yaml`.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import yaml

EARLIEST = date(1900, 1, 1)
_PATTERNS = Path(__file__).parent / "patterns"
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}.*)?")
_TOP_LINES, _BOTTOM_LINES = 5, 4
_LONGEST_LINE = 400
_YEAR = re.compile(r"\d{4}")
_PLACE = r"[^\W\d_][\w .'-]{1,30}?"


class Dateline(NamedTuple):
    """One way to write a dateline."""

    name: str
    updated: bool
    pattern: re.Pattern[str]
    months: dict[str, int]


def plausible(value: date, today: date) -> bool:
    """Whether an article can have appeared on that day (a day ahead is allowed for time zones)."""
    return EARLIEST <= value <= today + timedelta(days=1)


def given(value: str) -> date | None:
    """A date that was given with an article, in ISO form (a time may follow), or None when it is not one."""
    found = _ISO.fullmatch(value.strip())
    return _date(*map(int, found.groups())) if found else None


def dateline(text: str, today: date) -> date | None:
    """The publication date that the text itself states, or None."""
    lines = [line for line in text.split("\n") if line]
    ends = lines if len(lines) <= _TOP_LINES + _BOTTOM_LINES else lines[:_TOP_LINES] + lines[-_BOTTOM_LINES:]
    found: dict[bool, set[date]] = {False: set(), True: set()}
    for line in ends:
        opening = line[:_LONGEST_LINE]
        if not _YEAR.search(opening):  # every dateline has one
            continue
        for rule in datelines():
            if match := rule.pattern.match(opening):
                value = _value(match, rule.months)
                if value and plausible(value, today):
                    found[rule.updated].add(value)
                    break
    best = found[False] or found[True]
    return best.pop() if len(best) == 1 else None


@lru_cache(maxsize=1)
def datelines() -> tuple[Dateline, ...]:
    """Every dateline of every language, in the order of the files."""
    rules = []
    for path in sorted(_PATTERNS.glob("*/datelines.yaml")):
        data = yaml.safe_load(path.read_text("utf-8"))
        names = {str(name).lower(): number for name, number in (data.get("months") or {}).items()}
        month = "|".join(sorted(map(re.escape, names), key=len, reverse=True)) or r"(?!)"
        for rule in data["datelines"]:
            pattern = re.compile(
                rule["pattern"].replace("{month}", f"(?P<name>{month})").replace("{place}", _PLACE), re.IGNORECASE
            )
            rules.append(Dateline(rule["name"], rule.get("updated", False), pattern, names))
    return tuple(rules)


def _value(match: re.Match[str], months: dict[str, int]) -> date | None:
    groups = match.groupdict()
    name = groups.get("name")
    return _date(int(groups["y"]), months[name.lower()] if name else int(groups["m"]), int(groups["d"]))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
