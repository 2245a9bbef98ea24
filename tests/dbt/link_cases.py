"""Link cases: `link_cases.yaml` as documents, reports and expected events.

A case names its countries by single letters. Each case gets countries of its own for them, so that all cases fit into
one store without touching each other, and no rule can come to know a country. Longer codes are blocs and stay.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from handmade import Document, name_of

from pipelines.contract import REPORT_SCHEMAS

_COUNTRY_FIELDS = (
    "claimed_by_country", "supplier_country", "recipient_country", "authority", "target_country", "place_country",
)  # fmt: skip
_SHORT = {
    "by": "claimed_by_country", "from": "supplier_country", "to": "recipient_country", "what": "weapon_category",
    "type": "weapon_designation", "user": "end_user", "target": "target_country", "kind": "target_kind",
    "name": "target_name", "with": "participant_countries", "who": "participant_names", "as": "meeting_kind",
    "in": "place_country", "claim": "claim_status",
}  # fmt: skip
_DEFAULTS: dict[str, dict[str, Any]] = {
    "arms_transfer": {"supplier_country": "A", "recipient_country": "B", "weapon_category": "unspecified"},
    "sanction": {"authority": "A", "target_country": "B", "target_kind": "country", "measure": "unspecified"},
    "meeting": {"participant_countries": ["A", "B"], "participant_names": [], "meeting_kind": "talks"},
}


@dataclass
class Case:
    """One set of reports with the events that it should come to."""

    name: str
    fact_type: str
    reports: Mapping[str, Mapping[str, Any]]
    events: Sequence[Mapping[str, Any]]
    documents: list[Document] = field(default_factory=list)
    facts: dict[str, dict[str, Any]] = field(default_factory=dict)

    def report_id(self, key: str) -> str:
        return name_of(self.name, key)


def read_cases(path: Path, countries: Sequence[str]) -> list[Case]:
    """All cases, with their letters turned into countries."""
    free = iter(countries)
    cases = []
    for fact_type, listed in yaml.safe_load(path.read_text(encoding="utf-8")).items():
        for raw in listed:
            case = Case(raw["case"], fact_type, raw["reports"], raw["events"])
            letters: dict[str, str] = defaultdict(lambda: next(free))
            documents: dict[str, Document] = {}
            for key, told in case.reports.items():
                case.facts[key] = _fact(case, key, told, letters, documents)
            case.documents = list(documents.values())
            cases.append(case)
    return cases


def _fact(
    case: Case, key: str, told: Mapping[str, Any], letters: dict[str, str], documents: dict[str, Document]
) -> dict[str, Any]:
    told = dict(told)
    article = str(told.pop("article", key))
    published_on, outlet = told.pop("out", None), told.pop("outlet", None)
    if article not in documents:
        documents[article] = Document(f"{case.name}/{article}", published_on, outlet)
    start, end = documents[article].add(f"{case.name}: {key} " + "." * told.pop("length", 60))
    if "distant" in told:
        documents[article].add("." * told.pop("distant"))
    dates = told.pop("date", None)
    dates = dates if isinstance(dates, list) else [dates, dates]
    quantity = told.pop("number", None)
    quantity = quantity if isinstance(quantity, list) else [quantity, quantity]
    values = _DEFAULTS[case.fact_type] | {_SHORT.get(name, name): value for name, value in told.items()}
    for name in _COUNTRY_FIELDS:
        if len(values.get(name) or "") == 1:
            values[name] = letters[values[name]]
    if "participant_countries" in values:
        values["participant_countries"] = [letters[c] if len(c) == 1 else c for c in values["participant_countries"]]
    common = {
        "report_id": case.report_id(key),
        "document_id": documents[article].document_id,
        "claim_status": "stated",
        "date_start": dates[0],
        "date_end": dates[1],
        "date_precision": None if dates[0] is None else "day" if dates[0] == dates[1] else "range",
        "date_text": None,
        "evidence_start": start,
        "evidence_end": end,
        "confidence": 0.8,
        "rule": "written by hand",
        "extractor": "tests",
        "extractor_version": "1",
    }
    if case.fact_type == "arms_transfer":
        common |= {"quantity_min": quantity[0], "quantity_max": quantity[1]}
    row = common | values
    row["evidence_text"] = documents[article].body[start:end]
    unknown = set(row) - set(REPORT_SCHEMAS[case.fact_type].names)
    if unknown:
        raise ValueError(f"{case.name}, {key}: {', '.join(sorted(unknown))}?")
    return row


def as_dates(value: Any) -> tuple[date | None, date | None]:
    """An expected date: a day, or first and last day, or none."""
    return tuple(value) if isinstance(value, list) else (value, value)
