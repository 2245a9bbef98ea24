"""What tells operators how things are: journal, rejected files, checks, alerts, doctor; and the bound on history."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import dagster as dg
import pytest
from house import House

from pipelines.console.doctor import examine
from pipelines.console.home import COMMAND_LINE, enter
from pipelines.console.run import RunFailedError, run
from pipelines.defs.alerts import ALERTED, failed_runs
from pipelines.defs.housekeeping import forget_old_runs
from pipelines.defs.resources import Run
from pipelines.defs.watch import FRESH_WITHIN, fresh_documents, usual_volume
from pipelines.loading import connect_store, now
from pipelines.settings import Settings


def test_the_journal_says_what_each_run_did_line_by_line(house: House):
    lines = [json.loads(line) for line in house.settings.journal.read_text(encoding="utf-8").splitlines()]
    first = [line for line in lines if line.get("run_id") == house.first.run_id]
    assert {"landing", "reports", "marts", "published_warehouse"} <= {line.get("step") for line in first}
    assert all(line["time"] and line["level"] and line["message"] for line in first)
    (rejected,) = [line for line in first if line.get("reason")]
    assert (rejected["file"], rejected["reason"], rejected["level"]) == ("broken.pdf", "unknown_format", "WARNING")
    assert {line["passed"] for line in first if line.get("check") == "evidence_is_exact"} == {True}


def test_a_rejected_file_is_an_observation_of_the_asset(house: House):
    found = [
        event.asset_observation_data.asset_observation
        for event in house.first.all_events
        if event.is_asset_observation and event.asset_key == dg.AssetKey("rejected_inputs")
    ]
    assert [observation.metadata["file"].value for observation in found] == ["broken.pdf"]
    assert found[0].description.startswith("broken.pdf: unknown_format")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    settings = Settings(warehouse=tmp_path / "w.duckdb")
    for name, value in settings.as_env().items():
        monkeypatch.setenv(name, value)
    return settings


def documents(settings: Settings, days: dict[date, int], loaded_days_ago: float = 0) -> None:
    """So many documents a day of publication."""
    with connect_store(settings.store) as con:
        con.execute("delete from raw.documents")
        for day, count in days.items():
            con.execute(
                "insert into raw.documents select 'd' || $day || i, 'a.txt', null, null, null, 'vi', $day, 'manifest', "
                "'a', 'x', $moment from range($count) as t(i)",
                {"day": day, "count": count, "moment": now() - timedelta(days=loaded_days_ago)},
            )


def test_news_that_stopped_coming_is_noticed(settings: Settings):
    documents(settings, {date(2024, 1, 1): 1})
    assert fresh_documents(run=Run()).passed
    documents(settings, {date(2024, 1, 1): 1}, loaded_days_ago=FRESH_WITHIN.days + 1)
    assert not fresh_documents(run=Run()).passed
    documents(settings, {})
    assert not fresh_documents(run=Run()).passed


def test_a_day_with_far_fewer_articles_than_usual_is_noticed(settings: Settings):
    last = date(2024, 3, 31)
    usual = {last - timedelta(days=back): 20 for back in range(50)}
    documents(settings, usual)
    assert usual_volume(run=Run()).passed
    thin = last - timedelta(days=3)
    documents(settings, usual | {thin: 2})
    result = usual_volume(run=Run())
    assert not result.passed
    assert result.metadata["days with far fewer"].value == "2024-03-28: 2, usual 20"
    documents(settings, {day: count for day, count in usual.items() if day != thin})
    assert not usual_volume(run=Run()).passed, "a day without any article"
    documents(settings, usual | {last: 1})
    assert usual_volume(run=Run()).passed, "the newest day may still be coming in"
    documents(settings, {day: count for day, count in usual.items() if day > last - timedelta(days=20)} | {thin: 2})
    assert usual_volume(run=Run()).passed, "too short a past to say what is usual"


@pytest.fixture
def webhook() -> Iterator[tuple[str, list[dict]]]:
    """A server of one's own, and what was posted to it."""
    said: list[dict] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            said.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", said
        server.shutdown()


@pytest.mark.parametrize(("tags", "told"), [({}, 1), (COMMAND_LINE, 1), (COMMAND_LINE | ALERTED, 0)])
def test_the_sensor_tells_the_webhook_of_a_failed_run_once(
    settings: Settings, webhook: tuple[str, list[dict]], monkeypatch: pytest.MonkeyPatch, tags: dict, told: int
):
    address, said = webhook
    monkeypatch.setenv("ALERT_WEBHOOK", address)
    failed = dg.DagsterRun(job_name="refresh", status=dg.DagsterRunStatus.FAILURE, tags=tags)
    event = dg.DagsterEvent(
        event_type_value="PIPELINE_FAILURE", job_name="refresh", message="it broke",
        event_specific_data=None,
    )  # fmt: skip
    with dg.DagsterInstance.ephemeral() as instance:
        instance.add_run(failed)
        context = dg.build_run_status_sensor_context("failed_runs", event, instance, failed).for_run_failure()
        failed_runs(context)
    assert len(said) == told
    if told:
        assert said[0] | {"text": ""} == {
            "text": "", "run_id": failed.run_id, "reason": "it broke", "warehouse": str(settings.warehouse),
        }  # fmt: skip


def test_the_command_line_tells_the_webhook_itself(tmp_path: Path, webhook: tuple[str, list[dict]]):
    address, said = webhook
    (tmp_path / "file").touch()
    settings = Settings(warehouse=tmp_path / "file" / "w.duckdb", alert_webhook=address)
    with pytest.raises(RunFailedError, match="Nothing can be written"):
        run(settings, "refresh", "")
    assert ["Nothing can be written" in one["reason"] for one in said] == [True]


def test_a_webhook_that_does_not_answer_hides_no_reason(tmp_path: Path):
    (tmp_path / "file").touch()
    settings = Settings(warehouse=tmp_path / "file" / "w.duckdb", alert_webhook="http://127.0.0.1:9/")
    with pytest.raises(RunFailedError, match=r"(?s)Nothing can be written.*webhook was not told"):
        run(settings, "refresh", "")


def found(settings: Settings) -> dict[str, tuple[bool, str]]:
    return {finding.what: (finding.wrong, finding.advice) for finding in examine(settings)}


def test_the_doctor_finds_nothing_wrong_where_nothing_is(house: House):
    wrong = {what for what, (is_wrong, _) in found(house.settings).items() if is_wrong}
    assert wrong == set()


def test_the_doctor_says_what_is_wrong_and_what_to_do(tmp_path: Path):
    settings = Settings(landing=tmp_path / "nowhere", warehouse=tmp_path / "w.duckdb")
    assert found(settings)["landing"][0]
    assert found(settings)["store"] == (False, "`make run` makes it.")
    settings.state.mkdir()
    settings.store.write_bytes(b"rubbish")
    settings.warehouse.write_bytes(b"rubbish")
    findings = found(settings)
    assert findings["store"][0] and "make restore" in findings["store"][1]
    assert findings["warehouse"][0] and "make rollback" in findings["warehouse"][1]
    assert settings.store.read_bytes() == settings.warehouse.read_bytes() == b"rubbish"


def test_old_runs_are_forgotten_with_all_that_they_left(settings: Settings):
    enter(settings)
    home = settings.dagster_home
    with dg.DagsterInstance.get() as instance:
        runs = [dg.DagsterRun(job_name="refresh", status=dg.DagsterRunStatus.SUCCESS) for _ in range(5)]
        for one in runs:
            instance.add_run(one)
            instance.report_engine_event("hello", one)
            (home / "storage" / one.run_id).mkdir(parents=True)
        assert forget_old_runs(instance, home, keep=2) == 3
        kept = {one.run_id for one in instance.get_runs()}
        assert kept == {one.run_id for one in runs[3:]}
        assert {path.name for path in (home / "storage").iterdir()} == kept
        assert {path.stem for path in (home / "history" / "runs").glob("*-*.db")} == kept
        assert forget_old_runs(instance, home, keep=2) == 0
