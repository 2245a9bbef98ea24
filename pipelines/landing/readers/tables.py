"""Reads `.parquet`, and `.csv` and `.tsv`, also compressed: one article a row.

Cells stay bytes until a worker reads them, so that one that is not UTF-8 costs its row only.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipelines.landing.articles import Article
from pipelines.landing.chunks import Failure
from pipelines.landing.limits import MAX_ARTICLE_BYTES, MAX_CHUNK_BYTES, MAX_RATIO, MIN_BOMB_BYTES
from pipelines.landing.readers import records
from pipelines.landing.readers.lines import lines
from pipelines.landing.rejects import Unreadable

# `place` is the line of a CSV file on which the row ends, or the number of the row of a Parquet file, from 1.
TABLE_SCHEMA = pa.schema(
    [pa.field("place", pa.int64()), *(pa.field(field, pa.large_binary()) for field in records.FIELDS)]
)
_DELIMITERS = ",;\t"


def article(row: dict[str, Any], today: date) -> tuple[Article, list[tuple[str, str]]]:
    """The article of a row of `TABLE_SCHEMA`, and reason and detail for each value of it that cannot be used."""
    record = {}
    for field in records.FIELDS:
        if (cell := row[field]) is not None:
            if len(cell) > MAX_ARTICLE_BYTES:
                raise Unreadable("too_large", f"{field} has {len(cell)} bytes; {MAX_ARTICLE_BYTES} are allowed.")
            try:
                record[field] = cell.decode("utf-8")
            except UnicodeDecodeError as error:
                raise Unreadable("invalid_utf8", f"{field} is not UTF-8 at its byte {error.start}.") from None
    return records.article(record, today)


def cut_parquet(stream: BinaryIO, size: int, rows: int) -> Iterator[pa.RecordBatch | Failure]:
    """Batches of a Parquet file; only the columns that an article has are read, and no batch is unpacked at large."""
    number = 0
    try:
        file = pq.ParquetFile(stream, pre_buffer=False, buffer_size=2**20)
        names = records.named(set(file.schema_arrow.names))
        _check_columns(names)
        for field, name in names.items():
            _check_type(field, file.schema_arrow.field(name).type)
        rows = min(rows, _rows_at_once(file.metadata, size))
        repeated = [name for name in names.values() if pa.types.is_string(file.schema_arrow.field(name).type)]
        file = pq.ParquetFile(stream, pre_buffer=False, buffer_size=2**20, read_dictionary=repeated)
        batches = file.iter_batches(batch_size=rows, columns=list(names.values()), use_threads=False)
        unpacked = 0
        for batch, weight in _in_parts(batches):
            unpacked += weight
            _stop_a_bomb(unpacked, size)
            places = pa.array(range(number + 1, number + 1 + batch.num_rows), pa.int64())
            columns = [
                _cells(batch.column(names[field])) if field in names else pa.nulls(batch.num_rows, pa.large_binary())
                for field in records.FIELDS
            ]
            number += batch.num_rows
            yield pa.RecordBatch.from_arrays([places, *columns], schema=TABLE_SCHEMA)
    except (pa.ArrowException, OSError) as error:
        problem = Unreadable("bad_parquet", f"The Parquet file is damaged: {error}. The rows before are read.")
        yield Failure(number + 1 if number else None, problem)


def _rows_at_once(metadata: pq.FileMetaData, size: int) -> int:
    """How many rows hold about `MAX_CHUNK_BYTES`, by what the file says of itself."""
    groups = [metadata.row_group(number) for number in range(metadata.num_row_groups)]
    _stop_a_bomb(sum(group.total_byte_size for group in groups), size)
    widest = max((group.total_byte_size // max(1, group.num_rows) for group in groups), default=0)
    return max(1, MAX_CHUNK_BYTES // max(1, widest))


def _in_parts(batches: Iterator[pa.RecordBatch]) -> Iterator[tuple[pa.RecordBatch, int]]:
    """The batches, halved until none is large once its repeated values are written out; and how large each is."""
    for batch in batches:
        waiting = [batch]
        while waiting:
            part = waiting.pop()
            weight = sum(map(_written_out, part.columns))
            if weight > MAX_CHUNK_BYTES and part.num_rows > 1:
                half = part.num_rows // 2
                waiting += [part.slice(half), part.slice(0, half)]
            else:
                yield part, weight


def _written_out(column: pa.Array) -> int:
    if not pa.types.is_dictionary(column.type):
        return column.nbytes
    return pc.sum(pc.binary_length(column.dictionary).take(column.indices)).as_py() or 0


def _stop_a_bomb(unpacked: int, size: int) -> None:
    if unpacked > MIN_BOMB_BYTES and unpacked > MAX_RATIO * size:
        raise Unreadable("parquet_bomb", f"The file grows more than {MAX_RATIO} times when unpacked.")


def _check_columns(names: dict[str, str]) -> None:
    if "text" not in names:
        raise Unreadable("missing_text", f"There is no column {' or '.join(records.NAMES['text'])}.", 1)


def _check_type(field: str, kind: pa.DataType) -> None:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    texts = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
    times = (pa.types.is_date, pa.types.is_timestamp) if field == "published_on" else ()
    if not any(fits(kind) for fits in (*texts, *times, pa.types.is_null)):
        raise Unreadable("wrong_type", f"The column {field} holds {kind}, not text.")


def _cells(column: pa.Array) -> pa.Array:
    return column.cast(pa.large_string()).cast(pa.large_binary())


def cut_csv(stream: BinaryIO, compression: str | None, rows: int) -> Iterator[pa.RecordBatch | Failure]:
    """Batches of a CSV file with a header. Its delimiter is the one that the header holds most of."""
    failures: list[Failure] = []

    def decoded() -> Iterator[str]:
        for number, line in lines(stream, compression):
            if isinstance(line, Unreadable):
                failures.append(Failure(number, line))
                yield "\n"
            else:
                yield line.decode("utf-8", "surrogateescape")

    source = decoded()
    first = next(source, "")
    reader = csv.reader(chain([first], source), delimiter=max(_DELIMITERS, key=first.count))
    try:
        header = [name.strip().lower() for name in next(reader, [])]
    except csv.Error as error:
        raise Unreadable("bad_csv", f"The header is not valid CSV: {error}.", 1) from None
    names = records.named(set(header))
    if not failures:
        _check_columns(names)
    places = {field: header.index(name) for field, name in names.items()}
    table = _Rows(rows)
    while True:
        line = reader.line_num + 1
        try:
            cells = _next_row(reader)
        except StopIteration:
            break
        except csv.Error as error:
            failures.append(
                Failure(line, Unreadable("bad_csv", f"The row that begins here is not valid CSV: {error}."))
            )
            continue
        if not any(cells):
            continue
        if len(cells) != len(header):
            detail = f"The row has {len(cells)} cells, the header {len(header)}."
            failures.append(Failure(line, Unreadable("bad_row", detail)))
            continue
        table.add(line, {field: cells[place].encode("utf-8", "surrogateescape") for field, place in places.items()})
        if table.is_full:
            yield table.batch()
        while failures:
            yield failures.pop(0)
    yield from failures
    if table.places:
        yield table.batch()


class _Rows:
    """Rows that wait to become a batch."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._clear()

    def _clear(self) -> None:
        self.places: list[int] = []
        self._columns: dict[str, list[bytes | None]] = {field: [] for field in records.FIELDS}
        self._size = 0

    def add(self, place: int, row: dict[str, bytes]) -> None:
        self.places.append(place)
        for field, column in self._columns.items():
            column.append(row.get(field) or None)
        self._size += sum(map(len, row.values()))

    @property
    def is_full(self) -> bool:
        return len(self.places) >= self._most or self._size > MAX_CHUNK_BYTES

    def batch(self) -> pa.RecordBatch:
        columns = [pa.array(column, pa.large_binary()) for column in self._columns.values()]
        batch = pa.RecordBatch.from_arrays([pa.array(self.places, pa.int64()), *columns], schema=TABLE_SCHEMA)
        self._clear()
        return batch


def _next_row(reader: Iterator[list[str]]) -> list[str]:
    usual = csv.field_size_limit(MAX_ARTICLE_BYTES)  # a setting of the module; manifests keep the usual one
    try:
        return next(reader)
    finally:
        csv.field_size_limit(usual)
