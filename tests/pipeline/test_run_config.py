"""What a run may be told, in the UI's launchpad or on the command line, and what it is told back when that is wrong."""

from __future__ import annotations

import errno
import io
import logging
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from pipelines.console.bar import Bar
from pipelines.contract import FACT_TYPES
from pipelines.defs.resources import Engine, Run
from pipelines.defs.retries import retrying
from pipelines.loading import connect_store, pending_count, write_reports


def validate(**config: Any) -> None:
    from pipelines.definitions import defs

    dg.validate_run_config(defs.resolve_job_def("refresh"), {"resources": {"run": {"config": config}}})


def test_the_defaults_need_no_word():
    validate()
    assert Run().settings.extractor_engine == "local"


@pytest.mark.parametrize(
    "config",
    [{"fact_type": "sport"}, {"engine": "abacus"}, {"full_refresh": "perhaps"}, {"landings": "/tmp"}],
)
def test_what_no_run_knows_is_refused_before_it_starts(config: dict):
    with pytest.raises(dg.DagsterInvalidConfigError):
        validate(**config)


def test_what_is_said_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("EXTRACTOR_ENGINE", "local")
    validate(fact_type="sanction", engine="ray", landing=str(tmp_path))
    settings = Run(engine=Engine.ray, landing=str(tmp_path)).settings
    assert (settings.extractor_engine, settings.landing) == ("ray", tmp_path)


def test_a_landing_folder_that_is_not_there_changes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    from pipelines.definitions import defs

    monkeypatch.setenv("WAREHOUSE", str(tmp_path / "w.duckdb"))
    result = defs.resolve_job_def("refresh").execute_in_process(
        run_config={"resources": {"run": {"config": {"landing": str(tmp_path / "nowhere")}}}}, raise_on_error=False
    )
    assert not result.success
    failure = result.get_step_failure_events()[0].step_failure_data.user_failure_data
    assert "There is no landing folder" in failure.description
    assert not (tmp_path / "w.duckdb").exists()


def test_documents_of_which_one_type_was_kept_are_read_again_for_the_others(tmp_path: Path):
    with connect_store(tmp_path / "store.duckdb") as con:
        con.execute(
            "insert into raw.documents (document_id, source_path, language, body, content_sha256, loaded_at) "
            "values ('d', 'd.txt', 'vi', 'x', 'x', now())"
        )

        def pending(version: str) -> int:
            return pending_count(con, version, ["vi"])

        write_reports(con, "v1/sanction", ["d"], {"sanction": []}, {})
        assert (pending("v1/sanction"), pending("v1/meeting"), pending("v1")) == (0, 1, 1)
        write_reports(con, "v1", ["d"], dict.fromkeys(FACT_TYPES, ()), {})
        assert (pending("v1/sanction"), pending("v1/meeting"), pending("v1"), pending("v10")) == (0, 0, 0, 1)


def test_a_type_that_is_not_written_stays(tmp_path: Path):
    with connect_store(tmp_path / "store.duckdb") as con:
        for fact_type in FACT_TYPES:
            con.execute(
                f"insert into raw.{fact_type}_reports by name select 'r' as report_id, 'd' as document_id, "
                "'s' as stage, 'stated' as claim_status, 0 as evidence_start, 1 as evidence_end, 'e' as evidence_text, "
                "1 as confidence, 'r' as rule, 'x' as extractor, 'v0' as extractor_version, now() as extracted_at, "
                + {
                    "arms_transfer": "'uav' as weapon_category",
                    "sanction": "'financial' as measure",
                    "meeting": "['PL'] as participant_countries, ['x'] as participant_names, 'visit' as meeting_kind",
                }[fact_type]
            )
        write_reports(con, "v1/sanction", ["d"], {"sanction": []}, {})
        left = {
            fact_type: con.execute(f"select count(*) from raw.{fact_type}_reports").fetchone()[0]  # noqa: S608
            for fact_type in FACT_TYPES
        }
    assert left == {"arms_transfer": 1, "sanction": 0, "meeting": 1}


def test_only_what_may_pass_is_tried_again():
    with pytest.raises(dg.RetryRequested), retrying():
        raise OSError(errno.ESTALE, "Stale file handle")
    for lasting in (OSError(errno.ENOSPC, "No space left"), FileNotFoundError(errno.ENOENT, "gone"), ValueError("x")):
        with pytest.raises(type(lasting)), retrying():
            raise lasting


class Terminal(io.StringIO):
    """Takes what is written and says that somebody looks."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_lines_and_a_bar_that_goes_when_the_step_goes_on():
    def record(text: str, **more: Any) -> logging.LogRecord:
        made = logging.makeLogRecord({"msg": text, "dagster_meta": {"step_key": "reports"}})
        made.__dict__.update(more)
        return made

    terminal = Terminal()
    with Bar(terminal) as bar:
        bar.emit(record("10 of 40 extracted", done=10, of=40))
        (task,) = bar._progress.tasks
        assert (task.completed, task.total) == (10, 40)
        bar.emit(record("[b]done[/b]"))
        assert not bar._progress.tasks
    assert "[b]done[/b]" in terminal.getvalue(), "a log line is no markup"
    assert "10 of 40 extracted" not in terminal.getvalue()
