"""A warehouse without any article is built all the same, and every rule does what its unit tests say."""

from __future__ import annotations

import json
from pathlib import Path

from dbt_runs import dbt, read

from pipelines.loading import connect_store


def test_an_empty_store_gives_empty_marts(tmp_path: Path, target: Path) -> None:
    with connect_store(tmp_path / "store.duckdb"):
        pass
    dbt("build", tmp_path / "store.duckdb", tmp_path / "empty.duckdb", target, unit_tests=True)
    results, manifest = (
        json.loads((target / name).read_text("utf-8")) for name in ("run_results.json", "manifest.json")
    )
    passed = {result["unique_id"] for result in results["results"] if result["status"] == "pass"}
    assert manifest["unit_tests"]
    assert set(manifest["unit_tests"]) <= passed
    with read(tmp_path / "empty.duckdb") as con:
        assert con.execute("select count(*) from marts.fct_meetings").fetchone() == (0,)
        assert con.execute("select count(*) from marts.dim_weapon_categories").fetchone() == (18,)
