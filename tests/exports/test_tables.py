"""Tables as files: what a spreadsheet must not run, what it cannot hold, and what the other formats keep."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import polars as pl
import pytest

from pipelines.exports.tables import write_csv, write_json_lines, write_parquet

FORMULAS = ["=1+1", "+1", "-1", "@sum(1)", "\t=1", "\r=1", "＝1+1", "－1"]


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute("create schema marts")
    return con


def cells(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_the_csv_is_a_formula(con: duckdb.DuckDBPyConnection, tmp_path: Path, formula: str):
    con.execute("create table marts.t as select ? as said, [?, 'b'] as names, -5 as number", [formula, formula])
    write_csv(con, "t", tmp_path / "t.csv")
    _, (said, names, number) = cells(tmp_path / "t.csv")
    assert said == f"'{formula}"
    assert names == f"'{formula}; b"
    assert number == "-5", "a number is no text and stays one"


def test_quotes_commas_and_line_breaks_stay_in_their_cell(con: duckdb.DuckDBPyConnection, tmp_path: Path):
    text = 'Ông nói: "không", rồi\nđi; \'=1'
    con.execute("create table marts.t as select ? as said, 'x' as other", [text])
    write_csv(con, "t", tmp_path / "t.csv")
    assert cells(tmp_path / "t.csv")[1:] == [[text, "x"]]


def test_a_text_that_no_spreadsheet_cell_holds_is_cut_in_the_csv_only(con: duckdb.DuckDBPyConnection, tmp_path: Path):
    con.execute("create table marts.t as select repeat('ă', 40000) as body")
    write_csv(con, "t", tmp_path / "t.csv")
    write_json_lines(con, "t", tmp_path / "t.jsonl")
    cut = cells(tmp_path / "t.csv")[1][0]
    assert cut.endswith("…")
    assert len(cut.encode("utf-16-le")) // 2 <= 32_767
    assert len(json.loads((tmp_path / "t.jsonl").read_text("utf-8"))["body"]) == 40_000


def test_structures_survive(con: duckdb.DuckDBPyConnection, tmp_path: Path):
    con.execute(
        "create table marts.t as select ['PL', 'SK'] as countries, [{'stage': 'agreed', 'day': date '2024-05-18'}] as "
        "history, null::date as missing union all select [], [], null"
    )
    folder = tmp_path / "it's here"
    folder.mkdir()
    write_parquet(con, "t", folder / "t.parquet")
    write_json_lines(con, "t", folder / "t.jsonl")
    read = pl.read_parquet(folder / "t.parquet")
    assert read["countries"].to_list() == [["PL", "SK"], []]
    assert read.schema["history"] == pl.List(pl.Struct({"stage": pl.String, "day": pl.Date}))
    first, _ = (folder / "t.jsonl").read_text("utf-8").splitlines()
    assert json.loads(first) == {
        "countries": ["PL", "SK"], "history": [{"stage": "agreed", "day": "2024-05-18"}], "missing": None,
    }  # fmt: skip


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed: libreoffice-calc-nogui")
def test_libreoffice_shows_the_letters_and_runs_nothing(con: duckdb.DuckDBPyConnection, tmp_path: Path):
    letters = "Nguyễn Văn Ưng ký hợp đồng mua pháo tự hành ở Đắk Lắk"
    con.execute("create table marts.t as select ? as said, '=1+1' as trap, ['Mỹ', 'Đức'] as names", [letters])
    write_csv(con, "t", tmp_path / "t.csv")
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
         "--infilter=CSV:44,34,UTF8", "--convert-to", "fods", "--outdir", str(tmp_path), str(tmp_path / "t.csv")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    document = ElementTree.parse(tmp_path / "t.fods")
    tables = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    shown = ["".join(cell.itertext()).strip() for cell in document.iter(f"{tables}table-cell")]
    assert [text for text in shown if text] == ["said", "trap", "names", letters, "'=1+1", "Mỹ; Đức"]
    assert not [cell for cell in document.iter() if f"{tables}formula" in cell.attrib]
