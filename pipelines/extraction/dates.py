"""Dates as the text says them -> intervals with a precision, against a reference date.

The patterns and words of a language are data (`lexicons/<language>/dates.yaml`); here is only the calendar.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any, NamedTuple

_LISTS = ("month", "weekday", "number", "season", "quarter", "part", "unit", "rel", "shift", "that")


class Interval(NamedTuple):
    """Both ends inclusive; precision as in `contract.DATE_PRECISIONS`."""

    start: dt.date
    end: dt.date
    precision: str


@dataclass(slots=True)
class DateMention:
    """A date expression at [start, end) of the text; `groups` is what its pattern gave."""

    start: int
    end: int
    groups: dict[str, Any]
    interval: Interval | None = None


class DateFinder:
    """Compiles the patterns of one language."""

    def __init__(self, spec: dict[str, Any]) -> None:
        self._words = {name: {str(k): v for k, v in spec.get(name, {}).items()} for name in _LISTS}
        self._text_relative = tuple(spec.get("text_relative", ()))
        self._needs_date = re.compile("|".join(map(re.escape, spec.get("needs_date", ()))) or r"(?!)")
        self._until = tuple(spec.get("until", ()))
        self._patterns = [re.compile(self._expand(p)) for p in spec.get("patterns", [])]

    def _expand(self, pattern: str) -> str:
        for name, words in self._words.items():
            if words:
                group = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
                inner = f"(?P<{name}>{group})(?!\\w)" if name != "number" else f"(?:{group})"
                pattern = pattern.replace("{" + name + "}", inner)
        return r"(?<!\w)" + pattern if not pattern.startswith((r"\(", "(?<")) else pattern

    def find(self, text: str, folded: str, start: int, end: int) -> list[DateMention]:
        """All date expressions of folded[start:end], longest first where they overlap, in order."""
        found: list[DateMention] = []
        for pattern in self._patterns:
            for match in pattern.finditer(folded, start, end):
                s, e = match.span()
                if "cap" in match.groupdict() and not any(c.isupper() for c in text[s:e]):
                    continue
                if all(e <= m.start or s >= m.end for m in found):
                    groups = {k: self._value(k, v) for k, v in match.groupdict().items() if v is not None}
                    found.append(DateMention(s, e, groups))
        found.sort(key=lambda m: m.start)
        return found

    def goes_on(self, folded: str, mention: DateMention) -> bool:
        """Whether it counts from the date given before ("hai tháng sau đó", "sau đó hai tháng"), not from the day of
        publication."""
        words = folded[mention.start : mention.end]
        return words.startswith(self._text_relative) or words.endswith(self._text_relative)

    def needs_date(self, folded: str, mention: DateMention) -> bool:
        """Whether it means nothing without a date given before ("hai tháng sau đó", but not "hai tháng sau")."""
        return self.goes_on(folded, mention) and self._needs_date.search(folded, mention.start, mention.end) is not None

    def until(self, folded: str, at: int) -> bool:
        """Whether the date only says how long something lasts ("đến ngày 31/7")."""
        return folded[max(0, at - 12) : at].rstrip().endswith(self._until)

    def _value(self, name: str, text: str) -> Any:
        if name == "n":
            return int(text) if text.isdigit() else self._words["number"][text]
        if name in self._words:
            return self._words[name][text]
        return int(text) if text.isdigit() else text


def resolve(groups: dict[str, Any], reference: dt.date | None) -> Interval | None:
    """The interval that the groups mean, or None where the text and the reference do not fix one."""
    try:
        return _resolve(groups, reference)
    except (ValueError, OverflowError):
        return None


def _resolve(g: dict[str, Any], ref: dt.date | None) -> Interval | None:
    year = g.get("y") or g.get("y2")
    month = g.get("m") or g.get("month")
    rel, part = g.get("rel"), g.get("part")
    if rel is None and part is not None and g.get("unit") in ("month", "year"):
        rel = 0
    if "decade" in g:
        return Interval(dt.date(g["decade"], 1, 1), dt.date(g["decade"] + 9, 12, 31), "range")
    if year and not 1900 <= year <= 2100:
        return None
    if year and "y1" in g:
        return Interval(dt.date(g["y1"], 1, 1), dt.date(year, 12, 31), "range") if g["y1"] < year else None
    if "season" in g:
        if not year:
            if ref is None or rel is None:
                return None
            year = ref.year + rel
        first = dt.date(year, g["season"], 1)
        last = _month_end(year + (g["season"] + 2 > 12), (g["season"] + 1) % 12 + 1)
        return Interval(first, last, "season")
    if "quarter" in g:
        year = year or (ref.year + rel if ref and rel is not None else None)
        last = 3 * g["quarter"]
        return Interval(dt.date(year, last - 2, 1), _month_end(year, last), "range") if year else None
    if "d" in g and month:
        return _day(g, year, month, ref)
    if "d" in g and g.get("unit") == "month" and ref is not None and rel is not None:
        return _one_day(_month_from(ref, rel).replace(day=g["d"]))
    if "ahead" in g:
        last = _shifted(g["n"], g["unit"], 1, ref)
        return Interval(ref, last.end, "range") if last else None
    if "till_now" in g:
        return Interval(dt.date(year, 1, 1), ref, "range") if ref and ref.year > year else None
    if "n" in g and "span" not in g:
        return _shifted(g["n"], g["unit"], rel, ref)
    if month and "m1" in g and year:
        return Interval(dt.date(year, g["m1"], 1), _month_end(year, month), "range")
    if month:
        return _month(g, year, month, rel, part, ref)
    if "span" in g and ref:
        n, unit = g.get("n", 1), g["unit"]
        first = _shifted(n, unit, -1, ref)
        return (
            Interval(first.start if unit != "year" else dt.date(ref.year - n, ref.month, 1), ref, "range")
            if first
            else None
        )
    if "weekday" in g:
        return _weekday(g["weekday"], rel, ref, g.get("unit") == "week")
    if "shift" in g and ref:
        return _one_day(ref + dt.timedelta(days=g["shift"]))
    if year:
        return _part(dt.date(year, 1, 1), dt.date(year, 12, 31), part, "year")
    if ref is None or rel is None:
        return None
    if "weekend" in g:
        saturday = ref + dt.timedelta(days=5 - ref.weekday() + 7 * rel)
        return Interval(saturday, saturday + dt.timedelta(days=1), "range")
    if g.get("unit") == "year":
        return _part(dt.date(ref.year + rel, 1, 1), dt.date(ref.year + rel, 12, 31), part, "year")
    if g.get("unit") == "month":
        first = _month_from(ref, rel)
        return _part(first, _month_end(first.year, first.month), part, "month")
    if g.get("unit") == "week":
        monday = ref - dt.timedelta(days=ref.weekday()) + dt.timedelta(weeks=rel)
        return Interval(monday, monday + dt.timedelta(days=6), "week")
    return None


def around(last: Interval, unit: str) -> Interval | None:
    """What "the same day", "the day after" (`next`), "that month", "at that time" (`time`) mean, by the date that stood
    last."""
    if unit == "time":
        return last
    if unit in ("day", "next", "before"):
        away = {"day": 0, "next": 1, "before": -1}[unit]
        return _one_day(last.start + dt.timedelta(days=away)) if last.precision == "day" else None
    if last.start.year != last.end.year or (unit == "month" and last.start.month != last.end.month):
        return None
    year, month = last.start.year, last.start.month
    if unit == "month":
        return Interval(dt.date(year, month, 1), _month_end(year, month), "month")
    return Interval(dt.date(year, 1, 1), dt.date(year, 12, 31), "year")


def _one_day(day: dt.date) -> Interval:
    return Interval(day, day, "day")


def _month_end(year: int, month: int) -> dt.date:
    return (dt.date(year + month // 12, month % 12 + 1, 1)) - dt.timedelta(days=1)


def _nearest_year(month: int, day: int, ref: dt.date) -> int:
    """The year that puts the day nearest to the reference (29 February waits for a leap year)."""
    years = []
    for year in (ref.year - 1, ref.year, ref.year + 1):
        try:
            years.append((abs((dt.date(year, month, day) - ref).days), year))
        except ValueError:
            continue
    return min(years)[1] if years else ref.year


def _day(g: dict[str, Any], year: int | None, month: int, ref: dt.date | None) -> Interval | None:
    if not year:
        if ref is None:
            return None
        year = ref.year + g["rel"] if g.get("unit") == "year" and "rel" in g else _nearest_year(month, g["d"], ref)
    first = dt.date(year, g.get("m1") or month, g["d"])
    if "d2" in g:
        last = dt.date(year, month, g["d2"])
        return Interval(first, last, "range") if first < last else None
    return _one_day(first)


def _month(
    g: dict[str, Any], year: int | None, month: int, rel: int | None, part: int | None, ref: dt.date | None
) -> Interval | None:
    if not year:
        if ref is None:
            return None
        if g.get("unit") == "year" and rel is not None:
            year = ref.year + rel
        elif rel == 1:
            year = ref.year if month > ref.month else ref.year + 1
        else:
            year = ref.year if month <= ref.month + 1 else ref.year - 1
    return _part(dt.date(year, month, 1), _month_end(year, month), part, "month")


def _part(first: dt.date, last: dt.date, part: int | None, precision: str) -> Interval:
    """Early, middle, late third (0, 1, 2) or first, second half (3, 4) of the interval."""
    if part is None:
        return Interval(first, last, precision)
    if precision == "year":
        low, high = ((1, 4), (5, 8), (10, 12), (1, 6), (7, 12))[part]
        return Interval(dt.date(first.year, low, 1), _month_end(first.year, high), "range")
    low, high = ((0, 1 / 3), (1 / 3, 2 / 3), (2 / 3, 1), (0, 1 / 2), (1 / 2, 1))[part]
    days = (last - first).days + 1
    return Interval(
        first + dt.timedelta(days=round(days * low)), first + dt.timedelta(days=round(days * high) - 1), "range"
    )


def _month_from(ref: dt.date, rel: int) -> dt.date:
    """The first day of the month that many after the one of `ref`."""
    y, m = divmod(ref.year * 12 + ref.month - 1 + rel, 12)
    return dt.date(y, m + 1, 1)


def _weekday(weekday: int, rel: int | None, ref: dt.date | None, of_week: bool) -> Interval | None:
    """The day before or after `ref` that is called so; `of_week`: that of the calendar week before or after."""
    if ref is None:
        return None
    if rel is not None and (rel == 0 or of_week):
        return _one_day(ref + dt.timedelta(days=weekday - ref.weekday(), weeks=rel))
    if rel == 1:
        return _one_day(ref + dt.timedelta(days=(weekday - ref.weekday() - 1) % 7 + 1))
    back = (ref.weekday() - weekday) % 7
    return _one_day(ref - dt.timedelta(days=back))


def _shifted(n: int, unit: str, rel: int | None, ref: dt.date | None) -> Interval | None:
    if ref is None or rel is None:
        return None
    sign = 1 if rel > 0 else -1
    if unit == "day":
        return _one_day(ref + dt.timedelta(days=sign * n))
    if unit == "week":
        return _resolve({"unit": "week", "rel": sign * n}, ref)
    if unit == "month":
        return _resolve({"unit": "month", "rel": sign * n}, ref)
    return _resolve({"unit": "year", "rel": sign * n}, ref)
