"""The articles of `articles.yaml`, as a store, and the warehouse as it was before the last of them came."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import yaml
from handmade import Document, fill, name_of

from pipelines.contract import FACT_TYPES, REPORT_SCHEMAS

HOSTILE = "<img src=x onerror=\"document.title='owned'\"></script><script>document.title='owned'</script>"


@dataclass
class Article(Document):
    """An article with a title and an address too."""

    title: str = ""
    url: str | None = None

    def row(self) -> dict[str, Any]:
        return super().row() | {"title": self.title, "url": self.url}


def write(path: Path) -> None:
    """A store with seven events: a deal in two reports, a contested one, two sanctions, three meetings."""
    text = Path(__file__).with_suffix(".yaml").read_text("utf-8")
    articles, facts = [], defaultdict(list)
    for told in _hostile(yaml.safe_load(text)):
        article = Article(told["key"], told.get("out"), told["outlet"], title=told["title"], url=told.get("url"))
        articles.append(article)
        for passage in told["passages"]:
            place = article.add(passage["text"])
            for fact_type in FACT_TYPES:
                if fact_type in passage:
                    facts[fact_type].append(_fact(article, fact_type, passage, *place))
    fill(path, articles, facts)


def _hostile(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _hostile(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_hostile(each) for each in value]
    return value.replace("HOSTILE", HOSTILE) if isinstance(value, str) else value


def _fact(article: Article, fact_type: str, passage: dict[str, Any], start: int, end: int) -> dict[str, Any]:
    told = dict(passage[fact_type])
    day = told.pop("day", None)
    return dict.fromkeys(field.name for field in REPORT_SCHEMAS[fact_type]) | {
        "report_id": name_of(article.key, passage["text"]),
        "document_id": article.document_id,
        "claim_status": "stated",
        "date_start": day,
        "date_end": day,
        "date_precision": "day" if day else None,
        "evidence_start": start,
        "evidence_end": end,
        "evidence_text": passage["text"],
        "confidence": 0.9,
        "rule": "by hand",
        "extractor": "by hand",
        "extractor_version": "1",
        **told,
    }


def as_it_was_before(warehouse: Path) -> None:
    """Take a copy of the built file back: the deal was only agreed, nobody denied, and one meeting was not known."""
    with duckdb.connect(str(warehouse)) as con:
        con.execute("update marts.fct_arms_transfers set current_stage = 'agreed' where supplier_country = 'PL'")
        con.execute("update marts.fct_arms_transfers set is_contested = false where supplier_country = 'KP'")
        con.execute("delete from marts.fct_meetings where place_country = 'JP'")
        con.execute("delete from marts.dim_documents where source_path = 'visit.txt'")
