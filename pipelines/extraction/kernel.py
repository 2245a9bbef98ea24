"""The one function that every engine runs: `extract(documents, lexicon) -> Reports`."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import Any, NamedTuple

import pyarrow as pa

from pipelines.contract import FACT_TYPES, REPORT_SCHEMAS
from pipelines.extraction.document import read_document
from pipelines.extraction.reader import tools_of
from pipelines.extraction.rows import Row
from pipelines.lexicons.model import Lexicon

EXTRACTOR = "armswatch-frames"


class Reports(NamedTuple):
    """What one batch of documents says, one RecordBatch a fact type, and how the kernel got there.

    `counts` sums up what no row shows: documents read, trigger sentences, trigger sentences without a row.
    """

    arms_transfer: pa.RecordBatch
    sanction: pa.RecordBatch
    meeting: pa.RecordBatch
    counts: dict[str, int]


def extract(documents: pa.RecordBatch, lexicon: Lexicon) -> Reports:
    """Extract every report of `documents` (columns of `contract.DOCUMENT_SCHEMA`, in any order).

    A document in a language without a pack gives no rows.
    """
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in FACT_TYPES}
    counts: Counter = Counter(documents=documents.num_rows, trigger_sentences=0, trigger_sentences_without_row=0)
    columns = [
        documents.column(name).to_pylist() for name in ("document_id", "language", "title", "published_on", "body")
    ]
    for document_id, language, title, published_on, body in zip(*columns, strict=True):
        pack = lexicon.packs.get(language or "vi")
        if pack is None:
            continue
        ids: set[str] = set()
        for row in read_document(pack, tools_of(pack), body, title, published_on, counts):
            report = _report(document_id, row, body, lexicon.version)
            if report["report_id"] not in ids:
                ids.add(report["report_id"])
                found[row.fact_type].append(report)
    batches = (pa.RecordBatch.from_pylist(found[name], schema=REPORT_SCHEMAS[name]) for name in FACT_TYPES)
    return Reports(*batches, counts=dict(counts))


def _report(document_id: str, row: Row, body: str, version: str) -> dict[str, Any]:
    """A row as its table has it. The id depends on the document, the passage and the fact: equal ids are one report."""
    told_apart = [row.columns.get(name) for name in ("weapon_designation", "quantity_text", "target_name")]
    parts = (document_id, row.fact_type, row.start, row.end, row.key, row.stage, row.status, *row.trigger, *told_apart)
    interval = row.interval
    return {
        "report_id": hashlib.sha256(repr(parts).encode()).hexdigest()[:16],
        "document_id": document_id,
        "stage": row.stage,
        "claim_status": row.status,
        "claimed_by_country": row.claimed_by,
        "claimed_by_actor": row.claimed_by_actor,
        "date_start": interval.start if interval else None,
        "date_end": interval.end if interval else None,
        "date_precision": interval.precision if interval else None,
        "date_text": row.when.text,
        "evidence_start": row.start,
        "evidence_end": row.end,
        "evidence_text": body[row.start : row.end],
        "confidence": row.confidence,
        "rule": row.rule,
        "extractor": EXTRACTOR,
        "extractor_version": version,
        **row.columns,
    }
