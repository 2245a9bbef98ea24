"""The measures themselves: each one round of one thing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from pipelines.engines import Extracted, engine
from pipelines.engines.local import POOL_FROM
from pipelines.extraction import extract
from pipelines.extraction.scan import fold
from pipelines.lexicons import Lexicon
from pipelines.settings import PROJECT_ROOT, Settings
from tests.benchmarks.texts import lay_out

PEER = PROJECT_ROOT / ".venv-bench" / "bin" / "python"


def kernel_and_floor(texts: Sequence[pa.RecordBatch], lexicon: Lexicon) -> tuple[float, float]:
    """Processor seconds of the kernel and of the floor, batch by batch in turns."""
    kernel = floor = 0.0
    for documents in texts:
        started = time.process_time()
        extract(documents, lexicon)
        between = time.process_time()
        _floor(documents, lexicon)
        kernel += between - started
        floor += time.process_time() - between
    return kernel, floor


def _floor(documents: pa.RecordBatch, lexicon: Lexicon) -> None:
    """The least that any reader with this lexicon does: NFC, fold, one pass for all surface forms."""
    columns = (documents.column(name).to_pylist() for name in ("language", "body"))
    for language, body in zip(*columns, strict=True):
        pack = lexicon.packs.get(language)
        if pack:
            pack.automaton.find_matches_as_indexes(fold(unicodedata.normalize("NFC", body)))


def pooled(texts: Sequence[pa.RecordBatch], lexicon: Lexicon, workers: int) -> tuple[float, dict[str, int]]:
    """Seconds of the clock that the engine takes with so many processes, without their start; and what it counted."""
    documents = max(POOL_FROM, sum(batch.num_rows for batch in texts))
    with engine(Settings(workers=workers), lexicon, documents) as extract_all:
        list(extract_all(batch.slice(0, 2) for batch in texts[: 8 * workers]))
        started = time.perf_counter()
        whole = Extracted([])
        for extracted in extract_all(texts):
            whole.merge(extracted)
        return time.perf_counter() - started, whole.counts


def in_child(*arguments: str) -> float:
    """What `child` prints."""
    command = [sys.executable, "-m", "tests.benchmarks.child", *arguments]
    return float(subprocess.run(command, cwd=PROJECT_ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout)


def peer(bodies: list[str]) -> dict[str, float] | None:
    """MB/s of underthesea's parts by processor time, or None where it is not installed."""
    if not PEER.exists():
        return None
    command = [str(PEER), str(Path(__file__).with_name("peer.py"))]
    done = subprocess.run(command, input=json.dumps(bodies), check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout)


def whole_run(name: str) -> tuple[str, float | None]:
    """What was read, and the seconds of the clock for a first `armswatch run` over it; None if the run failed."""
    scratch = Path(tempfile.mkdtemp(prefix="armswatch-bench-"))
    try:
        text = lay_out(scratch / "landing", name, 1)
        places = {"LANDING": str(scratch / "landing"), "WAREHOUSE": str(scratch / "w.duckdb")}
        started = time.perf_counter()
        command = [sys.executable, "-c", "from pipelines.cli import app; app()", "run"]
        done = subprocess.run(command, cwd=PROJECT_ROOT, env=os.environ | places, stdout=subprocess.DEVNULL)
        return text, None if done.returncode else time.perf_counter() - started
    finally:
        shutil.rmtree(scratch)
