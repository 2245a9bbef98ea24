"""What must be measured in a process of its own: `python -m tests.benchmarks.child lexicon|memory [folder]`."""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

import pyarrow as pa

from pipelines.contract import DOCUMENT_SCHEMA
from pipelines.extraction import extract
from pipelines.lexicons import Lexicon, load_lexicon
from tests.benchmarks.texts import batches


def ready_lexicon() -> Lexicon:
    """The lexicon with all that is compiled on first use."""
    lexicon = load_lexicon()
    warm_up = [
        {"document_id": language, "source_path": "", "language": language, "body": ".", "content_sha256": ""}
        for language in lexicon.packs
    ]
    extract(pa.RecordBatch.from_pylist(warm_up, schema=DOCUMENT_SCHEMA), lexicon)
    return lexicon


def seconds_to_build() -> float:
    started = time.perf_counter()
    ready_lexicon()
    return time.perf_counter() - started


def peak_megabytes(folder: Path) -> float:
    """Read and extract a folder batch by batch, as a run does; nothing is kept."""
    lexicon = load_lexicon()
    for documents in batches(folder):
        extract(documents, lexicon)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


if __name__ == "__main__":
    print(seconds_to_build() if sys.argv[1] == "lexicon" else peak_megabytes(Path(sys.argv[2])))
