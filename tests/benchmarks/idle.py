"""What a run costs over a folder that has not changed, beside an empty Dagster and dbt run.

In turns, each the first as often as the second; the ratio is taken within each round.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from pipelines.settings import PROJECT_ROOT
from tests.benchmarks.page import PAGE, machine, write_part

HEADING = "## A run over unchanged input"
_MOST = 1.5


def seconds(command: list[str], **places: str) -> float:
    """Seconds of the clock that a command takes; it must succeed."""
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, *command], cwd=PROJECT_ROOT, env=os.environ | places, check=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    return time.perf_counter() - started


def measure(rounds: int) -> list[tuple[float, float]]:
    """Seconds of an unchanged run and of an empty one, `rounds` times."""
    with tempfile.TemporaryDirectory(prefix="armswatch-idle-") as scratch:
        folder = Path(scratch)

        def unchanged() -> float:
            return seconds(["-c", "from pipelines.cli import app; app()", "run"], WAREHOUSE=str(folder / "w.duckdb"))

        def empty() -> float:
            return seconds(["tests/benchmarks/empty_run.py", str(folder / "empty")])

        for warm_up in (unchanged, unchanged, empty, empty):
            warm_up()
        pairs = []
        for number in range(rounds):
            if number % 2:
                nothing = empty()
                pairs.append((unchanged(), nothing))
            else:
                pairs.append((unchanged(), empty()))
            print("unchanged {:.2f} s, empty {:.2f} s".format(*pairs[-1]), file=sys.stderr, flush=True)
        return pairs


def main() -> None:
    options = argparse.ArgumentParser(prog="make bench-idle", description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--write", action="store_true", help=f"write it to {PAGE.relative_to(PROJECT_ROOT)}")
    chosen = options.parse_args()
    pairs = measure(chosen.rounds)
    unchanged, empty = (median(column) for column in zip(*pairs, strict=True))
    ratio = median(one / other for one, other in pairs)
    part = f"""{HEADING}

`armswatch run` over the articles of the first run, nothing changed: {unchanged:.1f} s. An empty Dagster and dbt run
(one asset, one model `select 1`): {empty:.1f} s. Ratio, within each round: **{ratio:.2f}** (at most {_MOST}).

{dt.date.today()}, {machine()}. Median of {chosen.rounds} rounds in turns, by the clock; `make bench-idle WRITE=1`.
"""
    print(part)
    if chosen.write:
        write_part(HEADING, part)


if __name__ == "__main__":
    main()
