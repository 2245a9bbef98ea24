"""The job from raw files to the published warehouse. The tests here share one house, in this order."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
from pathlib import Path

import duckdb
import pytest
from house import House

from pipelines.defs import preview
from pipelines.defs.marts import _not_outliving
from pipelines.loading import RunInProgressError, run_lock
from pipelines.loading.publication import CONTRACT_TABLES
from pipelines.settings import DBT_PROJECT

REPORTS = ("fct_arms_transfer_reports", "fct_sanction_reports", "fct_meeting_reports")


def metadata(result, asset: str) -> dict:
    events = [event for event in result.all_events if event.is_step_materialization]
    event = next(e for e in events if e.asset_key.path[-1] == asset)
    return {name: value.value for name, value in event.materialization.metadata.items()}


def test_every_table_of_the_contract_is_published(house: House):
    content = house.content()
    assert set(CONTRACT_TABLES) <= set(content)
    for table in ("dim_documents", *REPORTS):
        assert content[table], f"{table} is empty"


def test_everything_in_the_published_file_can_be_read_without_the_store(house: House):
    relations = house.query(
        "select schema_name, table_name from duckdb_tables() union all "
        "select schema_name, view_name from duckdb_views() where not internal"
    )
    assert {schema for schema, _ in relations} == {"marts", "intermediate", "reference", "plain", "pipeline"}
    for schema, name in relations:
        house.query(f'select count(*) from "{schema}"."{name}"')  # noqa: S608


@pytest.mark.parametrize("query", sorted((DBT_PROJECT / "analyses").glob("*.sql")), ids=lambda file: file.stem)
def test_each_example_query_has_an_answer_in_the_articles_that_come_along(house: House, query: Path):
    assert house.query(re.sub(r'{{ ref\("(\w+)"\) }}', r"marts.\1", query.read_text(encoding="utf-8")))


@pytest.mark.parametrize("table", REPORTS)
def test_evidence_is_what_the_document_says_there(house: House, table: str):
    rows = house.query(
        f"select evidence_start, evidence_end, evidence_text, body from marts.{table} join marts.dim_documents "  # noqa: S608
        "using (document_id)"
    )
    assert rows
    for start, end, evidence, body in rows:
        assert body[start:end] == evidence


def test_the_same_article_in_two_files_is_one_document(house: House):
    sources = "raw.document_sources"
    with duckdb.connect(str(house.settings.store), read_only=True) as con:
        twice = con.execute(f"select document_id from {sources} group by 1 having count(*) > 1").fetchall()  # noqa: S608
    assert twice, "the articles of the first run hold a duplicate"
    documents = house.query("select count(*), count(distinct document_id) from marts.dim_documents")
    assert documents[0][0] == documents[0][1]


def test_a_file_that_cannot_be_read_is_listed_and_stops_nothing(house: House):
    rejects = house.query("select file, reason from marts.mart_rejected_inputs")
    assert ("broken.pdf", "unknown_format") in rejects


def test_counts_and_timings_are_in_the_metadata(house: House):
    content, result = house.content(), house.first
    assert metadata(result, "documents")["dagster/row_count"] == len(content["dim_documents"])
    assert metadata(result, "rejected_inputs")["dagster/row_count"] == 1
    assert metadata(result, "fct_meetings")["dagster/row_count"] == len(content["fct_meetings"])
    assert metadata(result, "landing_files")["seconds"] >= 0
    assert metadata(result, "published_warehouse")["seconds"] >= 0


def origins(result, asset: str, column: str) -> set[tuple[str, str]]:
    lineage = metadata(result, asset)["dagster/column_lineage"]
    return {(origin.asset_key.path[-1], origin.column_name) for origin in lineage.deps_by_column[column]}


# Files of people: articles, and what they set right.
BEGINNINGS = {"landing_files", "corrections"}


def test_each_column_leads_back_to_the_files(house: House):
    result = house.first
    at, seen = {("fct_arms_transfers", "weapon_category")}, set()
    while at:
        seen |= at
        at = {
            origin for asset, column in at if asset not in BEGINNINGS for origin in origins(result, asset, column)
        } - seen
    assert {("stg_arms_transfer_reports", "weapon_category"), ("arms_transfer_reports", "weapon_category")} <= seen
    assert {("documents", "body"), ("landing_files", "source_path")} <= seen


@pytest.mark.parametrize("table", [*CONTRACT_TABLES, "int_events"])
def test_every_column_of_the_marts_has_its_origin_shown(house: House, table: str):
    with duckdb.connect(str(house.settings.warehouse), read_only=True) as con:
        columns = {
            name for (name,) in con.execute(
                "select column_name from duckdb_columns() where table_name = ?", [table]
            ).fetchall()
        }  # fmt: skip
    lineage = metadata(house.first, table)["dagster/column_lineage"].deps_by_column
    assert set(lineage) == columns


def test_what_a_run_came_to_is_seen_without_a_query(house: House):
    result = house.first
    assert "█" in metadata(result, "documents")["by year"]
    assert "| unknown_format | 1 | █" in metadata(result, "rejected_inputs")["by reason"].replace("\\", "")
    assert "█" in metadata(result, "arms_transfer_reports")["by stage"]
    assert metadata(result, "fct_sanctions")["first rows"].count("\n") == 4
    assert "`documents.published_on`" in metadata(result, "meeting_reports")["columns come from"]
    assert "`stg_sanction_reports.measure`" in metadata(result, "fct_sanctions")["columns come from"]


def test_what_articles_say_is_no_markup_in_the_metadata(tmp_path):
    con = duckdb.connect()
    shown = preview.bars(
        con.execute("select '<img src=x> | **b** ''q''' as said, 0 as n union all select 'y', 7")
    ).md_str
    assert "<img" not in shown
    assert "'q'" in shown
    assert "\\|" in shown and "\\*" in shown
    assert shown.count("█") == 30, "nothing has no bar"


def test_names_for_codes_are_as_many_rows_and_survive_another_name_of_the_file(house: House, tmp_path):
    copy = tmp_path / "copied and renamed.duckdb"
    shutil.copyfile(house.settings.warehouse, copy)
    with duckdb.connect(str(copy), read_only=True) as con:
        for view, table in (
            ("transfers", "fct_arms_transfers"), ("sanctions", "fct_sanctions"), ("meetings", "fct_meetings")
        ):  # fmt: skip
            rows = con.execute(f"select count(*), count(distinct event_id) from plain.{view}").fetchone()  # noqa: S608
            assert rows == con.execute(f"select count(*), count(*) from marts.{table}").fetchone()  # noqa: S608
        reports = sum(con.execute(f"select count(*) from marts.{table}").fetchone()[0] for table in REPORTS)  # noqa: S608
        assert con.execute("select count(*) from plain.passages").fetchone()[0] == reports
        krab = con.execute("select supplier, recipient, quantity from plain.transfers where designation = 'Krab'")
        assert krab.fetchone() == ("Poland", "Slovakia", "6")  # of the 24 agreed on, those that have come


def test_a_second_run_changes_nothing(house: House):
    before = house.settings.warehouse.read_bytes()
    result = house.run()
    assert result.success
    assert house.settings.warehouse.read_bytes() == before
    assert {"marts", "published_warehouse"} & {event.step_key for event in result.all_events if event.is_step_skipped}
    assert metadata(result, "landing_files")["files read"] == 0
    assert metadata(result, "meeting_reports")["documents extracted now"] == 0


def test_a_full_refresh_comes_to_the_same_rows(house: House):
    before = house.content()
    result = house.run(full_refresh=True)
    assert result.success
    assert house.content() == before
    assert metadata(result, "meeting_reports")["documents extracted now"] > 0


def test_only_one_run_writes_at_a_time(house: House):
    before = house.settings.warehouse.read_bytes()
    with run_lock(house.settings):
        result = house.run()
        with pytest.raises(RunInProgressError, match="Another run is writing"), run_lock(house.settings):
            pass
    assert not result.success
    assert house.settings.warehouse.read_bytes() == before


def test_a_lock_file_that_a_dead_run_left_behind_holds_nobody_up(house: House):
    house.settings.lock.write_text("left behind")
    with run_lock(house.settings):
        pass


def test_a_failing_dbt_test_leaves_the_published_file_byte_for_byte(house: House):
    before = house.settings.warehouse.read_bytes()
    kept = house.settings.store.with_suffix(".kept")
    shutil.copyfile(house.settings.store, kept)
    try:
        with duckdb.connect(str(house.settings.store)) as con:
            con.execute("insert into raw.meeting_reports from raw.meeting_reports limit 1")
        result = house.run()
        assert not result.success
        failure = next(event for event in result.all_events if event.is_step_failure and event.step_key == "marts")
        assert "int_event_ids" in failure.step_failure_data.user_failure_data.description
        assert house.settings.warehouse.read_bytes() == before
    finally:
        kept.replace(house.settings.store)


def test_dbt_does_not_go_on_when_its_step_has_failed():
    process = subprocess.Popen(["cat"], stdin=subprocess.PIPE)
    with pytest.raises(OSError, match="No space left"), _not_outliving(process):
        raise OSError("No space left on device")
    assert process.returncode == -signal.SIGKILL


def test_a_new_article_appears_and_readers_are_not_disturbed(house: House):
    article = house.settings.landing / "new.txt"
    article.write_text(
        "Ba Lan bàn giao xe bọc thép cho Moldova\n\nNgày 3/2/2025, Ba Lan đã bàn giao 14 xe bọc thép cho Moldova.\n",
        encoding="utf-8",
    )
    with duckdb.connect(str(house.settings.warehouse), read_only=True) as reader:
        before = reader.execute("select count(*) from marts.dim_documents").fetchone()
        assert house.run().success, "the run after a failed one recovers"
        assert reader.execute("select count(*) from marts.dim_documents").fetchone() == before
    rows = house.query(
        "select supplier_country, recipient_country from marts.fct_arms_transfer_reports join marts.dim_documents "
        "using (document_id) where source_path = 'new.txt'"
    )
    assert rows == [("PL", "MD")]


def test_an_article_whose_file_is_gone_is_withdrawn(house: House):
    documents = len(house.content()["dim_documents"])
    (house.settings.landing / "new.txt").unlink()
    assert house.run().success
    assert len(house.content()["dim_documents"]) == documents - 1
