"""Reads `.warc` and `.warc.gz`: the pages of a news crawl, as CC-NEWS keeps them (WARC 1.0 and 1.1, ISO 28500).

A page is read like an `.html` file. Its address and, where the page names no outlet, its host come from the record.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO
from urllib.parse import urlsplit

import pyarrow as pa
from fastwarc.warc import ArchiveIterator, WarcRecordType

from pipelines.landing.articles import Article, Given, checked
from pipelines.landing.chunks import Failure
from pipelines.landing.limits import MAX_ARTICLE_BYTES, MAX_CHUNK_BYTES
from pipelines.landing.readers import html
from pipelines.landing.rejects import Unreadable

# `place` is the offset in bytes at which the record begins in the file.
PAGE_SCHEMA = pa.schema(
    [
        pa.field("place", pa.int64()),
        pa.field("url", pa.string()),
        pa.field("charset", pa.string()),
        pa.field("data", pa.large_binary(), nullable=False),
    ]
)
_PAGES = ("text/html", "application/xhtml+xml")


def cut(stream: BinaryIO, rows: int) -> Iterator[pa.RecordBatch | Failure]:
    """Batches of the pages of an archive; records that are no page (requests, pictures, errors) are passed over."""
    pages: list[dict[str, Any]] = []
    size = place = 0
    try:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response, auto_decode="all"):
            place = record.stream_pos
            if record.http_content_type not in _PAGES or record.http_headers.status_code != 200:
                continue
            page = record.reader.read(MAX_ARTICLE_BYTES + 1)
            if len(page) > MAX_ARTICLE_BYTES:
                problem = Unreadable("too_large", f"The page has more than {MAX_ARTICLE_BYTES} bytes.")
                yield Failure(place, problem)
                continue
            url, charset = record.headers.get("WARC-Target-URI"), record.http_charset
            pages.append({"place": place, "url": url, "charset": charset, "data": page})
            size += len(page)
            if len(pages) >= rows or size > MAX_CHUNK_BYTES:
                yield pa.RecordBatch.from_pylist(pages, schema=PAGE_SCHEMA)
                pages, size = [], 0
    except (OSError, ValueError) as error:
        problem = Unreadable("bad_warc", f"The archive is damaged after the record at byte {place}: {error}.")
        yield Failure(place, problem)
    else:
        if not place and not _holds_a_record(stream):
            raise Unreadable("bad_warc", "There is no WARC record in the file.")
    if pages:
        yield pa.RecordBatch.from_pylist(pages, schema=PAGE_SCHEMA)


def _holds_a_record(stream: BinaryIO) -> bool:
    stream.seek(0)
    records = ArchiveIterator(stream, record_types=WarcRecordType.any_type, parse_http=False)
    return any(record.headers.get("WARC-Type") for record in records)


def article(page: dict[str, Any], today: date) -> tuple[Article, list[tuple[str, str]]]:
    """The article in a page of `PAGE_SCHEMA`; what is wrong with its address is nobody's to mend."""
    found = html.read(page["data"], today, page["charset"])
    given, _ = checked({"url": (page["url"] or "").strip("<>")}, "metadata", today)
    host = urlsplit(given.url or "").hostname or ""
    given = Given(outlet=host.removeprefix("www.") or None, url=given.url)
    outlet = found.given.outlet or given.outlet
    return found._replace(given=given._replace(outlet=outlet).over(found.given)), []
