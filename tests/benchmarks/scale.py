"""`make bench-scale`: whole runs at growing sizes, beside the least that reading the input costs.

    python -m tests.benchmarks.scale --sizes 10000,100000,1000000 --write

For each size and number of workers: a first run, a run with nothing new, and a run with 1 % more articles, all as a
user starts them. With --ray all of that once more on Ray, with two nodes of one core each.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import importlib.util
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import fill
from typing import NamedTuple

from pipelines.settings import PROJECT_ROOT
from tests.benchmarks import corpus, measures
from tests.benchmarks.page import machine, write_part
from tests.benchmarks.picture import Line, curves
from tests.benchmarks.processes import Measured, measure
from tests.benchmarks.texts import batches

HEADING = "## At scale"
PICTURE = PROJECT_ROOT / "docs" / "scale.svg"
_SEED = 20260101
_PEER_ARTICLES = 20
_RUN = [sys.executable, "-c", "from pipelines.cli import app; app()", "run"]
_MORE = 100  # one more article for each so many


class Size(NamedTuple):
    """What one number of articles came to."""

    articles: int
    engine: str
    megabytes: float
    floor: float
    cold: Measured
    nothing_new: Measured
    one_percent: Measured
    warehouse: int
    store: int


def main() -> None:
    options = argparse.ArgumentParser(prog="make bench-scale", description=__doc__)
    options.add_argument("--sizes", default="10000,100000", help="numbers of articles")
    options.add_argument("--workers", default="1,2", help="numbers of processes that read and extract")
    options.add_argument("--ray", action="store_true", help="also on Ray with two nodes (needs the extra)")
    options.add_argument("--scratch", type=Path, help="folder for input and warehouses; a new one, removed, without")
    options.add_argument("--write", action="store_true", help="write docs/performance.md and docs/scale.svg")
    chosen = options.parse_args()
    if chosen.ray and importlib.util.find_spec("ray") is None:
        options.error("Ray is not installed: make setup EXTRAS=ray")
    engines = [f"{workers} workers" if workers != "1" else "1 worker" for workers in chosen.workers.split(",")]
    engines += ["Ray, 2 nodes"] if chosen.ray else []
    with _scratch(chosen.scratch) as scratch:
        start = _start_up(scratch)
        found = [_size(scratch, int(count), engine) for count in chosen.sizes.split(",") for engine in engines]
    part = _part(found, start, _peer())
    print(part)
    if chosen.write:
        write_part(HEADING, part)
        PICTURE.write_text(curves(_lines(found, start)), encoding="utf-8")


@contextmanager
def _scratch(folder: Path | None) -> Iterator[Path]:
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
    else:
        with tempfile.TemporaryDirectory(prefix="armswatch-scale-") as name:
            yield Path(name)


def _say(text: str) -> None:
    print(f"{dt.datetime.now():%H:%M:%S} {text}", file=sys.stderr, flush=True)


def _start_up(scratch: Path) -> float:
    """Seconds of a first run over one article: what any run costs before it does anything."""
    _say("start-up")
    landing = scratch / "start" / "landing"
    shutil.rmtree(landing.parent, ignore_errors=True)
    corpus.write(landing, 1, _SEED)
    seconds = _run(landing, scratch / "start" / "w.duckdb", {}).seconds
    shutil.rmtree(landing.parent)
    return seconds


def _size(scratch: Path, count: int, engine: str) -> Size:
    _say(f"{count:,} articles, {engine}: input")
    more = count + max(1, count // _MORE)
    whole, added = scratch / f"input-{count}", scratch / f"added-{count}"
    if not added.exists():
        corpus.write(whole, count, _SEED)
        corpus.write(added, more, _SEED, start=count)
    work = scratch / "work"
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(whole, work / "landing")
    with _engine(engine) as env:
        _say("floor")
        megabytes, floor = _floor(work / "landing")
        warehouse = work / "w.duckdb"
        runs = []
        for name in ("cold", "nothing new", "1 % more"):
            _say(name)
            if name == "1 % more":
                for file in added.iterdir():
                    shutil.copyfile(file, work / "landing" / file.name)
            runs.append(_run(work / "landing", warehouse, env))
            _say(f"  {runs[-1].seconds:.1f} s")
        sizes = warehouse.stat().st_size, (work / "w.state" / "store.duckdb").stat().st_size
    shutil.rmtree(work)
    return Size(count, engine, megabytes, floor, *runs, *sizes)


@contextmanager
def _engine(engine: str) -> Iterator[dict[str, str]]:
    if not engine.startswith("Ray"):
        yield {"WORKERS": engine.split()[0]}
        return
    from tests.engines.ray_nodes import cluster

    with cluster() as (address, _):
        yield {"EXTRACTOR_ENGINE": "ray", "RAY_ADDRESS": address, "WORKERS": "2"}


def _run(landing: Path, warehouse: Path, env: dict[str, str]) -> Measured:
    places = {"LANDING": str(landing), "WAREHOUSE": str(warehouse)}
    return measure(_RUN, places | env, landing.parent / "run.log")


def _floor(landing: Path) -> tuple[float, float]:
    """Megabytes of text, and seconds of the clock to unpack and decode all of it, in one process."""
    size, started = 0, time.perf_counter()
    for file in sorted(landing.iterdir()):
        with gzip.open(file, "rb") as lines:
            for line in lines:
                size += len(line)
                json.loads(line)
    return size / 1e6, time.perf_counter() - started


def _peer() -> float | None:
    """Articles a second of underthesea's NER pipeline, on a few articles."""
    _say("underthesea")
    with tempfile.TemporaryDirectory() as folder:
        corpus.write(Path(folder) / "landing", 10 * _PEER_ARTICLES, _SEED)
        bodies = [body for batch in batches(Path(folder) / "landing") for body in batch.column("body").to_pylist()]
    speeds = measures.peer(bodies)
    if speeds is None:
        return None
    return speeds["ner"] * 1e6 / (sum(len(body.encode()) for body in bodies) / len(bodies))


def _lines(found: list[Size], start: float) -> list[Line]:
    lines = []
    for engine in dict.fromkeys(size.engine for size in found):
        sizes = [size for size in found if size.engine == engine]
        lines.append(Line(f"first run, {engine}", [(size.articles, size.cold.seconds) for size in sizes]))
        lines.append(Line(f"1 % more, {engine}", [(size.articles, size.one_percent.seconds) for size in sizes]))
    first = [size for size in found if size.engine == found[0].engine]
    lines.append(Line("reading the input only", [(size.articles, size.floor) for size in first]))
    lines.append(Line("start-up", [(size.articles, start) for size in first]))
    return lines


def _part(found: list[Size], start: float, peer: float | None) -> str:
    header = (
        "| articles | engine | first run | articles/s | ÷ floor | peak memory | nothing new | 1 % more | of first run |"
        " warehouse | store |\n|---|---|---|---|---|---|---|---|---|---|---|"
    )
    rows = "\n".join(_row(size, start) for size in found)
    best = max(found, key=lambda size: size.articles / max(0.001, size.cold.seconds - start))
    floors = {size.articles: size for size in found}.values()
    floor = "; ".join(f"{size.articles:,}: {size.floor:.1f} s for {size.megabytes:,.0f} MB" for size in floors)
    text, *_ = corpus.templates()
    compared = "underthesea was not installed (`make bench` installs it)."
    if peer:
        compared = (
            f"underthesea's NER pipeline reads {peer:.2f} articles a second on one core: "
            f"{1e6 / peer / 86400:,.0f} days for a million. It gives names only, no roles, dates or claims."
        )
    paragraphs = [
        f"Text: {text}, seed {_SEED}. Each row is a whole `make run`, dbt, its tests and the publication included; "
        f"*÷ floor* and *of first run* are without the start-up, which is {start:.1f} s (a run over one article). "
        f"Floor, unpacking and decoding the same input in one process: {floor}. Memory is the sum over all processes "
        "of a run, what they share counted once (PSS); the limit is `MEMORY_LIMIT`, 2 GB unless set. "
        f"{dt.date.today()}, {machine()}. Measured and written by `make bench-scale SIZES=… WRITE=1`.",
        f"What one would take instead: {compared} spaCy has no Vietnamese model, and its English ones are not on PyPI: "
        "a blank pipeline with a sentencizer, which is, finds no names and so is no peer.",
    ]
    picture = "![Seconds against articles, both axes logarithmic](scale.svg)"
    told = "\n\n".join(fill(paragraph, 120, break_on_hyphens=False) for paragraph in paragraphs)
    return f"{HEADING}\n\n{header}\n{rows}\n\n{picture}\n\n{told}\n\n{_on_paper(best, start)}\n"


def _row(size: Size, start: float) -> str:
    cold = size.cold.seconds - start
    more = size.one_percent.seconds - start
    cells = [
        f"{size.articles:,}",
        size.engine,
        f"{size.cold.seconds:.1f} s",
        f"{size.articles / size.cold.seconds:,.0f}",
        f"{cold / size.floor:.1f}",
        _bytes(
            max(filter(None, (run.peak_bytes for run in (size.cold, size.nothing_new, size.one_percent))), default=None)
        ),
        f"{size.nothing_new.seconds:.1f} s",
        f"{size.one_percent.seconds:.1f} s",
        f"{max(0.0, more / cold):.1%}",
        _bytes(size.warehouse),
        _bytes(size.store),
    ]
    return f"| {' | '.join(cells)} |"


def _bytes(size: int | None) -> str:
    if size is None:
        return ""
    return f"{size / 1e9:.2f} GB" if size >= 1e9 else f"{size / 1e6:.0f} MB"


_CORE_HOUR, _GB_MONTH = 0.04, 0.023  # US dollars: a general-purpose vCPU on demand, S3 standard; list prices


def _on_paper(size: Size, start: float) -> str:
    billion = 1_000_000_000
    cores = 2
    core_hours = billion * (size.cold.seconds - start) * cores / size.articles / 3600
    terabytes = billion * (size.warehouse + size.store) / size.articles / 1e12
    text = (
        f"From the row of {size.articles:,} articles with {size.engine}: {core_hours:,.0f} core hours, counting "
        f"{cores} cores of this machine; so {core_hours / 1000:,.1f} hours on a cluster of 1,000 cores and, at "
        f"{_CORE_HOUR} USD a core hour, {core_hours * _CORE_HOUR:,.0f} USD. {terabytes:,.1f} TB of files cost "
        f"{terabytes * 1000 * _GB_MONTH:,.0f} USD a month at {_GB_MONTH} USD a GB. Reading and extraction look at one "
        "article at a time and grow with cores: `EXTRACTOR_ENGINE=ray` does the second. What would have to change: "
        "the store in one file, beside `WAREHOUSE=ducklake:…`, is to be many; signatures are compared within a bucket "
        "and a fortnight, so stories can be split by bucket over machines; events are resolved within one pair of "
        "sides, so they can be split by pair. Of the event rules only those of sanctions compare all reports of one "
        "pair whatever their dates: the largest pair, at a billion articles some millions of reports, bounds the time "
        "of that step, and would have to be cut by year first."
    )
    return f"### A billion articles, on paper\n\n{fill(text, 120, break_on_hyphens=False)}"


if __name__ == "__main__":
    main()
