"""The exports of a real run: every table in every format, and entities that FollowTheMoney's validator accepts."""

from __future__ import annotations

import json
from collections import Counter

import polars as pl
import pytest
from house import House

from pipelines.defs import exports as assets


@pytest.fixture(scope="module")
def exported(house: House) -> House:
    result = house.run("export")
    assert result.success
    return house


def test_polars_reads_every_table_with_all_its_rows(exported: House):
    content = exported.content()
    folder = exported.settings.exports
    for table, rows in content.items():
        assert pl.read_parquet(folder / "parquet" / f"{table}.parquet").height == len(rows), table
        assert len((folder / "jsonl" / f"{table}.jsonl").read_text("utf-8").splitlines()) == len(rows), table
        assert (folder / "csv" / f"{table}.csv").read_bytes().startswith(b"\xef\xbb\xbf"), table


def test_the_package_counts_rows(exported: House):
    package = json.loads((exported.settings.exports / "datapackage.json").read_text("utf-8"))
    rows = {resource["path"]: resource["rows"] for resource in package["resources"]}
    assert rows["csv/dim_documents.csv"] == len(exported.content()["dim_documents"])


def test_without_the_package_only_the_entities_are_left_out(exported: House, monkeypatch: pytest.MonkeyPatch):
    def not_installed(*_: object) -> None:
        raise ModuleNotFoundError("followthemoney")

    monkeypatch.setattr(assets, "write_entities", not_installed)
    result = exported.run("export")
    assert result.success
    keys = {event.asset_key.path[-1] for event in result.all_events if event.is_step_materialization}
    assert keys == {"parquet_export", "csv_export", "jsonl_export"}
    assert not (exported.settings.exports / "followthemoney").exists()


@pytest.fixture(scope="module")
def entities(house: House) -> list[dict]:
    pytest.importorskip("followthemoney", reason="make setup EXTRAS=ftm installs followthemoney")
    assert house.run("export").success
    lines = (house.settings.exports / "followthemoney" / "entities.ftm.json").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_followthemoney_accepts_every_entity(entities: list[dict]):
    from followthemoney import model

    for entity in entities:
        schema = model.get(entity["schema"])
        schema.validate(entity)
        assert not set(schema.required) - set(entity["properties"]), entity
        assert model.get_proxy(entity, cleaned=False).to_dict() == entity, "cleaning finds nothing to clean"
    of_schema = Counter(entity["schema"] for entity in entities)
    assert {"Sanction", "Event", "Person", "Organization", "PublicBody", "Article", "Documentation"} <= set(of_schema)


def test_entities_point_at_entities_that_are_there(entities: list[dict]):
    from followthemoney import model

    ids = {entity["id"] for entity in entities}
    assert len(ids) == len(entities)
    for entity in entities:
        for name, values in entity["properties"].items():
            if model.get(entity["schema"]).properties[name].type.name == "entity":
                assert set(values) <= ids, entity


def test_each_report_that_is_not_only_denied_is_documented(house: House, entities: list[dict]):
    reports = house.query(
        " union all ".join(
            f"select report_id, evidence_text from marts.fct_{fact}_reports as r join marts.fct_{fact}s as e "  # noqa: S608
            "using (event_id) where e.claim_status <> 'denied'"
            for fact in ("arms_transfer", "sanction", "meeting")
        )
    )
    shown = {
        (entity["properties"]["recordId"][0], " ".join(entity["properties"]["summary"][0].split()))
        for entity in entities
        if entity["schema"] == "Documentation"
    }
    assert shown == {(report, " ".join(evidence.split())) for report, evidence in reports}


def test_what_is_only_alleged_is_no_sanction(house: House, entities: list[dict]):
    sure = house.query(
        "select event_id from marts.fct_sanctions where claim_status = 'stated' "
        "and current_stage not in ('called_for', 'threatened')"
    )
    shown = {entity["properties"]["recordId"][0] for entity in entities if entity["schema"] == "Sanction"}
    assert shown and shown <= {event for (event,) in sure}
