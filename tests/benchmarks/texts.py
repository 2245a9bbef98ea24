"""The text that is measured: the bulk sample where it lies beside the project, else text made of `seeds/articles`."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from pipelines.landing import read_folder
from pipelines.settings import PROJECT_ROOT, SEEDS

BULK = PROJECT_ROOT.parent / "shared" / "corpus" / "bulk"
BATCH = 100
_GENERATED = 2000


def lay_out(folder: Path, name: str, copies: int) -> str:
    """Fill a landing folder with `copies` of a text; returns what it is, in words."""
    folder.mkdir()
    sample = BULK / f"{name}.jsonl.gz"
    if sample.exists():
        for number in range(copies):
            shutil.copyfile(sample, folder / f"{number}.jsonl.gz")
        return f"`{name}.jsonl.gz`"
    for number in range(copies):
        with (folder / f"{number}.jsonl").open("w", encoding="utf-8") as lines:
            lines.writelines(json.dumps(article, ensure_ascii=False) + "\n" for article in generate(number))
    return f"{_GENERATED} articles of shuffled paragraphs from `seeds/articles`, all of them on topic"


def batches(folder: Path) -> Iterator[pa.RecordBatch]:
    """The documents of a landing folder, as a run reads them."""
    return (batch.documents for batch in read_folder(folder, batch_size=BATCH))


def size_in_bytes(documents: pa.RecordBatch) -> int:
    """Bytes of UTF-8 in the bodies."""
    return sum(len(body.encode()) for body in documents.column("body").to_pylist())


def generate(seed: int) -> Iterator[dict[str, str]]:
    dice = random.Random(seed)
    articles = [row for batch in batches(SEEDS / "articles") for row in batch.to_pylist() if row["language"] == "vi"]
    paragraphs = [part for row in articles for part in row["body"].split("\n") if part.strip()]
    for number in range(_GENERATED):
        text = "\n\n".join(dice.choices(paragraphs, k=12))
        yield {"id": f"{seed}-{number}", "title": f"{seed}-{number}", "language": "vi", "text": text}
