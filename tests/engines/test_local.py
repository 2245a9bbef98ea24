"""However many processes extract, the same rows come out."""

from __future__ import annotations

import hashlib

import pyarrow as pa

from pipelines.contract import DOCUMENT_SCHEMA, FACT_TYPES
from pipelines.engines import Extracted, engine
from pipelines.engines.local import POOL_FROM
from pipelines.lexicons import load_lexicon
from pipelines.settings import Settings

BODIES = {
    "vi": "Ngày 4/5/2021, Hàn Quốc giao 12 xe tăng cho Peru.",
    "en": "Norway delivered 20 howitzers to Estonia on 4 May 2021.",
}


def extracted(documents: int) -> Extracted:
    rows = [
        {
            "document_id": language,
            "source_path": language,
            "language": language,
            "body": body,
            "content_sha256": hashlib.sha256(body.encode()).hexdigest(),
        }
        for language, body in BODIES.items()
    ]
    batches = [pa.RecordBatch.from_pylist([document], schema=DOCUMENT_SCHEMA) for document in rows]
    whole = Extracted([])
    with engine(Settings(workers=2), load_lexicon(), documents) as extract_all:
        for part in extract_all(batches):
            whole.merge(part)
    return whole


def test_a_pool_gives_the_rows_that_one_process_gives():
    alone, pool = extracted(POOL_FROM - 1), extracted(POOL_FROM)
    assert alone.counts == pool.counts
    assert any(batch.num_rows for batch in alone.reports["arms_transfer"])
    for fact_type in FACT_TYPES:
        assert alone.reports[fact_type] == pool.reports[fact_type]
