"""Every mart as a file: Parquet, CSV and JSON Lines. Rows stream, so that a table may be larger than memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow.csv

from pipelines.loading import quoted

# A cell that begins with one of these is a formula to a spreadsheet, their full-width forms included (OWASP, "CSV
# Injection"). An apostrophe before it makes it text.
_FORMULA = r"^[=+\-@\t\r\n＝＋－＠]"
# What Excel takes into one cell is 32,767 UTF-16 units, and the rest of a longer one spills over the rows below.
_LONGEST_CELL = 16_000
_BATCH_ROWS = 10_000


def mart_tables(con: duckdb.DuckDBPyConnection) -> list[str]:
    """The tables of schema `marts`, by name."""
    return [
        name
        for (name,) in con.execute(
            "select table_name from duckdb_tables() where schema_name = 'marts' order by 1"
        ).fetchall()
    ]


def write_parquet(con: duckdb.DuckDBPyConnection, table: str, path: Path) -> None:
    """Types, lists and structs are kept."""
    _copy(con, table, path, "format parquet, compression zstd")


def write_json_lines(con: duckdb.DuckDBPyConnection, table: str, path: Path) -> None:
    """One JSON object a row; dates as ISO 8601, NULL as null."""
    _copy(con, table, path, "format json, array false")


def write_csv(con: duckdb.DuckDBPyConnection, table: str, path: Path) -> None:
    """For spreadsheets: UTF-8 with a byte order mark, texts quoted, formulas made text, lists joined by `; `.

    A text of more than 16,000 characters is cut and ends with `…`; the other formats have all of it.
    """
    columns = con.execute(f'describe marts."{table}"').fetchall()
    cells = ", ".join(f'{_cell(name, kind)} as "{name}"' for name, kind, *_ in columns)
    reader = con.execute(f'select {cells} from marts."{table}"').to_arrow_reader(_BATCH_ROWS)  # noqa: S608 - of the catalog
    with path.open("wb") as file:
        file.write("\ufeff".encode())
        with pyarrow.csv.CSVWriter(file, reader.schema) as writer:
            for batch in reader:
                writer.write_batch(batch)


Writer = Callable[[duckdb.DuckDBPyConnection, str, Path], None]

# By folder: the file's suffix, its media type, and what writes it.
FORMATS: dict[str, tuple[str, str, Writer]] = {
    "parquet": (".parquet", "application/vnd.apache.parquet", write_parquet),
    "csv": (".csv", "text/csv", write_csv),
    "jsonl": (".jsonl", "application/jsonl", write_json_lines),
}


def _copy(con: duckdb.DuckDBPyConnection, table: str, path: Path, how: str) -> None:
    con.execute(f'copy marts."{table}" to {quoted(path)} ({how})')


def _cell(name: str, kind: str) -> str:
    if kind == "VARCHAR[]":
        text = f"array_to_string(\"{name}\", '; ')"
    elif kind.endswith("[]") or kind.startswith(("STRUCT", "MAP", "JSON")):
        text = f'"{name}"::json::varchar'
    elif kind == "VARCHAR":
        text = f'"{name}"'
    else:
        return f'"{name}"'
    text = f"if(length({text}) > {_LONGEST_CELL}, left({text}, {_LONGEST_CELL}) || '…', {text})"
    return f"if(regexp_matches({text}, '{_FORMULA}'), '''' || {text}, {text})"
