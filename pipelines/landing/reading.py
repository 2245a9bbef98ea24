"""Chunks of records → batches of documents and rejects: the part of landing that any process can do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import pyarrow as pa

from pipelines.contract import DOCUMENT_SCHEMA, REJECT_SCHEMA
from pipelines.landing.articles import Given, document
from pipelines.landing.chunks import Chunk
from pipelines.landing.formats import FORMATS, Format
from pipelines.landing.rejects import OtherLanguage, Unreadable

FILE_SCHEMA = pa.schema(
    [
        pa.field("source_path", pa.string(), nullable=False),
        pa.field("file_sha256", pa.string(), nullable=False),
        pa.field("size_bytes", pa.int64(), nullable=False),
    ]
)
# Articles passed over as their language is none that we read.
SKIP_SCHEMA = pa.schema(
    [
        pa.field("source_path", pa.string(), nullable=False),
        pa.field("language", pa.string(), nullable=False),
        pa.field("articles", pa.int64(), nullable=False),
    ]
)


class Batch(NamedTuple):
    """Some documents, rejects and skipped articles, and the files that are finished with them.

    A file whose articles fill several batches is in `files` of the last one. The document of a record has its place
    in its path (`news.jsonl#17`); a reject has the file in `source_path` and the place in `line`: the line of a text
    file, the row of a Parquet file, the byte at which the record of a web archive begins.
    """

    documents: pa.RecordBatch
    rejects: pa.RecordBatch
    files: pa.RecordBatch
    skipped: pa.RecordBatch


def read_chunk(chunk: Chunk, today: date) -> Batch:
    """Read every record of a chunk. Never raises for what is in it."""
    documents: dict[str, list[object]] = {name: [] for name in DOCUMENT_SCHEMA.names}
    rejects, skipped = list(chunk.rejects), Counter()
    for source_path, ending, given, rows in chunk.records:
        for place, found in _articles(FORMATS[ending], rows, given, source_path, today):
            if isinstance(found, Unreadable):
                rejects.append(found.at(source_path, place))
            elif isinstance(found, OtherLanguage):
                skipped[source_path, found.code] += 1
            else:
                for name, column in documents.items():
                    column.append(found[name])
    return Batch(
        pa.RecordBatch.from_pydict(documents, schema=DOCUMENT_SCHEMA),
        pa.RecordBatch.from_pylist([reject._asdict() for reject in rejects], schema=REJECT_SCHEMA),
        _rows(FILE_SCHEMA, chunk.files),
        _rows(SKIP_SCHEMA, [(*key, count) for key, count in skipped.items()]),
    )


def _rows(schema: pa.Schema, rows: list[tuple]) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist([dict(zip(schema.names, row, strict=True)) for row in rows], schema=schema)


def _articles(
    form: Format, rows: pa.RecordBatch, given: Given, source_path: str, today: date
) -> Iterator[tuple[int | None, dict[str, object] | Unreadable | OtherLanguage]]:
    for record in rows.to_pylist():
        place = record["place"]
        where = source_path if place is None else f"{source_path}#{place}"
        try:
            article, problems = form.read(record, today)
            yield place, document(article._replace(given=given.over(article.given)), where, today)
        except (Unreadable, OtherLanguage) as found:
            yield place, found
            continue
        for reason, detail in problems:
            yield place, Unreadable(reason, detail)
