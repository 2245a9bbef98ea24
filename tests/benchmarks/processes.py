"""A command, how long it takes, and the most memory that it and all it starts have at one time."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pipelines.settings import PROJECT_ROOT

_EVERY = 1.0  # seconds
# So many looks apart the shares are summed up even when no more pages are mapped than before: that takes time from the
# processes that are looked at.
_AT_LEAST_EVERY = 10


class Measured(NamedTuple):
    """Seconds of the clock, and bytes: what processes share is counted once. No bytes where there is no /proc."""

    seconds: float
    peak_bytes: int | None


class CommandFailedError(RuntimeError):
    """The command ended with an error; carries the end of what it printed."""


def measure(command: Sequence[str], env: Mapping[str, str], log: Path) -> Measured:
    """Run a command to its end in a session of its own."""
    started = time.perf_counter()
    peak = most = looks = 0
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=PROJECT_ROOT,
            env=os.environ | env,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        while True:
            try:
                code = process.wait(_EVERY)
                break
            except subprocess.TimeoutExpired:
                running = _session(process.pid)
                mapped, looks = sum(map(_mapped, running)), looks + 1
                if mapped > most or looks % _AT_LEAST_EVERY == 0:
                    most = max(most, mapped)
                    peak = max(peak, sum(map(_own_share, running)))
    seconds = time.perf_counter() - started
    if code:
        raise CommandFailedError(log.read_text(encoding="utf-8", errors="replace")[-2000:])
    return Measured(seconds, peak or None)


def _session(leader: int) -> list[Path]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == leader:
            found.append(folder)
    return found


def _mapped(folder: Path) -> int:
    """Pages in memory, shared ones included: quick to ask for."""
    try:
        return int((folder / "statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0


def _own_share(folder: Path) -> int:
    try:
        lines = (folder / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
