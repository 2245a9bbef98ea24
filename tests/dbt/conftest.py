"""One warehouse of all link cases, built by a real dbt run, for every test in this folder."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from dbt_runs import dbt, read
from handmade import fill
from link_cases import Case, read_cases
from two_runs import Runs, run_twice

from pipelines.contract import BLOCS
from pipelines.settings import SEEDS

CASES = Path(__file__).with_name("link_cases.yaml")


@pytest.fixture(scope="session")
def target(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("dbt")


@pytest.fixture(scope="session")
def cases() -> list[Case]:
    with (SEEDS / "reference" / "countries.csv").open(encoding="utf-8") as file:
        countries = [row["country_code"] for row in csv.DictReader(file) if row["country_code"] not in BLOCS]
    return read_cases(CASES, countries)


@pytest.fixture(scope="session")
def warehouse_file(cases: list[Case], target: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cases")
    facts = defaultdict(list)
    for case in cases:
        facts[case.fact_type] += case.facts.values()
    fill(folder / "store.duckdb", [document for case in cases for document in case.documents], facts)
    dbt("build", folder / "store.duckdb", folder / "cases.duckdb", target)
    return folder / "cases.duckdb"


@pytest.fixture
def warehouse(warehouse_file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with read(warehouse_file) as con:
        yield con


@pytest.fixture(scope="session")
def runs(cases: list[Case], target: Path, tmp_path_factory: pytest.TempPathFactory) -> Runs:
    return run_twice(cases, target, tmp_path_factory.mktemp("runs"))
