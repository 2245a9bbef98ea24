"""An analyst: `python reader.py <warehouse> <stop> short|long` reads until the file `stop` is there.

Prints a line of JSON an answer: what the warehouse says it was made of, and the hash of all its rows. `short` opens the
file for each answer; `long` opens it once, and every answer must be the first one.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import duckdb


def answer(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Every row of every mart, as a hash, asked for in many queries."""
    names = con.execute("select table_name from duckdb_tables() where schema_name = 'marts' order by 1").fetchall()
    made_of = con.execute("select fingerprint from pipeline.publication").fetchone()[0]
    sums = [con.execute(f'select count(*), sum(hash(t)) from marts."{name}" as t').fetchone() for (name,) in names]  # noqa: S608
    lost = con.execute(
        "select count(*) from marts.fct_meeting_reports anti join marts.dim_documents using (document_id)"
    ).fetchone()
    if lost != (0,):
        raise SystemExit(f"{lost[0]} reports without their document")
    return {"made of": made_of, "content": str(sums)}


def main(warehouse: Path, stop: Path, kind: str) -> None:
    if kind == "long":
        with duckdb.connect(str(warehouse), read_only=True) as con:
            first = answer(con)
            print(json.dumps(first), flush=True)
            while not stop.exists():
                if answer(con) != first:
                    raise SystemExit("an open connection changed its answer")
        return
    while True:
        last = stop.exists()
        with duckdb.connect(str(warehouse), read_only=True) as con:
            print(json.dumps(answer(con)), flush=True)
        if last:
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
