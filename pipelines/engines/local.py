"""This machine: the present process, or a pool of processes when the input is worth starting one."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager

import pyarrow as pa

from pipelines.engines.batches import Extracted, extract_batch
from pipelines.lexicons import Lexicon

# Below this many documents a pool takes longer to start than it saves.
POOL_FROM = 1000

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


_worker_lexicon: Lexicon


def _start_worker(lexicon: Lexicon) -> None:
    global _worker_lexicon
    _worker_lexicon = lexicon


def _extract_in_worker(documents: pa.RecordBatch) -> Extracted:
    return extract_batch(documents, _worker_lexicon)
