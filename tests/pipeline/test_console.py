"""The command line: clear messages, exit statuses that tell, and runs that were killed."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import pytest
import typer.main
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.console.home import bury_dead_runs, enter
from pipelines.loading import run_lock
from pipelines.settings import Settings


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "--landing", "/nowhere"], "There is no folder /nowhere"),
        (["run", "--warehouse", "w.db"], "ends in .duckdb"),
        (["sql", "--warehouse", "/nowhere/w.duckdb"], "make run builds it"),
        (["docs", "--warehouse", "/nowhere/w.duckdb"], "make run builds it"),
        (["brief", "--warehouse", "/nowhere/w.duckdb"], "make run writes it"),
    ],
)
def test_a_mistake_gives_one_message_and_status_1(arguments: list[str], message: str):
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 1
    assert message in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize("command", typer.main.get_command(app).commands)
def test_help_teaches_by_example(command: str):
    result = CliRunner().invoke(app, [command, "--help"])
    assert result.exit_code == 0
    assert f"armswatch {command}" in result.output.partition("For example:")[2]


def test_a_command_that_does_not_exist_gives_status_2():
    assert CliRunner().invoke(app, ["nonsense"]).exit_code == 2
    assert CliRunner().invoke(app, ["run", "--only", "sport"]).exit_code == 2


def test_the_shell_completes_commands_and_options():
    def completions(line: str) -> str:
        env = {"_ARMSWATCH_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(line.count(" "))}
        return CliRunner().invoke(app, [], prog_name="armswatch", env=env).output

    assert {"run", "rollback", "restore"} <= set(completions("armswatch r").split())
    assert "--full-refresh" in completions("armswatch run --full")


def test_a_text_is_explained_from_standard_input():
    result = CliRunner().invoke(app, ["explain"], input="Ngày 3/2, Ba Lan đã bàn giao 14 xe bọc thép cho Moldova.")
    assert result.exit_code == 0
    assert "armoured_vehicle" in result.output


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    settings = Settings(warehouse=tmp_path / "w.duckdb")
    for name, value in settings.as_env().items():
        monkeypatch.setenv(name, value)
    enter(settings)
    return settings


def test_a_run_that_was_killed_is_marked_as_failed_once_nobody_holds_the_lock(settings: Settings):
    with dg.DagsterInstance.get() as instance:
        run = dg.DagsterRun(job_name="refresh", status=dg.DagsterRunStatus.STARTED)
        instance.add_run(run)
        with run_lock(settings):
            bury_dead_runs(settings)
            assert instance.get_run_by_id(run.run_id).status == dg.DagsterRunStatus.STARTED
        bury_dead_runs(settings)
        assert instance.get_run_by_id(run.run_id).status == dg.DagsterRunStatus.FAILURE
