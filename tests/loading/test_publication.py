"""Publication, backup, restore and rollback, undisturbed and killed before each of their operations on files."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import crashes
import duckdb
import pytest

from pipelines import loading
from pipelines.loading.lock import leftovers
from pipelines.loading.publication import CONTRACT_TABLES
from pipelines.settings import KEPT_PUBLICATIONS, Settings


def warehouse(path: Path, said: str) -> None:
    """A file with every table of the contract, each with one row that says which file it is."""
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as con:
        con.execute("create schema marts")
        for table in CONTRACT_TABLES:
            con.execute(f'create table marts."{table}" as select ? as said', [said])


def said(path: Path) -> str:
    """Which file it is; fails when it is not whole, or of two minds."""
    with duckdb.connect(str(path), read_only=True) as con:
        (answer,) = {con.execute(f'select said from marts."{table}"').fetchone()[0] for table in CONTRACT_TABLES}  # noqa: S608
        return answer


def store_says(settings: Settings) -> list[str]:
    with loading.connect_store(settings.store) as con:
        return [run_id for (run_id,) in con.execute("select run_id from raw.runs order by 1").fetchall()]


def published(settings: Settings, what: str) -> None:
    loading.fresh_build(settings, what)
    warehouse(settings.build_file, what)
    loading.publish(settings)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """`one` and `two` were published, `two` was backed up, `three` was published; `next.duckdb` waits to be."""
    settings = Settings(warehouse=tmp_path / "w.duckdb", lock_wait=5)
    settings.state.mkdir()
    with loading.connect_store(settings.store) as con:
        loading.start_run(con, "before the backup")
    published(settings, "one")
    published(settings, "two")
    loading.backup(settings, tmp_path / "backups")
    with loading.connect_store(settings.store) as con:
        loading.start_run(con, "after the backup")
    published(settings, "three")
    warehouse(settings.state / "next.duckdb", "four")
    return settings


def test_the_published_file_says_what_it_was_made_of(settings: Settings):
    assert loading.published_fingerprint(settings.warehouse) == "three"
    settings.warehouse.write_bytes(b"rubbish")
    assert loading.published_fingerprint(settings.warehouse) is None


def test_only_the_last_ones_are_kept(settings: Settings):
    for number in range(KEPT_PUBLICATIONS + 2):
        published(settings, str(number))
    kept = [said(path) for path in loading.kept_publications(settings)]
    assert kept == [str(number) for number in range(1, KEPT_PUBLICATIONS + 1)]


def test_rollback_goes_back_one_by_one_and_then_says_so(settings: Settings):
    loading.rollback(settings)
    assert said(settings.warehouse) == "two"
    loading.rollback(settings)
    assert said(settings.warehouse) == "one"
    with pytest.raises(loading.BackupError, match="no earlier warehouse"):
        loading.rollback(settings)
    assert said(settings.warehouse) == "one"


def test_restore_brings_back_store_and_warehouse_and_can_be_undone(settings: Settings):
    crashes.restore(settings)
    assert said(settings.warehouse) == "two"
    assert store_says(settings) == ["before the backup"]
    loading.rollback(settings)
    assert said(settings.warehouse) == "three"


def test_restore_where_there_is_nothing_yet(settings: Settings, tmp_path: Path):
    elsewhere = Settings(warehouse=tmp_path / "elsewhere" / "w.duckdb")
    (backup,) = (tmp_path / "backups").iterdir()
    loading.restore(elsewhere, backup)
    assert said(elsewhere.warehouse) == "two"
    assert store_says(elsewhere) == ["before the backup"]


def test_restore_mends_a_store_that_cannot_be_read(settings: Settings):
    settings.store.write_bytes(b"rubbish")
    crashes.restore(settings)
    assert store_says(settings) == ["before the backup"]


@pytest.mark.parametrize("damage", ["cut", "changed", "other", "none"])
def test_a_backup_that_is_damaged_changes_nothing(settings: Settings, tmp_path: Path, damage: str):
    (backup,) = (tmp_path / "backups").iterdir()
    data = bytearray(backup.read_bytes())
    match damage:
        case "cut":
            data = data[: len(data) // 2]
        case "changed":
            data[len(data) // 3] ^= 0xFF
        case "other":
            data = bytearray(b"no tar file")
    backup.write_bytes(data)
    if damage == "none":
        backup.unlink()
    with pytest.raises(loading.BackupError):
        loading.restore(settings, backup)
    assert said(settings.warehouse) == "three"
    assert store_says(settings) == ["after the backup", "before the backup"]
    assert leftovers(settings) == []


def test_a_backup_needs_something_to_back_up(tmp_path: Path):
    with pytest.raises(loading.BackupError, match="nothing to back up"):
        loading.backup(Settings(warehouse=tmp_path / "w.duckdb"), tmp_path)


BEFORE_AND_AFTER = {
    "publish": ({"three", "four"}, "four"),
    "rollback": ({"three", "two"}, "two"),
    "restore": ({"three", "two"}, "two"),
    "backup": ({"three"}, "three"),
}


@pytest.mark.parametrize("action", crashes.ACTIONS)
def test_killed_before_each_operation_on_a_file(settings: Settings, tmp_path: Path, action: str):
    possible, result = BEFORE_AND_AFTER[action]
    pristine = tmp_path.with_name(f"{tmp_path.name}-pristine")
    shutil.copytree(tmp_path, pristine)
    for number in range(1, 200):
        shutil.rmtree(tmp_path)
        shutil.copytree(pristine, tmp_path)
        done = subprocess.run([sys.executable, crashes.__file__, str(number), action, str(settings.warehouse)])
        assert said(settings.warehouse) in possible, f"killed before operation {number}"
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
        crashes.ACTIONS[action](settings)
        # A rollback that had its effect before it was killed goes back by one more.
        assert said(settings.warehouse) in ({result, "one"} if action == "rollback" else {result})
        assert leftovers(settings) == []
        assert len(loading.kept_publications(settings)) <= KEPT_PUBLICATIONS
        assert not [path for path in tmp_path.rglob("*") if ".part" in path.name]
        distinct = {path.stat().st_ino for path in loading.kept_publications(settings)}
        assert len(distinct) == len(loading.kept_publications(settings))
    else:
        pytest.fail("it never came to its end")
    assert number > 5
