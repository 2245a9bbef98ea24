"""This machine: the present process, or a pool of processes when the input is worth starting one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pyarrow as pa

from pipelines.contract import DOCUMENT_SCHEMA
from pipelines.engines.batches import Extracted, Mapper, extract_batch
from pipelines.engines.pool import process_map
from pipelines.lexicons import Lexicon
from pipelines.settings import Settings

# Below this many documents a pool takes longer to start than it saves.
POOL_FROM = 1000


@contextmanager
def engine(settings: Settings, lexicon: Lexicon, documents: int) -> Iterator[Mapper]:
    """A function that maps batches to what they say, in a pool of processes if the input is worth one."""
    if documents < POOL_FROM:
        yield lambda batches: (extract_batch(batch, lexicon) for batch in batches)
        return
    with process_map(settings.workers, initializer=_start_worker, initargs=(lexicon,)) as pool_map:
        yield lambda batches: pool_map(_extract_in_worker, (batch.serialize().to_pybytes() for batch in batches))


_worker_lexicon: Lexicon


def _start_worker(lexicon: Lexicon) -> None:
    global _worker_lexicon
    _worker_lexicon = lexicon


# Arrow's own form of a batch holds its rows only; pickle takes along all that a slice was cut from.
def _extract_in_worker(documents: bytes) -> Extracted:
    return extract_batch(pa.ipc.read_record_batch(documents, DOCUMENT_SCHEMA), _worker_lexicon)
