"""The files of the page: complete, replaced in one step, and the texts in both languages."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest
from dbt_runs import dbt
from load import write_warehouse
from opening import Open
from playwright.sync_api import expect

from pipelines.brief import Edition, edition, write_edition
from pipelines.contract import (
    ARMS_TRANSFER_STAGES,
    CLAIM_STATUSES,
    FACT_TYPES,
    MEASURES,
    MEETING_KINDS,
    MEETING_STAGES,
    SANCTION_STAGES,
)
from pipelines.loading import connect_store

ROOM = Path(edition.__file__).parent


def data(page: Path, name: str) -> Any:
    """What a data script of the edition hands to the page."""
    folder = re.search(r'data-edition="(.*?)"', page.read_text("utf-8"))[1]
    text = (page.parent / folder / f"{name}.js").read_text("utf-8")
    return json.loads(json.loads(re.fullmatch(r'brief\.receive\("\w+",\d+,JSON\.parse\((".*")\)\);\n', text)[1]))


def test_it_tells_what_it_wrote(edition: Edition):
    assert (edition.events, edition.new, edition.changed) == (7, 1, 2)
    counts = data(edition.page, "index")["counts"]
    assert counts == {"articles": 6, "reports": 9, "events": 7, "new_articles": 1, "withdrawn": 0}


def test_shards_hold_every_report_and_article_where_the_index_says(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(edition, "_REPORTS", 2)
    monkeypatch.setattr(edition, "_CHARACTERS", 100)
    page = write_edition(warehouse, None, tmp_path).page
    index = data(page, "index")
    assert len(index["report_shards"]) > 2
    assert len(index["article_shards"]) > 2
    ids = index["events"]["event_id"]
    articles = []
    for number, first in enumerate(index["article_shards"]):
        assert first == len(articles)
        articles += data(page, f"articles-{number}")
    with duckdb.connect(str(warehouse), read_only=True) as con:
        told = dict(
            con.execute(
                "select report_id, event_id from marts.fct_arms_transfer_reports union all "
                "select report_id, event_id from marts.fct_sanction_reports union all "
                "select report_id, event_id from marts.fct_meeting_reports"
            ).fetchall()
        )
    found = {}
    for number, first in enumerate(index["report_shards"]):
        for event, reports in enumerate(data(page, f"reports-{number}"), first):
            for report in reports:
                found[report["report_id"]] = ids[event]
                body = articles[report["article"]]["body"]
                assert body[report["evidence_start"] : report["evidence_end"]] == report["evidence_text"]
    assert found == told


def test_a_page_that_is_open_goes_on_working_while_the_next_edition_is_written(
    open_page: Open, warehouse: Path, tmp_path: Path
):
    first = write_edition(warehouse, None, tmp_path).page.read_text("utf-8")
    page = open_page(tmp_path / "index.html")
    write_edition(warehouse, None, tmp_path)
    assert (tmp_path / "index.html").read_text("utf-8") != first
    page.get_by_role("button", name="Poland → Slovakia: 1").click()
    page.locator(".quote").first.wait_for()


def test_old_editions_and_what_a_killed_run_left_are_swept(warehouse: Path, tmp_path: Path):
    (tmp_path / "edition-20200101T000000000000.draft").mkdir()
    (tmp_path / "notes.txt").write_text("mine")
    for _ in range(4):
        write_edition(warehouse, None, tmp_path)
    for year in (2998, 2999):
        (tmp_path / f"edition-{year}0101T000000000000").mkdir()
    write_edition(warehouse, None, tmp_path)
    left = sorted(path.name for path in tmp_path.iterdir())
    assert len(left) == 4
    assert left[2:] == ["index.html", "notes.txt"]
    assert data(tmp_path / "index.html", "index")["counts"]["events"] == 7


def test_a_failure_leaves_the_old_page(warehouse: Path, tmp_path: Path):
    write_edition(warehouse, None, tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    broken = tmp_path / "broken.duckdb"
    broken.write_bytes(b"not a database")
    with pytest.raises(duckdb.Error):
        write_edition(broken, None, tmp_path)
    broken.unlink()
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_path_with_a_quote_is_a_path(warehouse: Path, tmp_path: Path):
    folder = tmp_path / "it's here"
    folder.mkdir()
    shutil.copyfile(warehouse, folder / "w.duckdb")
    assert write_edition(folder / "w.duckdb", folder / "w.duckdb", folder / "brief").new == 0


def test_an_empty_warehouse_gives_a_page_that_says_so(open_page: Open, tmp_path: Path):
    with connect_store(tmp_path / "store.duckdb"):
        pass
    dbt("build", tmp_path / "store.duckdb", tmp_path / "w.duckdb", tmp_path / "target")
    page = open_page(write_edition(tmp_path / "w.duckdb", None, tmp_path / "brief").page)
    assert page.locator("#matches").inner_text() == "0 events"
    assert page.locator(".nothing").count() >= 4


def test_many_reports_are_read_shard_by_shard(open_page: Open, tmp_path: Path):
    write_warehouse(tmp_path / "w.duckdb", 3000)
    edition = write_edition(tmp_path / "w.duckdb", None, tmp_path / "brief")
    assert edition.events == 1800
    page = open_page(edition.page)
    assert page.locator("#matches").inner_text() == "1,800 events"
    page.locator("#news-body .all").click()
    page.locator("#sheet .all").click()
    expect(page.locator("#sheet-body .event")).to_have_count(24)
    page.locator("#sheet .read").last.click()
    expect(page.locator("#sheet blockquote")).to_have_count(1)
    quote = page.locator("#sheet blockquote").inner_text()
    assert page.locator("mark.evidence").inner_text() == quote


def test_both_languages_say_the_same_things():
    def paths(texts: Any, path: str = "") -> set[str]:
        # Languages differ in their plural forms.
        if not isinstance(texts, dict) or "other" in texts:
            return {path}
        return set().union(*(paths(value, f"{path}.{key}") for key, value in texts.items()))

    def holes(texts: Any) -> dict[str, set[str]]:
        if isinstance(texts, dict) and "other" not in texts:
            return {f"{key}.{path}": found for key, value in texts.items() for path, found in holes(value).items()}
        return {"": set(re.findall(r"\{\w+\}", str(texts["other"] if isinstance(texts, dict) else texts)))}

    english, vietnamese = edition.texts()["en"], edition.texts()["vi"]
    assert paths(english) == paths(vietnamese)
    assert holes(english) == holes(vietnamese)


@pytest.mark.parametrize("language", edition.LANGUAGES)
def test_every_code_of_the_contract_has_a_name(language: str):
    texts = edition.texts()[language]
    assert set(texts["type"]) == set(texts["types"]) == set(FACT_TYPES)
    assert set(texts["stage"]["arms_transfer"]) == set(ARMS_TRANSFER_STAGES)
    assert set(texts["stage"]["sanction"]) == set(SANCTION_STAGES)
    assert set(texts["stage"]["meeting"]) == set(MEETING_STAGES)
    assert set(texts["category"]["sanction"]) == set(MEASURES)
    assert set(texts["category"]["meeting"]) == set(MEETING_KINDS)
    assert set(texts["standing"]) == {*CLAIM_STATUSES, "contested"}


def test_every_text_that_the_page_asks_for_is_there():
    texts = edition.texts()["en"]
    asked = set(re.findall(r'data-(?:text|label)="([\w.]+)"', (ROOM / "page" / "index.html").read_text("utf-8")))
    for script in (ROOM / "page").glob("*.js"):
        asked |= set(re.findall(r'\bt\("([\w.]+)"', script.read_text("utf-8")))
    assert len(asked) > 60
    for path in asked:
        found: Any = texts
        for key in path.split("."):
            found = found[key]


def test_the_libraries_are_what_their_list_says():
    listed = re.findall(
        r"\| `([\w.]+\.js)` \|.*`([0-9a-f]{64})` \|", (ROOM / "vendor" / "README.md").read_text("utf-8")
    )
    assert {name for name, _ in listed} == {path.name for path in (ROOM / "vendor").glob("*.js")}
    for name, digest in listed:
        assert hashlib.sha256((ROOM / "vendor" / name).read_bytes()).hexdigest() == digest
