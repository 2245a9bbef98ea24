"""Stores written by hand: documents and reports in few words, put where the pipeline would have put them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines.contract import DOCUMENT_SCHEMA, REPORT_SCHEMAS
from pipelines.loading import connect_store

LOADED_AT = datetime(2024, 1, 1)


def name_of(*parts: str) -> str:
    """An id that depends on these words only."""
    return hashlib.sha256("/".join(parts).encode()).hexdigest()[:16]


@dataclass
class Document:
    """An article under construction: each report adds its passage."""

    key: str
    published_on: date | None
    outlet: str | None
    passages: list[str] = field(default_factory=list)

    @property
    def document_id(self) -> str:
        return name_of(self.key)

    @property
    def body(self) -> str:
        return "\n".join(self.passages)

    def add(self, passage: str) -> tuple[int, int]:
        start = len(self.body) + 1 if self.passages else 0
        self.passages.append(passage)
        return start, start + len(passage)

    def row(self) -> dict[str, Any]:
        return {
            "document_id": self.document_id,
            "source_path": f"{self.key}.txt",
            "title": None,
            "outlet": self.outlet,
            "language": "vi",
            "published_on": self.published_on,
            "published_on_source": "manifest" if self.published_on else None,
            "body": self.body,
            "content_sha256": self.document_id,
        }


def fill(path: Path, documents: Sequence[Document], reports: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """Add documents and their reports (by fact type) to a store, as landing and extraction would."""
    rows = pa.Table.from_pylist([document.row() for document in documents], schema=DOCUMENT_SCHEMA)
    with connect_store(path) as con:
        con.register("found", rows)
        con.execute("insert into raw.documents by name select *, ?::timestamp as loaded_at from found", [LOADED_AT])
        con.execute(
            "insert into raw.document_sources by name select document_id, source_path, source_path as file_path, "
            "'' as file_sha256, ?::timestamp as first_seen_at, first_seen_at as last_seen_at from found",
            [LOADED_AT],
        )
        for fact_type, facts in reports.items():
            con.register(
                "facts", pa.Table.from_pylist([dict(fact) for fact in facts], schema=REPORT_SCHEMAS[fact_type])
            )
            con.execute(
                f"insert into raw.{fact_type}_reports by name select *, ?::timestamp as extracted_at from facts",  # noqa: S608
                [LOADED_AT],
            )
