"""One batch through the kernel, and what a batch came to. Every engine runs this same function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import pyarrow as pa

from pipelines.contract import FACT_TYPES
from pipelines.extraction import extract
from pipelines.lexicons import Lexicon
from pipelines.settings import ExplainedError


class EngineError(ExplainedError):
    """The engine that the settings ask for cannot run here."""


@dataclass
class Extracted:
    """What a batch of documents came to; `errors` says by document where the kernel failed."""

    document_ids: list[str]
    reports: dict[str, list[pa.RecordBatch]] = field(default_factory=lambda: {name: [] for name in FACT_TYPES})
    counts: dict[str, int] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    def merge(self, other: Extracted) -> None:
        """Add what another batch came to."""
        self.document_ids += other.document_ids
        self.errors |= other.errors
        for fact_type, batches in other.reports.items():
            self.reports[fact_type] += batches
        for name, count in other.counts.items():
            self.counts[name] = self.counts.get(name, 0) + count


Mapper = Callable[[Iterable[pa.RecordBatch]], Iterator[Extracted]]


def gather(parts: Iterable[Extracted], documents: int) -> Iterator[Extracted]:
    """The same in portions of at least so many documents, but for the last."""
    portion = Extracted([])
    for part in parts:
        portion.merge(part)
        if len(portion.document_ids) >= documents:
            yield portion
            portion = Extracted([])
    if portion.document_ids:
        yield portion


def extract_batch(documents: pa.RecordBatch, lexicon: Lexicon) -> Extracted:
    """Extract a batch; when that fails, each of its documents alone, so that one bad text costs only itself."""
    ids = documents.column("document_id").to_pylist()
    try:
        found = extract(documents, lexicon)
    except Exception as error:
        if len(ids) == 1:
            return Extracted(ids, errors={ids[0]: f"{type(error).__name__}: {error}"})
        result = Extracted([])
        for row in range(documents.num_rows):
            result.merge(extract_batch(documents.slice(row, 1), lexicon))
        return result
    reports = {fact_type: [getattr(found, fact_type)] for fact_type in FACT_TYPES}
    return Extracted(ids, reports, dict(found.counts))
