"""Schedule and sensor: both wait to be switched on, and the sensor asks for a run exactly when a file changed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import dagster as dg
import pytest

from pipelines.defs.automation import daily_refresh, new_files, refresh


class Sensor:
    """The sensor with its memory, ticked by hand."""

    def __init__(self) -> None:
        self.cursor: str | None = None

    def tick(self) -> dg.RunRequest | dg.SkipReason:
        with dg.build_sensor_context(cursor=self.cursor) as context:
            answer = new_files(context)
            self.cursor = context.cursor
            return answer


@pytest.fixture
def landing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LANDING", str(tmp_path / "landing"))
    (tmp_path / "landing").mkdir()
    return tmp_path / "landing"


def test_both_are_off_until_someone_switches_them_on():
    assert daily_refresh.default_status == dg.DefaultScheduleStatus.STOPPED
    assert new_files.default_status == dg.DefaultSensorStatus.STOPPED


def test_schedule_runs_the_whole_job_once_a_day():
    context = dg.build_schedule_context(scheduled_execution_time=datetime(2026, 1, 2, 5))
    requests = daily_refresh.evaluate_tick(context).run_requests
    assert len(requests) == 1
    assert daily_refresh.job_name == new_files.job_name == refresh.name


def test_sensor_asks_for_a_run_when_a_file_arrives_and_not_again(landing: Path):
    sensor = Sensor()
    (landing / "a.txt").write_text("một")
    assert isinstance(sensor.tick(), dg.RunRequest)
    assert isinstance(sensor.tick(), dg.SkipReason)
    (landing / "deep").mkdir()
    (landing / "deep" / "b.txt").write_text("hai")
    assert isinstance(sensor.tick(), dg.RunRequest)


def test_sensor_does_not_look_at_what_landing_does_not_read(landing: Path):
    sensor = Sensor()
    (landing / "a.txt").write_text("một")
    sensor.tick()
    (landing / ".seen.json").write_text("{}")
    (landing / ".git").mkdir()
    (landing / ".git" / "index").write_text("x")
    assert isinstance(sensor.tick(), dg.SkipReason)


def test_sensor_sees_a_file_go_and_come_back(landing: Path):
    sensor = Sensor()
    (landing / "a.txt").write_text("một")
    first = sensor.tick()
    (landing / "a.txt").rename(landing.parent / "a.txt")
    gone = sensor.tick()
    (landing.parent / "a.txt").rename(landing / "a.txt")
    back = sensor.tick()
    keys = {request.run_key for request in (first, gone, back)}
    assert len(keys) == 3, "Dagster starts one run for a run key, ever"


def test_sensor_skips_when_the_folder_is_not_there(landing: Path):
    landing.rmdir()
    assert "no landing folder" in Sensor().tick().skip_message
