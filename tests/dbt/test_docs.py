"""The dictionary: everything that dbt's docs show is described, and every example query runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from dbt_runs import dbt, read

from pipelines import contract
from pipelines.settings import DBT_PROJECT


@pytest.fixture(scope="module")
def docs(warehouse_file: Path, target: Path) -> Path:
    dbt("docs generate", warehouse_file.with_name("store.duckdb"), warehouse_file, target)
    return target


@pytest.fixture(scope="module")
def nodes(docs: Path) -> list[dict[str, Any]]:
    manifest = json.loads((docs / "manifest.json").read_text(encoding="utf-8"))
    return [*manifest["nodes"].values(), *manifest["sources"].values(), *manifest["exposures"].values()]


def test_everything_has_a_description(nodes: list[dict[str, Any]]) -> None:
    kinds = ("model", "seed", "source", "analysis", "exposure")
    described = [node for node in nodes if node["resource_type"] in kinds]
    assert not [node["name"] for node in described if not node["description"].strip()]


def test_models_seeds_and_sources_state_their_grain(nodes: list[dict[str, Any]]) -> None:
    tables = [node for node in nodes if node["resource_type"] in ("model", "seed", "source")]
    assert not [node["name"] for node in tables if not node["description"].startswith("Grain: one row per ")]


def test_every_column_has_a_description(docs: Path, nodes: list[dict[str, Any]]) -> None:
    catalog = json.loads((docs / "catalog.json").read_text(encoding="utf-8"))["nodes"]
    described = {
        node["unique_id"]: {name.lower() for name, column in node["columns"].items() if column["description"].strip()}
        for node in nodes
        if node["resource_type"] in ("model", "seed")
    }
    assert set(described) <= set(catalog)
    bare = {
        table: sorted(missing)
        for table, columns in described.items()
        if (missing := {name.lower() for name in catalog[table]["columns"]} - columns)
    }
    assert not bare


def test_code_lists_of_the_marts_are_those_of_the_contract(nodes: list[dict[str, Any]]) -> None:
    lists = {
        "claim_status": contract.CLAIM_STATUSES,
        "date_precision": contract.DATE_PRECISIONS,
        "published_on_source": contract.PUBLISHED_ON_SOURCES,
        "weapon_category": contract.WEAPON_CATEGORIES,
        "target_kind": contract.TARGET_KINDS,
        "measure": contract.MEASURES,
        "meeting_kind": contract.MEETING_KINDS,
        "fact_type": contract.FACT_TYPES,
    }
    stages = {
        "arms_transfer": contract.ARMS_TRANSFER_STAGES,
        "sanction": contract.SANCTION_STAGES,
        "meeting": contract.MEETING_STAGES,
    }
    tests = [node for node in nodes if node.get("test_metadata", {}) and node["test_metadata"]["name"] == "holds"]
    checked = set()
    for test in tests:
        for column, values in test["test_metadata"]["kwargs"].get("codes", {}).items():
            table = test["name"].removesuffix("_holds")
            kind = next((kind for kind in stages if table in (f"fct_{kind}_reports", f"fct_{kind}s")), None)
            wanted = stages[kind] if kind and column in ("stage", "current_stage") else lists.get(column)
            if wanted:
                assert set(values) == set(wanted), f"{table}.{column}"
                checked.add(column)
    assert checked == {*lists, "stage", "current_stage"}


def test_only_marts_are_in_the_schema_that_analysts_read(nodes: list[dict[str, Any]]) -> None:
    models = [node for node in nodes if node["resource_type"] == "model"]
    assert {node["schema"] for node in models} == {"staging", "intermediate", "marts", "plain"}
    for node in models:
        assert node["schema"] == Path(node["original_file_path"]).parts[1]
        assert node["config"]["contract"]["enforced"] == (node["schema"] == "marts")


@pytest.mark.parametrize("query", sorted(file.stem for file in (DBT_PROJECT / "analyses").glob("*.sql")))
def test_example_queries_run(query: str, docs: Path, warehouse_file: Path) -> None:
    compiled = docs / "compiled" / "armswatch" / "analyses" / f"{query}.sql"
    with read(warehouse_file) as con:
        assert con.execute(compiled.read_text(encoding="utf-8")).description
