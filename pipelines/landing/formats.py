"""Which file names are read, and by which reader: how its records are cut out of a file, and read one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any, BinaryIO, NamedTuple

import pyarrow as pa

from pipelines.landing.articles import Article
from pipelines.landing.chunks import Failure, packed
from pipelines.landing.limits import MAX_ARTICLE_BYTES
from pipelines.landing.readers import html, json_lines, tables, text, web_archives
from pipelines.landing.readers.lines import lines
from pipelines.landing.rejects import Unreadable


class Format(NamedTuple):
    """One way to keep articles in a file.

    cut: opens the file (a stream, its size, rows of a batch at most) and gives its records, unread.
    read: the article of one record (a row of a batch as a dict), and reason and detail for each value it cannot use.
    """

    cut: Callable[[BinaryIO, int, int], Iterator[pa.RecordBatch | Failure]]
    read: Callable[[dict[str, Any], date], tuple[Article, list[tuple[str, str]]]]


def _whole(stream: BinaryIO, size: int, rows: int) -> Iterator[pa.RecordBatch | Failure]:
    if size > MAX_ARTICLE_BYTES:
        raise Unreadable("too_large", f"{size} bytes; one article may have {MAX_ARTICLE_BYTES}.")
    return packed(iter([(None, stream.read(MAX_ARTICLE_BYTES + 1))]), rows)


def _by_line(compression: str | None, stream: BinaryIO, size: int, rows: int) -> Iterator[pa.RecordBatch | Failure]:
    not_blank = (found for found in lines(stream, compression) if isinstance(found[1], Unreadable) or found[1].strip())
    return packed(not_blank, rows)


def _csv(compression: str | None, stream: BinaryIO, size: int, rows: int) -> Iterator[pa.RecordBatch | Failure]:
    return tables.cut_csv(stream, compression, rows)


_PAGE = Format(_whole, lambda record, today: (html.read(record["data"], today), []))
_PLAIN = {
    ".txt": Format(_whole, lambda record, today: (text.read(record["data"]), [])),
    ".html": _PAGE,
    ".htm": _PAGE,
    ".parquet": Format(lambda stream, size, rows: tables.cut_parquet(stream, size, rows), tables.article),
    ".warc": Format(lambda stream, size, rows: web_archives.cut(stream, rows), web_archives.article),
    ".warc.gz": Format(lambda stream, size, rows: web_archives.cut(stream, rows), web_archives.article),
}
_COMPRESSED = {
    name + ending: format_(compression)
    for name, format_ in {
        ".jsonl": lambda how: Format(partial(_by_line, how), lambda row, today: json_lines.article(row["data"], today)),
        ".ndjson": lambda how: Format(
            partial(_by_line, how), lambda row, today: json_lines.article(row["data"], today)
        ),
        ".csv": lambda how: Format(partial(_csv, how), tables.article),
        ".tsv": lambda how: Format(partial(_csv, how), tables.article),
    }.items()
    for ending, compression in (("", None), (".gz", "gzip"), (".zst", "zstd"))
}
FORMATS: dict[str, Format] = _PLAIN | _COMPRESSED


def format_of(name: str) -> str | None:
    """The ending of a file's name that says its format, or None when it says none that we read."""
    lower = name.lower()
    return max((ending for ending in FORMATS if lower.endswith(ending)), key=len, default=None)
