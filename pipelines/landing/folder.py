"""The landing folder as batches of documents and rejects: what the rest of the pipeline calls.

A file counts as unchanged when its bytes and its manifest row are what they were: both go into `file_sha256`. What this
room makes of them is `READER_VERSION`'s business.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple

import pyarrow as pa

from pipelines.contract import DOCUMENT_SCHEMA, REJECT_SCHEMA
from pipelines.landing import manifest
from pipelines.landing.articles import Article, Given, document
from pipelines.landing.files import Found, open_file, walk
from pipelines.landing.limits import MAX_ARTICLE_BYTES, MAX_BATCH_BYTES, MAX_MANIFEST_BYTES, MAX_REJECTS_PER_FILE
from pipelines.landing.readers import html, json_lines, text
from pipelines.landing.rejects import Reject, Unreadable

FILE_SCHEMA = pa.schema(
    [
        pa.field("source_path", pa.string(), nullable=False),
        pa.field("file_sha256", pa.string(), nullable=False),
        pa.field("size_bytes", pa.int64(), nullable=False),
    ]
)
Skip = Callable[[str, str], bool]


class Batch(NamedTuple):
    """Some documents and rejects, and the files that are finished with them.

    A file whose articles fill several batches is in `files` of the last one. The document of a line has the line in its
    path (`news.jsonl#17`); a reject has the file in `source_path` and the line in `line`.
    """

    documents: pa.RecordBatch
    rejects: pa.RecordBatch
    files: pa.RecordBatch


def read_folder(
    folder: Path, skip: Skip | None = None, batch_size: int = 1000, today: date | None = None
) -> Iterator[Batch]:
    """Reads all articles below `folder`.

    skip: called with path and hash of each file; true when it is unchanged, and then it is listed but not read.
    batch_size: documents in a batch, at most.
    today: what no publication date may lie after, by more than a day.
    """
    return _Reading(
        Path(folder), skip or (lambda path, digest: False), batch_size, today or datetime.now(UTC).date()
    ).run()


class _Reading:
    def __init__(self, folder: Path, skip: Skip, batch_size: int, today: date) -> None:
        self.folder, self.skip, self.batch_size, self.today = folder, skip, batch_size, today
        self.documents: list[dict[str, object]] = []
        self.rejects: list[Reject] = []
        self.files: list[tuple[str, str, int]] = []
        self.waiting_bytes = 0
        self.manifests: dict[str, manifest.Manifest] = {}

    def run(self) -> Iterator[Batch]:
        found = list(walk(self.folder))
        self._read_manifests(found)
        for file in found:
            if file.path.name != manifest.NAME or file.problem:
                yield from self._read(file)
            if len(self.files) >= 10 * self.batch_size:
                yield self._batch()
        if self.documents or self.rejects or self.files:
            yield self._batch()

    def _read_manifests(self, found: list[Found]) -> None:
        present = {_key(file.source_path) for file in found}
        for file in found:
            if file.path.name != manifest.NAME or file.problem:
                continue
            below = file.source_path.removesuffix(manifest.NAME)
            try:
                data = _bytes(file, MAX_MANIFEST_BYTES)
            except Unreadable as error:
                data, parsed = b"", manifest.Manifest({}, [error.at(file.source_path)])
            else:
                parsed = manifest.parse(data, file.source_path, self.today)
            unknown = [
                Reject(file.source_path, entry.line, "manifest_unknown_file", f"There is no file {name}.")
                for name, entry in parsed.entries.items()
                if _key(below + name) not in present
            ]
            self.manifests[below] = parsed
            digest = _digest(data, *(f"{reject.line} {reject.detail}" for reject in unknown))
            self.files.append((file.source_path, digest, len(data)))
            if not self.skip(file.source_path, digest):
                self.rejects.extend([*parsed.rejects, *unknown])

    def _entry(self, source_path: str) -> manifest.Entry | None:
        """What the nearest manifest that names the file says."""
        parts = _key(source_path).split("/")
        for depth in range(len(parts) - 1, -1, -1):
            below = "".join(f"{part}/" for part in source_path.split("/")[:depth])
            parsed = self.manifests.get(below)
            if parsed and (entry := parsed.entries.get("/".join(parts[depth:]))):
                return entry
        return None

    def _read(self, file: Found) -> Iterator[Batch]:
        entry = self._entry(file.source_path)
        row = entry.canonical if entry else ""
        size, rejected = 0, 0
        try:
            if file.problem:
                raise file.problem
            reader = _READERS.get(_suffix(file.path.name))
            if reader is None:
                raise Unreadable("unknown_format", "Only .txt, .html, .htm, .jsonl and .jsonl.gz are read.")
            with open_file(file.path) as stream:
                try:
                    content, size = _hash(stream)
                except OSError as error:
                    raise Unreadable("unreadable", f"The file cannot be read: {error.strerror}.") from None
                digest = _digest(content, row)
                if not self.skip(file.source_path, digest):
                    given = entry.given if entry else Given()
                    for line, article in reader(stream, size, self.today):
                        problem = self._keep(article, given, file.source_path, line)
                        if problem:
                            rejected += 1
                            if rejected <= MAX_REJECTS_PER_FILE:
                                self.rejects.append(problem)
                        if len(self.documents) >= self.batch_size or self.waiting_bytes > MAX_BATCH_BYTES:
                            yield self._batch()
        except Unreadable as error:
            digest = _digest(f"{error.reason} {size}".encode(), row)
            if not self.skip(file.source_path, digest):
                self.rejects.append(error.at(file.source_path))
        except OSError as error:
            digest = _digest(f"unreadable {size}".encode(), row)
            self.rejects.append(Unreadable("unreadable", f"Reading failed: {error.strerror}.").at(file.source_path))
        if rejected > MAX_REJECTS_PER_FILE:
            more = rejected - MAX_REJECTS_PER_FILE
            self.rejects.append(Reject(file.source_path, None, "more_rejects", f"{more} further lines were rejected."))
        self.files.append((file.source_path, digest, size))

    def _keep(self, article: Article | Unreadable, given: Given, source_path: str, line: int | None) -> Reject | None:
        if isinstance(article, Unreadable):
            return article.at(source_path, line)
        place = source_path if line is None else f"{source_path}#{line}"
        try:
            row = document(article._replace(given=given.over(article.given)), place, self.today)
        except Unreadable as error:
            return error.at(source_path, line)
        self.documents.append(row)
        self.waiting_bytes += 4 * len(str(row["body"]))
        return None

    def _batch(self) -> Batch:
        batch = Batch(
            pa.RecordBatch.from_pylist(self.documents, schema=DOCUMENT_SCHEMA),
            pa.RecordBatch.from_pylist([reject._asdict() for reject in self.rejects], schema=REJECT_SCHEMA),
            pa.RecordBatch.from_pylist(
                [dict(zip(FILE_SCHEMA.names, file, strict=True)) for file in self.files], schema=FILE_SCHEMA
            ),
        )
        self.documents, self.rejects, self.files, self.waiting_bytes = [], [], [], 0
        return batch


Reader = Callable[[BinaryIO, int, date], Iterator[tuple[int | None, Article | Unreadable]]]


def _whole(stream: BinaryIO, size: int) -> bytes:
    if size > MAX_ARTICLE_BYTES:
        raise Unreadable("too_large", f"{size} bytes; one article may have {MAX_ARTICLE_BYTES}.")
    return stream.read(MAX_ARTICLE_BYTES + 1)


def _text(stream: BinaryIO, size: int, today: date) -> Iterator[tuple[None, Article]]:
    yield None, text.read(_whole(stream, size))


def _html(stream: BinaryIO, size: int, today: date) -> Iterator[tuple[None, Article]]:
    yield None, html.read(_whole(stream, size), today)


def _jsonl(zipped: bool) -> Reader:
    def reader(stream: BinaryIO, size: int, today: date) -> Iterator[tuple[int | None, Article | Unreadable]]:
        if not size:
            raise Unreadable("empty_file", "The file is empty.")
        yield from json_lines.read(stream, zipped, today)

    return reader


_READERS: dict[str, Reader] = {
    ".txt": _text,
    ".html": _html,
    ".htm": _html,
    ".jsonl": _jsonl(zipped=False),
    ".jsonl.gz": _jsonl(zipped=True),
}


def _suffix(name: str) -> str:
    lower = name.lower()
    return next((suffix for suffix in _READERS if lower.endswith(suffix)), "")


def _key(path: str) -> str:
    return unicodedata.normalize("NFC", path)


def _bytes(file: Found, limit: int) -> bytes:
    with open_file(file.path) as stream:
        try:
            data = stream.read(limit + 1)
        except OSError as error:
            raise Unreadable("unreadable", f"The file cannot be read: {error.strerror}.") from None
    if len(data) > limit:
        raise Unreadable("too_large", f"More than {limit} bytes.")
    return data


def _hash(stream: BinaryIO) -> tuple[bytes, int]:
    digest = hashlib.file_digest(stream, "sha256").digest()
    size = stream.tell()
    stream.seek(0)
    return digest, size


def _digest(content: bytes, *more: str) -> str:
    digest = hashlib.sha256(content)
    for part in more:
        digest.update(b"\0" + part.encode())
    return digest.hexdigest()
