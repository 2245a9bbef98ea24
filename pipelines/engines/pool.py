"""A pool of processes behind a `map` that keeps the order and never runs far ahead of whoever takes the results."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from threading import Thread
from typing import Any, Protocol, TypeVar

T, R = TypeVar("T"), TypeVar("R")

# Items a worker may be ahead by: enough to work on while results are loaded, and few enough for a small memory.
AHEAD = 8


class Map(Protocol):
    """`map` over one iterable, in order."""

    def __call__(self, function: Callable[[T], R], items: Iterable[T], /) -> Iterator[R]: ...


@contextmanager
def process_map(
    workers: int, here: int = 0, initializer: Callable[..., None] | None = None, initargs: tuple[Any, ...] = ()
) -> Iterator[Map]:
    """A map in so many processes.

    here: so many first items are done in the present process; a pool starts only when there are more.
    initializer, initargs: run once in each process of the pool.
    """
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_start, initargs=(initializer, initargs))
    try:
        yield lambda function, items: _map(pool, AHEAD * workers, here, function, iter(items))
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def thread_map(workers: int) -> Iterator[Map]:
    """A map in so many threads, for functions that leave Python's lock alone; only one item a thread waits."""
    with ThreadPoolExecutor(workers) as pool:
        yield lambda function, items: _map(pool, workers, 0, function, iter(items))


def _start(initializer: Callable[..., None] | None, initargs: tuple[Any, ...]) -> None:
    Thread(target=_end_with_parent, daemon=True).start()
    if initializer:
        initializer(*initargs)


def _end_with_parent() -> None:
    """A worker waits for work for ever; nobody gives it any once the process that started it was killed."""
    multiprocessing.parent_process().join()
    os._exit(1)


def _map(pool: Executor, ahead: int, here: int, function: Callable[[T], R], items: Iterator[T]) -> Iterator[R]:
    for item in islice(items, here):
        yield function(item)
    waiting: deque[Future[R]] = deque()
    for item in items:
        waiting.append(pool.submit(function, item))
        if len(waiting) > ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
