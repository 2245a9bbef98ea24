"""Documents → MinHash signatures, whole batches at a time: `sign(documents) -> signatures`.

A signature stands for the set of a text's shingles, all runs of three words without case and punctuation. The share of
places in which two signatures agree estimates the share of shingles that two texts have in common (Jaccard): Leskovec,
Rajaraman, Ullman, Mining of Massive Datasets, chapter 3. The signatures are Rensa's.
"""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path

import polars as pl
import pyarrow as pa
from rensa import RMinHash

PLACES = 48
_SHINGLE = 3
_SEED = 20260101
_WORD = r"[\p{L}\p{M}\p{N}]+"
# Odd numbers that spread a word's hash differently at each place of a shingle (xxHash's primes).
_SPREAD = (11400714785074694791, 14029467366897019727, 1609587929392839161)

SIGNATURE_SCHEMA = pa.schema(
    [
        pa.field("document_id", pa.string(), nullable=False),
        # Empty for a text of less than three words, which is like nothing.
        pa.field("signature", pa.list_(pa.uint32()), nullable=False),
    ]
)


def _version() -> str:
    """The hashes of these libraries are promised for one version of them only; DuckDB hashes signatures further."""
    made_by = f"{version('rensa')} {version('polars')} {version('duckdb')}".encode()
    return hashlib.sha256(made_by + Path(__file__).read_bytes()).hexdigest()[:12]


SIGNATURE_VERSION = _version()


def sign(documents: pa.RecordBatch) -> pa.RecordBatch:
    """The signature of each document (columns `document_id` and `body`), in the same order."""
    bodies = pl.from_arrow(documents.column("body"))
    words = pl.DataFrame({"row": range(len(bodies)), "word": bodies.str.to_lowercase().str.extract_all(_WORD)})
    hashes = (
        words.lazy()
        .explode("word")
        .drop_nulls()
        .with_columns(pl.col("word").hash(_SEED))
        .select(
            "row",
            shingle=pl.sum_horizontal(
                *(pl.col("word").shift(-place) * pl.lit(spread, pl.UInt64) for place, spread in enumerate(_SPREAD))
            ),
            whole=pl.col("row") == pl.col("row").shift(1 - _SHINGLE),
        )
        .filter("whole")
        .collect()
    )
    sizes = words.select("row").join(hashes.group_by("row").len("size"), on="row", how="left", maintain_order="left")
    ends = sizes["size"].fill_null(0).cast(pl.UInt64).cum_sum()
    offsets = pl.concat([pl.Series([0], dtype=pl.UInt64), ends])
    digests = RMinHash.digest_matrix_from_flat_token_hashes(
        _buffer(hashes["shingle"]), _buffer(offsets), num_perm=PLACES, seed=_SEED
    )
    signatures = [
        signature if size else [] for signature, size in zip(digests.to_rows(), sizes["size"].to_list(), strict=True)
    ]
    columns = [documents.column("document_id"), pa.array(signatures, pa.list_(pa.uint32()))]
    return pa.RecordBatch.from_arrays(columns, schema=SIGNATURE_SCHEMA)


def _buffer(values: pl.Series) -> memoryview:
    return memoryview(values.rechunk().to_arrow().buffers()[1]).cast("Q")[: len(values)]
