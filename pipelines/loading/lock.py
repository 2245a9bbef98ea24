"""One writer at a time: a file lock that the operating system lets go of when its holder dies."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from pipelines.settings import ExplainedError, Settings

# A manifest is parsed in seconds; what is older was left behind. Parsing needs no lock, so younger ones may be in use.
_PARSING_SECONDS = 3600


class RunInProgressError(ExplainedError):
    """Another run is writing to the same warehouse."""


@contextmanager
def run_lock(settings: Settings, wait: float | None = None) -> Iterator[None]:
    """Hold the right to write, or raise after `wait` seconds, else after `settings.lock_wait`.

    Whoever gets it clears away what runs that died have left behind.
    """
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
        for rest in leftovers(settings):
            _remove(rest)
        yield
    finally:
        lock.release()


def leftovers(settings: Settings) -> list[Path]:
    """Files that only a run that died can have left, as long as nobody holds the lock."""
    long_ago = time.time() - _PARSING_SECONDS
    parsed = [path for path in settings.dbt.glob("target/tmp*") if path.stat().st_mtime < long_ago]
    return [*settings.state.glob("store.*.tmp"), *settings.state.rglob("*.part*"), *parsed]


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
