"""Articles on their way from a file to a worker: cut out of the file, not yet read.

Cutting (`formats`) happens in one process, file after file, and keeps memory bounded; reading (`reading`) is what costs
time, and any process can do it for any chunk.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pyarrow as pa

from pipelines.landing.articles import Given
from pipelines.landing.limits import MAX_CHUNK_BYTES
from pipelines.landing.rejects import Reject, Unreadable

# A whole file, a line of one, or a record of a web archive; `place` is null, the line, or the offset in bytes.
RAW_SCHEMA = pa.schema([pa.field("place", pa.int64()), pa.field("data", pa.large_binary(), nullable=False)])


class Failure(NamedTuple):
    """A record that its file does not give, and where it should be."""

    place: int | None
    problem: Unreadable


class Records(NamedTuple):
    """Some records of one file. `rows` has the columns that the file's format says, `place` first."""

    source_path: str
    format: str
    given: Given
    rows: pa.RecordBatch


def compact(rows: pa.RecordBatch) -> pa.RecordBatch:
    """The same rows without what they were cut from, which would go along to another process."""
    return pa.ipc.read_record_batch(rows.serialize(), rows.schema)


class Chunk(NamedTuple):
    """What a worker gets at once: records, failures met on the way to them, and the files that end with them."""

    records: list[Records]
    rejects: list[Reject]
    files: list[tuple[str, str, int]]


def packed(found: Iterator[tuple[int | None, bytes | Unreadable]], rows: int) -> Iterator[pa.RecordBatch | Failure]:
    """Records of raw bytes as batches of at most so many `rows`, the failures among them as they come."""
    places: list[int | None] = []
    data: list[bytes] = []
    size = 0
    for place, record in found:
        if isinstance(record, Unreadable):
            yield Failure(place, record)
            continue
        places.append(place)
        data.append(record)
        size += len(record)
        if len(data) >= rows or size > MAX_CHUNK_BYTES:
            yield _batch(places, data)
            places, data, size = [], [], 0
    if data:
        yield _batch(places, data)


def _batch(places: list[int | None], data: list[bytes]) -> pa.RecordBatch:
    columns = [pa.array(places, pa.int64()), pa.array(data, pa.large_binary())]
    return pa.RecordBatch.from_arrays(columns, schema=RAW_SCHEMA)
