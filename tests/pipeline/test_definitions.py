"""The code location: it loads, and lineage runs unbroken from the raw files to every mart and the published file."""

from __future__ import annotations

import dagster as dg
import pytest

from pipelines.loading.publication import CONTRACT_TABLES


def graph() -> dg.AssetGraph:
    from pipelines.definitions import defs

    return defs.resolve_asset_graph()


def test_definitions_can_be_loaded_by_dagster():
    from pipelines.definitions import defs

    dg.Definitions.validate_loadable(defs)


@pytest.mark.parametrize("table", [*CONTRACT_TABLES, "published_warehouse"])
def test_lineage_reaches_back_to_the_raw_files(table: str):
    above = graph().get(dg.AssetKey(table)).parent_keys
    seen = set()
    while above:
        seen |= above
        above = {parent for key in above for parent in graph().get(key).parent_keys} - seen
    reference = {"dim_countries", "dim_actors", "dim_weapon_categories"}
    assert dg.AssetKey("landing_files") in seen or table in reference


def test_assets_are_in_the_groups_of_the_flow():
    groups = {node.group_name for node in (graph().get(key) for key in graph().get_all_asset_keys())}
    assert {"landing", "reports", "marts", "publication", "exports"} <= groups


def test_every_asset_is_materialised_by_one_job_and_described():
    from pipelines.definitions import defs

    jobs = [defs.resolve_job_def(name).asset_layer.executable_asset_keys for name in ("refresh", "export")]
    for key in graph().get_all_asset_keys():
        node = graph().get(key)
        assert node.description, key
        assert not node.is_materializable or sum(key in selected for selected in jobs) == 1, key


def test_every_asset_says_whose_it_is_and_of_what_layer_and_kind():
    for key in graph().get_all_asset_keys():
        node = graph().get(key)
        if node.is_materializable:
            assert node.owners, key
            assert node.kinds, key
            assert "layer" in node.tags, key


@pytest.mark.parametrize("asset", ["landing_files", "documents", "rejected_inputs", "meeting_reports", "fct_meetings"])
def test_columns_are_shown_before_a_run(asset: str):
    shown = graph().get(dg.AssetKey(asset)).metadata["dagster/column_schema"]
    columns = getattr(shown, "schema", shown).columns
    assert all(column.type for column in columns)
    assert any(column.description for column in columns)


def test_every_dbt_test_is_an_asset_check():
    checks = {key.name for key in graph().asset_check_keys}
    assert {"every_report_is_in_one_event", "evidence_is_the_text_at_its_offsets", "corrections_stand"} <= checks
