"""Reports in the store: which documents wait for the present extractor, and replacing what an older one said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import duckdb
import pyarrow as pa

from pipelines.contract import DOCUMENT_SCHEMA
from pipelines.loading.store import now, transaction

# DuckDB hands rows out by its vectors of 2048.
_READ_ROWS = 2048
_PENDING = """
    from raw.documents anti join (
        select document_id from raw.extractions
        where extractor_version = $version or starts_with($version, extractor_version || '/')
    ) as done using (document_id)
    where language in (select unnest($languages))
"""


def pending_count(con: duckdb.DuckDBPyConnection, version: str, languages: Sequence[str]) -> int:
    """How many documents in these languages this version of the extractor has not read.

    `<version>/<fact type>` is the version when only that type is kept: less than `<version>` itself.
    """
    arguments = {"version": version, "languages": list(languages)}
    return con.execute(f"select count(*) {_PENDING}", arguments).fetchone()[0]


def pending_batches(
    con: duckdb.DuckDBPyConnection, version: str, languages: Sequence[str], batch_rows: int, in_order: bool = False
) -> Iterator[pa.RecordBatch]:
    """Those documents, at most `batch_rows` to a batch, as the store was when the first was asked for.

    Writing to the store meanwhile is allowed. in_order: by `document_id`, which costs a sort.
    """
    columns = ", ".join(DOCUMENT_SCHEMA.names)
    with con.cursor() as reader:
        found = reader.execute(
            f"select {columns} {_PENDING} {'order by document_id' if in_order else ''}",
            {"version": version, "languages": list(languages)},
        ).to_arrow_reader(_READ_ROWS)
        for batch in found:
            rows = batch.cast(DOCUMENT_SCHEMA)
            for start in range(0, rows.num_rows, batch_rows):
                yield rows.slice(start, batch_rows)


def write_reports(
    con: duckdb.DuckDBPyConnection,
    version: str,
    document_ids: Sequence[str],
    reports: Mapping[str, Sequence[pa.RecordBatch]],
    errors: Mapping[str, str],
) -> None:
    """Put what the extractor said of these documents in place of whatever stood there, all at once.

    reports: by fact type; one that is not there stays as it was.
    errors: by document, where the extractor failed; such a document keeps no reports.
    """
    moment = now()
    read = pa.table(
        {
            "document_id": pa.array(document_ids, pa.string()),
            "error": pa.array([errors.get(document_id) for document_id in document_ids], pa.string()),
        }
    )
    with transaction(con):
        con.register("read", read)
        for fact_type, of_type in reports.items():
            table = f"raw.{fact_type}_reports"
            con.execute(f"delete from {table} where document_id in (select document_id from read)")  # noqa: S608
            batches = [batch for batch in of_type if batch.num_rows]
            if batches:
                con.register("found", pa.Table.from_batches(batches))
                con.execute(f"insert into {table} by name select *, ?::timestamp as extracted_at from found", [moment])  # noqa: S608
                con.unregister("found")
        con.execute("delete from raw.extractions where document_id in (select document_id from read)")
        con.execute("insert into raw.extractions select document_id, ?, ?, error from read", [version, moment])
        con.unregister("read")


def forget_extractions(con: duckdb.DuckDBPyConnection) -> None:
    """Have every document extracted again by the next pass."""
    con.execute("delete from raw.extractions")
