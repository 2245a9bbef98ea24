"""Tables of the store that hold a file as it stands now: each run puts the new content in place of the old."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from pipelines.loading.store import transaction


def replace_table(con: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    """Have `raw.<table>` hold exactly these rows; columns are matched by name."""
    with transaction(con):
        con.register("side_rows", rows)
        con.execute(f"delete from raw.{table}")  # noqa: S608 - our own words
        con.execute(f"insert into raw.{table} by name from side_rows")
        con.unregister("side_rows")
