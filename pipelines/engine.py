"""Runs the kernel over many batches: in this process, or in a pool of them. Knows no store and no orchestration."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

import pyarrow as pa

from pipelines.contract import FACT_TYPES
from pipelines.extraction import extract
from pipelines.lexicons import Lexicon

# Below this many documents a pool takes longer to start than it saves.
POOL_FROM = 1000


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


@contextmanager
def engine(lexicon: Lexicon, workers: int, documents: int) -> Iterator[Mapper]:
    """A function that maps batches to what they say, with as many processes as the input is worth."""
    if workers == 1 or documents < POOL_FROM:
        yield lambda batches: (extract_batch(batch, lexicon) for batch in batches)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker, initargs=(lexicon,)) as pool:
        yield lambda batches: pool.map(_extract_in_worker, batches)


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


_worker_lexicon: Lexicon


def _start_worker(lexicon: Lexicon) -> None:
    global _worker_lexicon
    _worker_lexicon = lexicon


def _extract_in_worker(documents: pa.RecordBatch) -> Extracted:
    return extract_batch(documents, _worker_lexicon)
