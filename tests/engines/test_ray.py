"""A cluster gives the rows that one machine gives, also when a run goes on from another and when a node dies."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from ray_nodes import Node, cluster, wait_until

pytest.importorskip("ray", reason="Ray is an extra: make setup EXTRAS=ray")

from pipelines.contract import DOCUMENT_SCHEMA, FACT_TYPES, REPORT_SCHEMAS
from pipelines.engines import Extracted, engine
from pipelines.engines import ray as ray_engine
from pipelines.lexicons import Lexicon, load_lexicon
from pipelines.settings import Settings

SENTENCES = {
    "vi": "Ngày {day}/5/2021, Hàn Quốc giao {many} xe tăng cho Peru. Ngoại trưởng Chile hội đàm với người đồng cấp Ý.",
    "en": "Norway delivered {many} howitzers to Estonia on {day} May 2021. Japan imposed an asset freeze on Belarus.",
}
DOCUMENTS = 600


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="module")
def nodes() -> Iterator[tuple[str, Node]]:
    with cluster() as found:
        yield found


@pytest.fixture
def settings(nodes: tuple[str, Node], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(ray_engine, "BATCH", 20)
    return Settings.from_env(
        {
            "WAREHOUSE": str(tmp_path / "w.duckdb"),
            "EXTRACTOR_ENGINE": "ray",
            "RAY_ADDRESS": nodes[0],
            "RAY_STORAGE": str(tmp_path / "storage"),
        }
    )


def documents() -> Iterator[pa.RecordBatch]:
    bodies = [
        (language, sentence.format(day=number % 28 + 1, many=number + 10))
        for number in range(DOCUMENTS // 2)
        for language, sentence in SENTENCES.items()
    ]
    rows = [
        {
            "document_id": (digest := hashlib.sha256(body.encode()).hexdigest())[:16],
            "source_path": "a.txt",
            "language": language,
            "body": body,
            "content_sha256": digest,
        }
        for language, body in bodies
    ]
    whole = pa.RecordBatch.from_pylist(sorted(rows, key=lambda row: row["document_id"]), schema=DOCUMENT_SCHEMA)
    return (whole.slice(start, 70) for start in range(0, DOCUMENTS, 70))


def gathered(parts: Iterator[Extracted]) -> Extracted:
    whole = Extracted([])
    for part in parts:
        whole.merge(part)
    return whole


def as_bytes(extracted: Extracted) -> dict[str, bytes]:
    """The reports of each fact type, sorted, as the bytes of an Arrow file."""
    found = {}
    for fact_type in FACT_TYPES:
        table = pa.Table.from_batches(extracted.reports[fact_type], REPORT_SCHEMAS[fact_type])
        sink = pa.BufferOutputStream()
        with pa.ipc.new_file(sink, table.schema) as file:
            file.write(table.sort_by("report_id").combine_chunks())
        found[fact_type] = sink.getvalue().to_pybytes()
    return found


@pytest.fixture(scope="module")
def alone(lexicon: Lexicon) -> Extracted:
    """What the default engine makes of the documents."""
    with engine(Settings(), lexicon, DOCUMENTS) as extract_all:
        whole = gathered(extract_all(documents()))
    assert all(any(batch.num_rows for batch in batches) for batches in whole.reports.values())
    return whole


def assert_same(found: Extracted, alone: Extracted) -> None:
    assert sorted(found.document_ids) == sorted(alone.document_ids)
    assert (found.counts, found.errors) == (alone.counts, alone.errors)
    assert as_bytes(found) == as_bytes(alone)


def done(settings: Settings) -> dict[str, int]:
    """The batches that are done, by name, with what changes when one is done again."""
    return {path.name: path.stat().st_ino for path in Path(settings.ray_storage).glob("*/read/*.parquet")}


def test_a_run_that_died_is_gone_on_with_batch_by_batch(settings: Settings, lexicon: Lexicon, alone: Extracted):
    with pytest.raises(KeyboardInterrupt), engine(settings, lexicon, DOCUMENTS) as extract_all:
        next(extract_all(documents()))
        raise KeyboardInterrupt
    before = done(settings)
    assert before
    with engine(settings, lexicon, DOCUMENTS) as extract_all:
        found = gathered(extract_all(documents()))
        assert before.items() <= done(settings).items(), "what was done is not done again"
    assert_same(found, alone)
    assert not list(Path(settings.ray_storage).iterdir()), "nothing is left when all was handed over"


def test_batches_stay_as_they_are_when_others_were_loaded(lexicon: Lexicon):
    def cut(batches: Iterator[pa.RecordBatch]) -> list[list[str]]:
        return [table.column("document_id").to_pylist() for table in ray_engine._cut(batches, 20)]

    before = cut(documents())
    assert len(before) > 10
    loaded = pa.array([document_id for batch in before[3:5] for document_id in batch])
    rest = (batch.filter(pc.invert(pc.is_in(batch["document_id"], loaded))) for batch in documents())
    assert cut(rest) == before[:3] + before[5:]


def test_a_node_that_dies_midway_loses_nothing(
    settings: Settings, nodes: tuple[str, Node], lexicon: Lexicon, alone: Extracted
):
    with engine(settings, lexicon, DOCUMENTS) as extract_all:
        parts = extract_all(documents())
        found = next(parts)
        wait_until(nodes[1].works)
        nodes[1].kill()
        assert len(done(settings)) < len(list(Path(settings.ray_storage).glob("*/documents/*.parquet")))
        for part in parts:
            found.merge(part)
    assert_same(found, alone)


def test_what_the_kernel_failed_on_is_told_as_it_is_by_one_machine(tmp_path: Path):
    storage = ray_engine._Storage(str(tmp_path))
    said = Extracted(["a", "b"], counts={"documents": 1}, errors={"b": "ValueError: no"})
    storage.put_extracted("batch", said)
    assert storage.extracted("batch") == said
