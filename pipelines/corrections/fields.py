"""Which fields a person may mend, and how a value is written.

Countries are codes of `seeds/reference/countries.csv`; several values of one field stand with | between them. A date is
`2024-05-18` or first and last day as `2024-05-01/2024-05-31` (ISO 8601). A quantity is `24`, `20/50`, or `20/` where no
upper bound is known.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import NamedTuple

from pipelines.contract import (
    ARMS_TRANSFER_STAGES,
    CLAIM_STATUSES,
    MEASURES,
    MEETING_KINDS,
    MEETING_STAGES,
    SANCTION_STAGES,
    TARGET_KINDS,
    WEAPON_CATEGORIES,
)
from pipelines.settings import SEEDS

# Columns that a value sets, with what they are set to.
Columns = Mapping[str, str | None]
Parser = Callable[[str, str], Columns]

_STAGES = {"arms_transfer": ARMS_TRANSFER_STAGES, "sanction": SANCTION_STAGES, "meeting": MEETING_STAGES}


class Mend(NamedTuple):
    """What a value sets, and for reports or events of which kinds it makes sense."""

    columns: Columns
    fact_types: list[str]


def mend(fact_type: str | None, of_event: bool, field: str, value: str) -> Mend:
    """Read a value. `fact_type` None: not known yet, so any will do. ValueError says for a person what is wrong."""
    kinds = [fact_type] if fact_type else list(_STAGES)
    fitting: dict[str, Columns] = {}
    problems = []
    for kind in kinds:
        if parse := _parsers(kind, of_event).get(field):
            try:
                fitting[kind] = parse(field, value)
            except ValueError as error:
                problems.append(str(error))
    if fitting:
        return Mend(next(iter(fitting.values())), list(fitting))
    if problems:
        raise ValueError("; or ".join(dict.fromkeys(problems)))
    known = sorted({name for kind in kinds for name in _parsers(kind, of_event)})
    raise ValueError(f"{field!r} is no field that can be mended here; there are {', '.join(known)}")


@cache
def _parsers(fact_type: str, of_event: bool) -> Mapping[str, Parser]:
    """Sides, stages and dates of an event are those of its reports, so that only reports can be mended in them."""
    own: dict[str, dict[str, Parser]] = {
        "arms_transfer": {
            **dict.fromkeys(("supplier_actor", "recipient_actor", "end_user"), _text),
            "weapon_category": _code(WEAPON_CATEGORIES),
            **dict.fromkeys(("weapon_designation", "quantity_unit"), _text),
            "quantity": _quantity,
            "value_usd": _number,
        },
        "sanction": {
            "authority_actor": _text,
            "target_kind": _code(TARGET_KINDS, optional=True),
            **dict.fromkeys(("target_name", "reason"), _text),
            "measure": _code(MEASURES),
        },
        "meeting": {
            "meeting_kind": _code(MEETING_KINDS),
            "place_country": _country,
            **dict.fromkeys(("place_text", "topic"), _text),
        },
    }
    if of_event:
        return own[fact_type]
    sides: dict[str, dict[str, Parser]] = {
        "arms_transfer": dict.fromkeys(("supplier_country", "recipient_country"), _country),
        "sanction": dict.fromkeys(("authority", "target_country"), _country),
        "meeting": {"participant_countries": _countries, "participant_names": _names},
    }
    told: dict[str, Parser] = {
        "stage": _code(_STAGES[fact_type]),
        "claim_status": _code(CLAIM_STATUSES),
        "claimed_by_country": _country,
        "claimed_by_actor": _text,
        "date": _dates,
    }
    return told | sides[fact_type] | own[fact_type]


def _text(field: str, value: str) -> Columns:
    return {field: value or None}


def _code(known: tuple[str, ...], optional: bool = False) -> Parser:
    def parse(field: str, value: str) -> Columns:
        if value not in known and not (optional and not value):
            raise ValueError(f"{value!r} is no {field}; there are {', '.join(known)}")
        return {field: value or None}

    return parse


def _country(field: str, value: str) -> Columns:
    if value and value not in _country_codes():
        raise ValueError(f"{value!r} is no country code (ISO 3166-1 alpha-2, or a bloc such as UN)")
    return {field: value or None}


def _countries(field: str, value: str) -> Columns:
    codes = [code.strip() for code in value.split("|")]
    for code in codes:
        _country(field, code)
    if len(set(codes)) < 2 or "" in codes:
        raise ValueError("a meeting has at least two countries, with | between them")
    return {field: "|".join(codes)}


def _names(field: str, value: str) -> Columns:
    return {field: "|".join(name.strip() for name in value.split("|") if name.strip())}


def _dates(_: str, value: str) -> Columns:
    if not value:
        return dict.fromkeys(("date_start", "date_end", "date_precision"))
    start, _, end = value.partition("/")
    try:
        first, last = date.fromisoformat(start), date.fromisoformat(end or start)
    except ValueError:
        raise ValueError(f"{value!r} is no date: write 2024-05-18, or 2024-05-01/2024-05-31") from None
    if last < first:
        raise ValueError(f"{value!r} ends before it begins")
    precision = "day" if first == last else "range"
    return {"date_start": first.isoformat(), "date_end": last.isoformat(), "date_precision": precision}


def _quantity(_: str, value: str) -> Columns:
    low, bounded, high = value.partition("/")
    if not bounded:
        high = low
    if not all((part.isdecimal() and part.isascii() and len(part) <= 15) or not part for part in (low, high)):
        raise ValueError(f"{value!r} is no quantity: write 24, 20/50, or 20/ without an upper bound")
    if low and high and int(low) > int(high):
        raise ValueError(f"{value!r} ends below where it begins")
    return {"quantity_min": low or None, "quantity_max": high or None}


def _number(field: str, value: str) -> Columns:
    try:
        number = float(value) if value else None
    except ValueError:
        number = -1.0
    if number is not None and not 0 <= number < 1e15:
        raise ValueError(f"{value!r} is no amount in US dollars")
    return {field: value or None}


@cache
def _country_codes() -> frozenset[str]:
    with (SEEDS / "reference" / "countries.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["country_code"] for row in csv.DictReader(file))
