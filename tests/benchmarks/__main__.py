"""Runs all measures in turns, prints the table, and writes it with --write."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import tempfile
from pathlib import Path
from statistics import median

from pipelines.settings import PROJECT_ROOT
from tests.benchmarks import measures
from tests.benchmarks.child import ready_lexicon
from tests.benchmarks.page import PAGE, machine, write_part
from tests.benchmarks.texts import batches, lay_out, size_in_bytes

HEADING = "# Performance"
_PEER_ARTICLES = 200


def main() -> None:
    options = argparse.ArgumentParser(prog="make bench", description=__doc__)
    options.add_argument("--rounds", type=int, default=5, help="how often each thing is measured")
    options.add_argument("--write", action="store_true", help=f"write {PAGE.relative_to(PROJECT_ROOT)}")
    chosen = options.parse_args()
    page = _page(_measure(chosen.rounds), chosen.rounds)
    print(page)
    if chosen.write:
        write_part(HEADING, page)


def _measure(rounds: int) -> list[tuple[str, str]]:
    lexicon = ready_lexicon()
    with tempfile.TemporaryDirectory(prefix="armswatch-bench-") as scratch:
        once, four = Path(scratch) / "once", Path(scratch) / "four"
        text = lay_out(once, "sample", 1)
        documents = list(batches(once))
        articles = sum(batch.num_rows for batch in documents)
        megabytes = sum(map(size_in_bytes, documents)) / 1e6
        bodies = [body for batch in documents for body in batch.column("body").to_pylist()]
        share = bodies[:: articles // _PEER_ARTICLES][:_PEER_ARTICLES]
        kernel, floor, build, one, two, segmentation, ner = ([] for _ in range(7))
        for number in range(rounds):
            print(f"round {number + 1} of {rounds}", file=sys.stderr, flush=True)
            for place, seconds in zip((kernel, floor), measures.kernel_and_floor(documents, lexicon), strict=True):
                place.append(seconds)
            build.append(measures.in_child("lexicon"))
            alone, counted = measures.pooled(documents, lexicon, 1)
            shared, counted_too = measures.pooled(documents, lexicon, 2)
            if counted != counted_too:
                sys.exit(f"One process counted {counted}, two counted {counted_too}: they did not do the same work.")
            one.append(alone)
            two.append(shared)
            if speeds := measures.peer(share[number::rounds]):
                segmentation.append(speeds["segmentation"])
                ner.append(speeds["ner"])
        lay_out(four, "sample", 4)
        memory = measures.in_child("memory", str(once))
        memory_of_four = measures.in_child("memory", str(four))
    print("the whole run", file=sys.stderr, flush=True)
    dense, seconds = measures.whole_run("dense")
    took = f"{seconds:.0f} s by the clock" if seconds else "fails"
    speed = megabytes / median(kernel)
    ratio = median(k / f for k, f in zip(kernel, floor, strict=True))
    scaling = median(a / b for a, b in zip(one, two, strict=True))
    return [
        ("text", f"{text}: {articles:,} articles, {megabytes:.1f} MB of UTF-8 after landing"),
        ("kernel, one core", f"{speed:.2f} MB/s, {articles / median(kernel):,.0f} articles/s"),
        ("floor (NFC, fold, one Aho-Corasick pass)", f"{megabytes / median(floor):.2f} MB/s"),
        ("kernel time ÷ floor time", f"{ratio:.2f} (at most 5)"),
        ("peak memory, reading and extracting", f"{memory:.0f} MB (under 1,000)"),
        ("peak memory, four times the text", f"{memory_of_four:.0f} MB (under 1,000)"),
        ("lexicon built", f"{median(build):.2f} s (under 1)"),
        ("engine, 1 process", f"{articles / median(one):,.0f} articles/s by the clock"),
        ("engine, 2 processes", f"{articles / median(two):,.0f} articles/s by the clock, {scaling:.2f} times as many"),
        *_peer_rows(segmentation, ner, speed, len(share)),
        ("whole first `make run`", f"{took} for {dense}, dbt and its tests included"),
    ]


def _peer_rows(segmentation: list[float], ner: list[float], kernel: float, articles: int) -> list[tuple[str, str]]:
    if not segmentation:
        return [("underthesea", "not installed: `make bench` does it")]
    rows = []
    for name, speeds in (
        (f"word segmentation, {articles} articles", segmentation),
        (f"NER, {articles // 10} articles", ner),
    ):
        peer = median(speeds)
        value = f"{peer:.3f} MB/s: the kernel is {kernel / peer:,.0f} times as fast"
        rows.append((f"underthesea, {name}", value))
    return rows


def _page(rows: list[tuple[str, str]], rounds: int) -> str:
    table = "\n".join(f"| {name} | {value} |" for name, value in rows)
    return f"""{HEADING}

| measure | median of {rounds} rounds |
|---|---|
{table}

{dt.date.today()}, {machine()}. Measured and written by `make bench WRITE=1`.

All is measured in one run, in turns; kernel and floor change places after every hundred articles, and the ratio is
taken within each round. Kernel, floor and underthesea are timed by processor time on one core; the engine, the lexicon
and the whole run by the clock. The kernel's time holds everything from a batch of documents to batches of reports, for
mixed news that is mostly about other things. Memory is the highest that a process reached that reads the files and
extracts them batch by batch. Two processes can be twice as fast only where two cores are free.
"""


if __name__ == "__main__":
    main()
