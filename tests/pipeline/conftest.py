"""One real run over the articles of the first run (Dagster, DuckDB, dbt), and the history that grows on it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import dagster as dg
import pytest
from house import House

from pipelines.console.home import enter
from pipelines.console.run import reasons
from pipelines.settings import SEEDS, Settings


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house after its first run, with a file among the articles that nothing can read."""
    root = tmp_path_factory.mktemp("house")
    shutil.copytree(SEEDS / "articles", root / "landing")
    (root / "landing" / "broken.pdf").write_bytes(b"%PDF-1.4 no article")
    settings = Settings(landing=root / "landing", warehouse=root / "w.duckdb", lock_wait=0.2)
    enter(settings)
    with dg.DagsterInstance.get() as instance:
        house = House(settings, instance)
        house.first = house.run()
        assert house.first.success, reasons(house.first)
        yield house
