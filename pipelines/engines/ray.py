"""Many machines: the kernel on Ray Data. Batches go through files, so that what is done stays done.

Below the storage, which every node must see, a batch has one name in all folders:

    documents/<name>.parquet        what to read (`contract.DOCUMENT_SCHEMA`)
    <fact type>/<name>.parquet      what it says (`contract.REPORT_SCHEMAS`)
    read/<name>.parquet             document_id, error; its metadata has the counts. Comes last: the batch is done.

The name is a hash of documents and extractor, and a document's id tells whether a batch ends with it. So a run that
follows one that died meets the same batches again, and only those that are not done are extracted.
"""

from __future__ import annotations

import hashlib
import json
import os
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any
from zlib import crc32

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.fs as pafs
import pyarrow.parquet as pq

from pipelines.contract import FACT_TYPES, REPORT_SCHEMAS
from pipelines.engines.batches import EngineError, Extracted, Mapper, extract_batch
from pipelines.lexicons import Lexicon
from pipelines.settings import Settings

os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
try:
    import ray
except ImportError:
    raise EngineError("EXTRACTOR_ENGINE=ray needs Ray: make setup EXTRAS=ray.") from None

# Documents of a batch, on average.
BATCH = 1000

_PACKAGE = Path(__file__).parent.parent


@contextmanager
def engine(settings: Settings, lexicon: Lexicon, documents: int) -> Iterator[Mapper]:
    """A function that maps batches to what they say, on the cluster of the settings, else on one of its own."""
    if not documents:
        yield lambda batches: iter(())
        return
    storage = _Storage(settings.ray_storage or str(settings.state / "ray"))
    own = {"address": "local", "num_cpus": settings.workers}
    ray.init(
        **({"address": settings.ray_address} if settings.ray_address else own),
        # The rules travel with the run: nodes need the packages that these rest on, not this version of the project.
        runtime_env={"py_modules": [str(_PACKAGE)]},
        include_dashboard=False,
        log_to_driver=False,
    )
    try:
        yield lambda batches: _map(storage, batches, lexicon)
    finally:
        ray.shutdown()
    storage.clear()


def _map(storage: _Storage, batches: Iterable[pa.RecordBatch], lexicon: Lexicon) -> Iterator[Extracted]:
    names = [storage.put_documents(batch, lexicon.version) for batch in _cut(batches, BATCH)]
    work = ray.data.from_items(names, override_num_blocks=len(names)).map(
        _extract, fn_kwargs={"storage": storage, "lexicon": ray.put(lexicon)}
    )
    for done in work.iter_rows():
        yield storage.extracted(done["name"])


def _cut(batches: Iterable[pa.RecordBatch], rows: int) -> Iterator[pa.Table]:
    """Batches of so many rows on average, each ending with a document whose id says so, whatever comes before it."""
    kept: list[pa.RecordBatch] = []
    for batch in batches:
        start = 0
        for end, document_id in enumerate(batch.column("document_id").to_pylist(), 1):
            if crc32(document_id.encode()) % rows == 0:
                yield pa.Table.from_batches([*kept, batch.slice(start, end - start)])
                kept, start = [], end
        if start < batch.num_rows:
            kept.append(batch.slice(start))
    if kept:
        yield pa.Table.from_batches(kept)


def _extract(item: dict[str, Any], storage: _Storage, lexicon: ray.ObjectRef) -> dict[str, Any]:
    """One batch, in a worker of the cluster. May run again after a node died, and gives the same files then."""
    name = item["item"]
    if not storage.has_extracted(name):
        storage.put_extracted(name, extract_batch(storage.documents(name), _lexicon(lexicon)))
    return {"name": name}


@lru_cache(maxsize=1)
def _lexicon(reference: ray.ObjectRef) -> Lexicon:
    return ray.get(reference)


class _Storage:
    """The files of the batches, in a folder or an object store."""

    def __init__(self, place: str) -> None:
        self._files, path = pafs.FileSystem.from_uri(place)
        self._root = f"{path}/armswatch"
        for folder in ("documents", *FACT_TYPES, "read"):
            self._files.create_dir(f"{self._root}/{folder}")

    def put_documents(self, documents: pa.Table, version: str) -> str:
        """Write a batch for the nodes to read, if it is not there; returns its name."""
        content = _parquet(documents)
        name = hashlib.sha256(version.encode() + content).hexdigest()[:32]
        if not self._has("documents", name):
            self._put("documents", name, content)
        return name

    def documents(self, name: str) -> pa.RecordBatch:
        """The batch of this name."""
        return self._get("documents", name).combine_chunks().to_batches()[0]

    def put_extracted(self, name: str, extracted: Extracted) -> None:
        """Write what a batch came to."""
        for fact_type, schema in REPORT_SCHEMAS.items():
            self._put(fact_type, name, _parquet(pa.Table.from_batches(extracted.reports[fact_type], schema)))
        ids = extracted.document_ids
        read = pa.table(
            {"document_id": ids, "error": [extracted.errors.get(document_id) for document_id in ids]}, _READ
        )
        self._put("read", name, _parquet(read.replace_schema_metadata({"counts": json.dumps(extracted.counts)})))

    def has_extracted(self, name: str) -> bool:
        """Whether a batch is done."""
        return self._has("read", name)

    def extracted(self, name: str) -> Extracted:
        """What a batch came to, as if it had been extracted here."""
        read = self._get("read", name)
        errors = read.filter(pc.is_valid(read.column("error"))).to_pydict()
        return Extracted(
            read.column("document_id").to_pylist(),
            {
                fact_type: self._get(fact_type, name).cast(schema).combine_chunks().to_batches()
                for fact_type, schema in REPORT_SCHEMAS.items()
            },
            json.loads(read.schema.metadata[b"counts"]),
            dict(zip(errors["document_id"], errors["error"], strict=True)),
        )

    def clear(self) -> None:
        """Forget all batches, those of other versions of the extractor too."""
        self._files.delete_dir(self._root)

    def _has(self, folder: str, name: str) -> bool:
        return self._files.get_file_info(self._path(folder, name)).type == pafs.FileType.File

    def _get(self, folder: str, name: str) -> pa.Table:
        return pq.read_table(self._path(folder, name), filesystem=self._files, partitioning=None)

    def _put(self, folder: str, name: str, content: pa.Buffer) -> None:
        """Whole or not at all, also where a node that was given up writes the same file."""
        part = f"{self._root}/{folder}/.{name}.{uuid.uuid4().hex}"
        with self._files.open_output_stream(part) as stream:
            stream.write(content)
        self._files.move(part, self._path(folder, name))

    def _path(self, folder: str, name: str) -> str:
        return f"{self._root}/{folder}/{name}.parquet"


_READ = pa.schema([pa.field("document_id", pa.string(), nullable=False), pa.field("error", pa.string())])


def _parquet(table: pa.Table) -> pa.Buffer:
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    return sink.getvalue()
