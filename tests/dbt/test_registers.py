"""The press against registers in their published layouts: found in both, differing, only in one of them."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from dbt_runs import dbt, read
from handmade import fill
from link_cases import read_cases

from pipelines.loading import connect_store, replace_table
from pipelines.registers import read_registers

STORY = """
arms_transfer:
  - case: arms
    reports:
      same: {out: 2024-05-20, date: 2024-05-18,
        stage: agreed, what: artillery, type: Krab, number: 24, from: PL, to: SK}
      more: {out: 2022-02-02, date: 2022-02-01,
        stage: delivered, what: missile_or_rocket, type: BrahMos, number: 30, from: IN, to: PH}
      vague: {out: 2021-02-02, date: [2021-01-01, 2021-12-31], stage: delivered, what: naval, from: KR, to: PE}
      late: {out: 2019-02-02, date: 2019-02-01, stage: delivered, what: helicopter, type: Mi-17, from: RU, to: VN}
      alone: {out: 2021-02-02, date: 2021-02-01, stage: delivered, what: uav, type: Orlan 10, from: RU, to: BY}
      wish: {out: 2021-02-02, date: 2021-02-01, stage: sought, what: radar_or_sensor, from: RU, to: LA}
    events: []
sanction:
  - case: lists
    reports:
      person: {out: 2023-02-02, date: 2023-02-01,
        stage: imposed, authority: US, target: KP, kind: person, name: Mot Tran}
      lifted: {out: 2024-02-02, date: 2024-02-01,
        stage: lifted, authority: US, target: RU, kind: organisation, name: Hai Trading}
      other: {out: 2023-02-02, date: 2023-02-01,
        stage: imposed, authority: US, target: RU, kind: person, name: Hai Trading}
      europe: {out: 2023-02-02, date: 2023-02-01,
        stage: imposed, authority: EU, target: KP, kind: person, name: Mot Tran}
    events: []
"""

COLUMNS = (
    "SIPRI AT Database ID,Supplier,Recipient,Designation,Description,Armament category,Order date,"
    "Order date is estimate,Numbers delivered,Numbers delivered is estimate,Delivery year,Delivery year is estimate"
)
SIPRI = f"""Trade register

{COLUMNS}
1,Poland,Slovakia,Krab,Self-propelled gun,Artillery,2024,No,10,No,2025,No
1,Poland,Slovakia,Krab,Self-propelled gun,Artillery,2024,No,14,No,2026,Yes
2,India,Philippines,BrahMos,Anti-ship missile,Missiles,2020,No,12,No,2022,No
3,South Korea,Peru,Pohang,Corvette,Ships,2019,No,1,No,2021,No
4,Russia,Viet Nam,Mi-17,Helicopter,Aircraft,2014,Yes,6,No,2017,No
5,unknown supplier(s),Houthi rebels (Yemen)*,Samad-9,UAV,Aircraft,2021,Yes,5,Yes,2021,Yes
"""
OFAC = (
    '1001,"TRAN, Mot Hai","individual","[DPRK2]",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 1970."\r\n'
    '1002,"HAI TRADING CO. LTD.",-0- ,"[RUSSIA-EO14024]",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n\x1a\r\n'
)


@pytest.fixture(scope="module")
def compared(target: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[Any, ...]]]:
    folder = tmp_path_factory.mktemp("compared")
    (folder / "registers").mkdir()
    (folder / "registers" / "trade-register.csv").write_text(SIPRI, encoding="utf-8")
    (folder / "registers" / "SDN.CSV").write_text(OFAC, encoding="utf-8")
    (folder / "story.yaml").write_text(STORY, encoding="utf-8")
    cases = read_cases(folder / "story.yaml", [])
    facts = defaultdict(list)
    for case in cases:
        facts[case.fact_type] += case.facts.values()
    fill(folder / "store.duckdb", [document for case in cases for document in case.documents], facts)
    registers = read_registers(folder / "registers")
    assert registers.rejects.height == 0
    with connect_store(folder / "store.duckdb") as con:
        replace_table(con, "sipri_deliveries", registers.sipri.to_arrow())
        replace_table(con, "ofac_entries", registers.ofac.to_arrow())
    dbt("build", folder / "store.duckdb", folder / "built.duckdb", target)
    names = {case.report_id(key): key for case in cases for key in case.reports}
    with read(folder / "built.duckdb") as con:
        found = con.execute(
            "select coalesce(a.report_id, s.report_id) as report_id, m.register_id, m.status, m.differences, "
            "m.register_quantity, m.country_b from marts.mart_register_comparison as m "
            "left join marts.fct_arms_transfer_reports as a using (event_id) "
            "left join marts.fct_sanction_reports as s using (event_id)"
        ).fetchall()
    rows = defaultdict(list)
    for report_id, register_id, *rest in found:
        rows[names.get(report_id, register_id)].append((register_id, *rest))
    return rows


@pytest.mark.parametrize(
    ("key", "row"),
    [
        ("same", ("1", "both", [], 24, "SK")),
        ("more", ("2", "differing", ["quantity"], 12, "PH")),
        ("vague", ("3", "both", [], 1, "PE")),
        ("late", ("4", "differing", ["date"], 6, "VN")),
        ("alone", (None, "press_only", [], None, "BY")),
        ("5", ("5", "register_only", [], 5, "YE")),
        ("person", ("1001", "both", [], None, "KP")),
        ("lifted", ("1002", "differing", ["status"], None, "RU")),
        ("other", (None, "press_only", [], None, "RU")),
    ],
)
def test_each_is_found_where_it_stands(compared: dict[str, list[tuple[Any, ...]]], key: str, row: tuple) -> None:
    assert compared[key] == [row]


def test_nothing_else_is_compared(compared: dict[str, list[tuple[Any, ...]]]) -> None:
    assert not {"wish", "europe"} & set(compared)
    assert sum(map(len, compared.values())) == 9
