"""The same events, whatever the order in which reports come and however many runs bring them."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from dbt_runs import dbt
from handmade import fill
from link_cases import Case
from two_runs import events_of, members_of

from pipelines.contract import FACT_TYPES
from pipelines.loading import connect_store, remember_events

RUNS = 5


@pytest.fixture(scope="module")
def shuffled(
    cases: list[Case], target: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, list[dict[str, set[str]]]]:
    """The cases shuffled and dealt out over five runs: the last file, and the members of each event after each run."""
    folder = tmp_path_factory.mktemp("shuffled")
    store, built = folder / "store.duckdb", folder / "built.duckdb"
    facts = [(case.fact_type, fact) for case in cases for fact in case.facts.values()]
    random.Random(20260101).shuffle(facts)
    documents = {document.document_id: document for case in cases for document in case.documents}
    seen: set[str] = set()
    history = []
    for run in range(RUNS):
        part: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        for fact_type, fact in facts[run::RUNS]:
            part[fact_type].append(fact)
        new = {fact["document_id"] for told in part.values() for fact in told} - seen
        seen |= new
        fill(store, [documents[document_id] for document_id in sorted(new)], part)
        if run == 0:
            dbt("seed", store, built, target)
        wanted = [f"+fct_{fact_type}{kind}" for fact_type in FACT_TYPES for kind in ("s", "_reports")]
        dbt("run", store, built, target, "--select", *wanted)
        history.append(members_of(built))
        with connect_store(store) as con:
            remember_events(con, built)
    return built, history


def test_five_runs_in_any_order_come_to_the_same_events(shuffled: tuple, warehouse_file: Path) -> None:
    assert events_of(shuffled[0]) == events_of(warehouse_file)


def test_an_id_never_comes_to_mean_another_event(shuffled: tuple) -> None:
    for before, after in zip(shuffled[1], shuffled[1][1:], strict=False):
        kept = set(before) & set(after)
        assert kept
        for event_id in kept:
            assert before[event_id] & after[event_id]
