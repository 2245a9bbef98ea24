"""Reads `.jsonl` and `.jsonl.gz`: one article a line, streamed: memory is bounded by the longest allowed line."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from pipelines.landing.articles import Article, checked
from pipelines.landing.limits import MAX_ARTICLE_BYTES, MAX_RATIO, MIN_BOMB_BYTES
from pipelines.landing.rejects import Unreadable

_FIELDS = ("title", "outlet", "published_on", "url", "language")


def read(stream: BinaryIO, zipped: bool, today: date) -> Iterator[tuple[int, Article | Unreadable]]:
    """Line number and article, or line number and failure, for each line that is not blank.

    stream: the file, opened for reading bytes.
    zipped: it is gzip.
    """
    if not zipped and stream.read(2) == b"\x1f\x8b":
        raise Unreadable("wrong_extension", "The file is gzip, whatever its name says.")
    stream.seek(0)
    number = 0
    try:
        for number, line in _lines(stream, zipped):
            if isinstance(line, Unreadable):
                yield number, line
            elif line.strip():
                try:
                    article, problems = _article(line, today)
                except Unreadable as error:
                    yield number, error
                else:
                    yield number, article
                    for reason, detail in problems:
                        yield number, Unreadable(reason, detail)
    except EOFError:
        yield number + 1, Unreadable("truncated_gzip", "The gzip file ends too early; the lines before are read.")
    except gzip.BadGzipFile:
        reason = "bad_gzip" if number else "not_gzip"
        yield number + 1, Unreadable(reason, "What stands here is not gzip.")
    except zlib.error as error:
        yield number + 1, Unreadable("bad_gzip", f"The gzip data are damaged: {error}.")


def _lines(stream: BinaryIO, zipped: bool) -> Iterator[tuple[int, bytes | Unreadable]]:
    source = gzip.GzipFile(fileobj=stream, mode="rb") if zipped else stream
    number = size = 0
    while line := source.readline(MAX_ARTICLE_BYTES + 1):
        number += 1
        size += len(line)
        too_long = len(line) > MAX_ARTICLE_BYTES
        part = line
        while too_long and part and not part.endswith(b"\n"):
            part = source.readline(MAX_ARTICLE_BYTES)
            size += len(part)
            _stop_a_bomb(size, stream, zipped, number)
        _stop_a_bomb(size, stream, zipped, number)
        if too_long:
            yield number, Unreadable("line_too_long", f"The line is longer than {MAX_ARTICLE_BYTES} bytes.")
        else:
            yield number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line


def _stop_a_bomb(size: int, stream: BinaryIO, zipped: bool, number: int) -> None:
    if zipped and size > MIN_BOMB_BYTES and size > MAX_RATIO * max(1, stream.tell()):
        raise Unreadable("gzip_bomb", f"The file grows more than {MAX_RATIO} times when unpacked.", number)


def _article(line: bytes, today: date) -> tuple[Article, list[tuple[str, str]]]:
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Unreadable("invalid_utf8", f"Not UTF-8 at byte {error.start} of the line.") from None
    except (ValueError, RecursionError) as error:
        raise Unreadable("bad_json", f"Not JSON: {error}.") from None
    if not isinstance(record, dict):
        raise Unreadable("wrong_type", "The line is not a JSON object.")
    if "text" not in record:
        raise Unreadable("missing_text", "The record has no text.")
    for name in ("text", *_FIELDS):
        if not isinstance(record.get(name), str) and (name == "text" or record.get(name) is not None):
            raise Unreadable("wrong_type", f"{name} is a {type(record[name]).__name__}, not a string.")
    if not record["text"].strip():
        raise Unreadable("missing_text", "The record's text is empty.")
    given, problems = checked({name: record.get(name) for name in _FIELDS[1:]}, "record", today)
    title = record.get("title") or None
    return Article(record["text"], title, title is None, given), problems
