"""What a run says about the extractor itself."""

from __future__ import annotations

from typing import Any

import dagster as dg
import pytest
from house import House

from pipelines.contract import FACT_TYPES
from pipelines.defs import quality
from pipelines.quality import load_cases


def evaluation(house: House, fact_type: str, check: str) -> dict[str, Any]:
    found = next(
        e for e in house.first.get_asset_check_evaluations()
        if e.check_name == check and e.asset_key == dg.AssetKey(f"{fact_type}_reports")
    )  # fmt: skip
    return {name: value.value for name, value in found.metadata.items()}


@pytest.mark.parametrize("fact_type", FACT_TYPES)
def test_the_score_on_the_cases_is_shown(house: House, fact_type: str):
    shown = evaluation(house, fact_type, "right_on_cases")
    assert 0 < shown["F1"] <= 1
    assert shown["rows as they should be"] > 0


@pytest.mark.parametrize("fact_type", FACT_TYPES)
def test_rows_with_a_side_from_the_context_are_counted(house: House, fact_type: str):
    shown = evaluation(house, fact_type, "resolved_roles")
    assert shown["rows"] >= shown["a side from the context"] >= 0


def test_triggers_without_a_row_are_counted(house: House):
    shown = evaluation(house, FACT_TYPES[0], "triggers_without_row")
    assert shown["trigger sentences"] >= shown["without row"] > 0


def test_an_installation_without_cases_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path):
    monkeypatch.setattr(quality, "CASE_FOLDERS", {"vi": tmp_path / "nowhere"})
    results = list(quality.right_on_cases(dg.build_asset_check_context(instance=dg.DagsterInstance.ephemeral())))
    assert len(results) == len(FACT_TYPES)
    assert all("Nothing was scored" in result.description for result in results)


def test_the_same_extractor_is_judged_once(house: House, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(quality, "judge", lambda *_: pytest.fail("judged again"))
    context = dg.build_asset_check_context(instance=house.instance)
    for result in quality.right_on_cases(context):
        before = evaluation(house, result.asset_key.path[-1].removesuffix("_reports"), "right_on_cases")
        assert {name: value.value for name, value in result.metadata.items()} == before
    monkeypatch.setattr(quality, "lexicon_version", lambda: "another")
    with pytest.raises(pytest.fail.Exception, match="judged again"):
        list(quality.right_on_cases(context))


def test_a_case_id_is_used_once(tmp_path):
    (tmp_path / "a.yaml").write_text("- {id: twice, text: a, rows: []}\n- {id: twice, text: b, rows: []}\n")
    with pytest.raises(ValueError, match="two cases are called twice"):
        load_cases(tmp_path)
