"""The one function that every engine runs: `extract(documents, lexicon) -> Reports`."""

from __future__ import annotations

from typing import Any, NamedTuple

import pyarrow as pa

from pipelines.contract import ARMS_TRANSFER_SCHEMA, MEETING_SCHEMA, SANCTION_SCHEMA


class Reports(NamedTuple):
    """What one batch of documents says, one RecordBatch a fact type, and how the kernel got there.

    `counts` sums up what no row shows: documents read, trigger sentences, trigger sentences without a row.
    """

    arms_transfer: pa.RecordBatch
    sanction: pa.RecordBatch
    meeting: pa.RecordBatch
    counts: dict[str, int]


def extract(documents: pa.RecordBatch, lexicon: Any) -> Reports:
    """Extract every report of `documents` (columns of `contract.DOCUMENT_SCHEMA`, in any order)."""
    return Reports(
        *(schema.empty_table().to_batches()[0] if schema.empty_table().to_batches() else pa.RecordBatch.from_pylist([], schema)
          for schema in (ARMS_TRANSFER_SCHEMA, SANCTION_SCHEMA, MEETING_SCHEMA)),
        counts={"documents": documents.num_rows},
    )
