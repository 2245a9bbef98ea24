"""One writer at a time: a file lock that the operating system lets go of when its holder dies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from pipelines.settings import Settings


class RunInProgressError(RuntimeError):
    """Another run is writing to the same warehouse."""


@contextmanager
def run_lock(settings: Settings, wait: float | None = None) -> Iterator[None]:
    """Hold the right to write, or raise after `wait` seconds, else after `settings.lock_wait`."""
    wait = settings.lock_wait if wait is None else wait
    settings.state.mkdir(parents=True, exist_ok=True)
    lock = FileLock(settings.lock, timeout=wait)
    try:
        lock.acquire()
    except Timeout:
        raise RunInProgressError(
            f"Another run is writing {settings.warehouse} (waited {wait:g} s). "
            "Nothing was changed. Wait for it to end and run again; LOCK_WAIT=<seconds> waits longer."
        ) from None
    try:
        yield
    finally:
        lock.release()
