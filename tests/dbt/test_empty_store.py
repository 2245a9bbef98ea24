"""A warehouse without any article is built all the same."""

from __future__ import annotations

from pathlib import Path

from dbt_runs import dbt, read

from pipelines.loading import connect_store


def test_an_empty_store_gives_empty_marts(tmp_path: Path, target: Path) -> None:
    with connect_store(tmp_path / "store.duckdb"):
        pass
    dbt("build", tmp_path / "store.duckdb", tmp_path / "empty.duckdb", target)
    with read(tmp_path / "empty.duckdb") as con:
        assert con.execute("select count(*) from marts.fct_meetings").fetchone() == (0,)
        assert con.execute("select count(*) from marts.dim_weapon_categories").fetchone() == (18,)
