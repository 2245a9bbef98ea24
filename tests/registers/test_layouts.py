"""Registers in their published layouts, written for these tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.registers import read_registers

SIPRI = """Trade register
Deals with deliveries made in 2020-2025
Generated: 1 March 2026
SIPRI AT Database ID,Supplier,Recipient,Designation,Description,Armament category,Order date,Order date is estimate,\
Numbers delivered,Numbers delivered is estimate,Delivery year,Delivery year is estimate,Status,SIPRI estimate,\
TIV deal unit,TIV delivery values,Local production
501,Poland,Slovakia,Krab,Self-propelled gun,Artillery,2024,No,24,No,2025,Yes,New,3,3,72,No
502,India,Philippines,BrahMos,Anti-ship missile,Missiles,2022,No,10,Yes,2019,No,New,1,1,10,No
503,Unknown supplier(s),Houthi rebels (Yemen)*,Samad-9,UAV,Aircraft,2021,Yes,5,Yes,2021,Yes,New,0.1,0.1,0.5,No
"""

OFAC = (
    '1001,"TRAN, Mot","individual","[DPRK2]",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 1970."\r\n'
    '1002,"HAI TRADING CO. LTD.",-0- ,"[RUSSIA-EO14024]",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n'
    "\x1a\r\n"
)


def put(folder: Path, name: str, content: str | bytes) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    registers = read_registers(tmp_path / "registers")
    assert (registers.sipri.height, registers.ofac.height, registers.rejects.height) == (0, 0, 0)


def test_files_are_known_by_their_content(tmp_path: Path) -> None:
    put(tmp_path, "a.csv", SIPRI)
    put(tmp_path, "B.CSV", OFAC)
    put(tmp_path, "notes.txt", "not a register")
    registers = read_registers(tmp_path)
    assert registers.rejects.height == 0
    first = registers.sipri.row(0, named=True)
    assert (first["supplier"], first["recipient"], first["designation"]) == ("Poland", "Slovakia", "Krab")
    assert (first["order_year"], first["number_delivered"], first["delivery_year"]) == (2024, 24, 2025)
    assert (first["number_is_estimate"], first["delivery_year_is_estimate"], first["line"]) == (False, True, 5)
    person = registers.ofac.row(0, named=True)
    assert (person["register_id"], person["name"], person["kind"]) == ("1001", "TRAN, Mot", "individual")
    assert (person["title"], person["line"], person["file"]) == (None, 1, "B.CSV")
    assert registers.ofac["name"].to_list() == ["TRAN, Mot", "HAI TRADING CO. LTD."]


def test_windows_letters_are_read(tmp_path: Path) -> None:
    put(tmp_path, "a.csv", SIPRI.replace("Slovakia", "Türkiye").encode("cp1252"))
    assert read_registers(tmp_path).sipri["recipient"][0] == "Türkiye"


@pytest.mark.parametrize(
    ("content", "line", "reason", "detail"),
    [
        (SIPRI.replace(",24,", ",many,"), 5, "register_bad_row", "a number is none"),
        (SIPRI.replace("Poland", ""), 5, "register_bad_row", "a side"),
        (SIPRI.replace("Armament category", "Kind"), None, "register_unreadable", "no column Armament category"),
        (OFAC.replace('"TRAN, Mot"', '"-0-"'), 1, "register_bad_row", "the name"),
        (OFAC.replace('"individual"', '"individual",1'), None, "register_unreadable", "CSV"),
        ("date,price\n1,2\n", None, "register_unreadable", "neither"),
        (b"\x00\xff\x00", None, "register_unreadable", "neither"),
    ],
)
def test_what_cannot_be_used_is_rejected_with_its_place(tmp_path, content, line, reason, detail) -> None:
    put(tmp_path / "registers", "x.csv", content)
    (row,) = read_registers(tmp_path / "registers").rejects.to_dicts()
    assert (row["source_path"], row["line"], row["reason"]) == ("registers/x.csv", line, reason)
    assert detail in row["detail"]
