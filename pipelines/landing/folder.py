"""The landing folder as batches of documents and rejects: what the rest of the pipeline calls.

A file counts as unchanged when its bytes and its manifest row are what they were: both go into `file_sha256`. What this
room makes of them is `READER_VERSION`'s business.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa

from pipelines.contract import REJECT_SCHEMA
from pipelines.landing import manifest
from pipelines.landing.articles import Given
from pipelines.landing.chunks import Chunk, Failure, Records, compact
from pipelines.landing.files import Found, open_file, walk
from pipelines.landing.formats import FORMATS, format_of
from pipelines.landing.limits import MAX_CHUNK_BYTES, MAX_MANIFEST_BYTES, MAX_REJECTS_PER_FILE
from pipelines.landing.reading import Batch, read_chunk
from pipelines.landing.rejects import Reject, Unreadable

Skip = Callable[[str, str], bool]
Mapper = Callable[[Callable[[Chunk], Batch], Iterable[Chunk]], Iterator[Batch]]


def read_folder(
    folder: Path, skip: Skip | None = None, batch_size: int = 500, today: date | None = None, mapper: Mapper = map
) -> Iterator[Batch]:
    """Reads all articles below `folder`.

    skip: called with path and hash of each file; true when it is unchanged, and then it is listed but not read.
    batch_size: records in a batch, at most.
    today: what no publication date may lie after, by more than a day.
    mapper: a `map` that keeps the order; one that works in other processes makes reading as fast as there are cores.
    """
    cutting = _Cutting(
        Path(folder), skip or (lambda path, digest: False), batch_size, today or datetime.now(UTC).date()
    )
    rejected: Counter[str] = Counter()
    for batch in mapper(partial(read_chunk, today=cutting.today), cutting.run()):
        yield _with_few_rejects(batch, rejected)


def _with_few_rejects(batch: Batch, rejected: Counter[str]) -> Batch:
    """The batch with no more rejects of one file than allowed in all; the others are counted when the file ends."""
    rejects = batch.rejects.to_pylist()
    kept = []
    for reject in rejects:
        rejected[reject["source_path"]] += 1
        if rejected[reject["source_path"]] <= MAX_REJECTS_PER_FILE:
            kept.append(reject)
    for path in batch.files.column("source_path").to_pylist():
        more = rejected.pop(path, 0) - MAX_REJECTS_PER_FILE
        if more > 0:
            detail = f"{more} further records were rejected."
            kept.append({"source_path": path, "line": None, "reason": "more_rejects", "detail": detail})
    if kept == rejects:
        return batch
    return batch._replace(rejects=pa.RecordBatch.from_pylist(kept, schema=REJECT_SCHEMA))


class _Cutting:
    """One walk over the folder: what is unchanged is passed over, the rest cut into chunks."""

    def __init__(self, folder: Path, skip: Skip, batch_size: int, today: date) -> None:
        self.folder, self.skip, self.batch_size, self.today = folder, skip, batch_size, today
        self.manifests: dict[str, manifest.Manifest] = {}
        self._begin()

    def _begin(self) -> None:
        self.records: list[Records] = []
        self.rejects: list[Reject] = []
        self.files: list[tuple[str, str, int]] = []
        self.rows = self.size = 0

    def run(self) -> Iterator[Chunk]:
        found = list(walk(self.folder))
        self._read_manifests(found)
        for file in found:
            if file.path.name != manifest.NAME or file.problem:
                yield from self._cut(file)
            if len(self.files) >= 10 * self.batch_size:
                yield self._chunk()
        if self.records or self.rejects or self.files:
            yield self._chunk()

    def _chunk(self) -> Chunk:
        chunk = Chunk(self.records, self.rejects, self.files)
        self._begin()
        return chunk

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

    def _cut(self, file: Found) -> Iterator[Chunk]:
        entry = self._entry(file.source_path)
        row = entry.canonical if entry else ""
        size = 0
        try:
            if file.problem:
                raise file.problem
            ending = format_of(file.path.name)
            if ending is None:
                raise Unreadable("unknown_format", f"Only {', '.join(FORMATS)} are read.")
            with open_file(file.path) as stream:
                try:
                    content, size = _hash(stream)
                except OSError as error:
                    raise Unreadable("unreadable", f"The file cannot be read: {error.strerror}.") from None
                digest = _digest(content, row)
                if not self.skip(file.source_path, digest):
                    if not size:
                        raise Unreadable("empty_file", "The file is empty.")
                    given = entry.given if entry else Given()
                    yield from self._records(file.source_path, ending, given, stream, size)
        except Unreadable as error:
            digest = _digest(f"{error.reason} {size}".encode(), row)
            if not self.skip(file.source_path, digest):
                self.rejects.append(error.at(file.source_path))
        except OSError as error:
            digest = _digest(f"unreadable {size}".encode(), row)
            self.rejects.append(Unreadable("unreadable", f"Reading failed: {error.strerror}.").at(file.source_path))
        self.files.append((file.source_path, digest, size))

    def _records(self, path: str, ending: str, given: Given, stream: BinaryIO, size: int) -> Iterator[Chunk]:
        for cut in FORMATS[ending].cut(stream, size, self.batch_size):
            if isinstance(cut, Failure):
                self.rejects.append(cut.problem.at(path, cut.place))
                continue
            start = 0
            while start < cut.num_rows:
                part = cut.slice(start, self.batch_size - self.rows)
                start += part.num_rows
                self.records.append(Records(path, ending, given, compact(part)))
                self.rows += part.num_rows
                self.size += part.nbytes
                if self.rows >= self.batch_size or self.size > MAX_CHUNK_BYTES:
                    yield self._chunk()


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
