"""The lake holds what the file holds, keeps what it held, and is never seen half-way."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from servers import Postgres

from pipelines.loading import LakeError, connect_lake, copy_lake
from pipelines.loading.lake import publish_to_lake
from pipelines.settings import Lake, Settings, SettingsError

EDITION = """
    select i as id, 'tên ' || i as who, nullif(i % 3, 0) as part, {'on': date '2024-05-18' + i::int, 'at': [i]}
        as said, [{'stage': 'agreed', 'n': i}] as history
    from range({first}, {last}) as t(i)
"""


@pytest.fixture
def in_s3(lake: Callable[[str], Settings], bucket: str) -> Settings:
    return lake(f"{bucket}/marts")


@pytest.fixture
def settings(lake: Callable[[str], Settings], tmp_path: Path) -> Settings:
    return lake(str(tmp_path / "files"))


def write(file: Path, **tables: str) -> None:
    file.parent.mkdir(exist_ok=True)
    file.unlink(missing_ok=True)
    with duckdb.connect(str(file)) as con:
        con.execute("create schema marts")
        for name, query in tables.items():
            con.execute(f"create table marts.{name} as {query}")


def edition(first: int, last: int) -> str:
    return EDITION.replace("{first}", str(first)).replace("{last}", str(last))


def marts(con: duckdb.DuckDBPyConnection) -> dict[str, list[tuple]]:
    names = con.execute("select table_name from duckdb_tables() where schema_name = 'marts'").fetchall()
    return {name: con.execute(f"from marts.{name} order by all").fetchall() for (name,) in names}


def held(settings: Settings, at: datetime | None = None) -> dict[str, list[tuple]]:
    with connect_lake(settings.lake, at) as con:
        return marts(con)


def snapshots(settings: Settings) -> list[datetime]:
    with connect_lake(settings.lake) as con:
        return [moment for (moment,) in con.execute("select snapshot_time from lake.snapshots() order by 1").fetchall()]


def publish(settings: Settings, **tables: str) -> dict[str, list[tuple]]:
    write(settings.warehouse, **tables)
    publish_to_lake(settings)
    with duckdb.connect(str(settings.warehouse), read_only=True) as con:
        return marts(con)


@pytest.mark.parametrize("kind", ["settings", "in_s3"])
def test_it_holds_what_the_file_holds_now_and_what_it_held_then(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
):
    settings = request.getfixturevalue(kind)
    first = publish(settings, things=edition(0, 500), gone=edition(0, 3))
    assert held(settings) == first
    then = datetime.now(UTC)
    second = publish(settings, things=edition(20, 520), new=edition(0, 1))
    assert held(settings) == second
    assert held(settings, then) == first
    copy_lake(settings.lake, then, tmp_path / "then.duckdb")
    with duckdb.connect(str(tmp_path / "then.duckdb"), read_only=True) as con:
        assert marts(con) == first
    with pytest.raises(LakeError, match="exists already"):
        copy_lake(settings.lake, then, tmp_path / "then.duckdb")


def test_only_rows_that_change_are_written(settings: Settings):
    publish(settings, things=edition(0, 500))
    before = snapshots(settings)
    publish(settings, things=edition(0, 500))
    assert snapshots(settings) == before, "nothing has changed"
    publish(settings, things=edition(1, 502))
    now = len(snapshots(settings))
    assert now == len(before) + 1
    with connect_lake(settings.lake) as con:
        changes = con.execute(
            "select change_type, id from ducklake_table_changes('lake', 'marts', 'things', $last, $last)",
            {"last": now - 1},
        ).fetchall()
    assert sorted(changes) == [("delete", 0), ("insert", 500), ("insert", 501)]


def test_columns_may_change_and_equal_rows_are_counted(settings: Settings):
    for query in ("select 1 as a", "select 1 as a, 2 as b", "select 1.5 as a", "select 1.5 as a from range(3)"):
        assert publish(settings, things=query) == held(settings)
    assert publish(settings, things="select 1.5 as a from range(2)") == held(settings)


def test_readers_see_the_old_or_the_new_while_one_writes(settings: Settings):
    publish(settings, one="from range(300) select 0 as edition", two="from range(300) select 0 as edition")
    seen: list[tuple] = []
    stop = threading.Event()

    def read() -> None:
        with connect_lake(settings.lake) as con:
            while not stop.is_set():
                seen.append(
                    con.execute(
                        "select (select min(edition) from marts.one), (select max(edition) from marts.one), "
                        "(select min(edition) from marts.two), (select max(edition) from marts.two)"
                    ).fetchone()
                )

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    try:
        for number in range(1, 6):
            publish(settings, **dict.fromkeys(("one", "two"), f"from range(300) select {number} as edition"))
    finally:
        stop.set()
        for reader in readers:
            reader.join()
    assert seen
    assert all(len(set(row)) == 1 for row in seen), "a mixture of two editions"
    assert len(held(settings)["one"]) == 300


def test_a_catalogue_that_dies_leaves_the_lake_as_it_was(settings: Settings, catalogue: Postgres):
    first = publish(settings, things=edition(0, 500))
    with connect_lake(settings.lake) as reader:
        catalogue.stop("immediate")
        try:
            with pytest.raises(LakeError) as failure:
                publish(settings, things=edition(0, 600))
        finally:
            catalogue.start()
        assert catalogue.password not in str(failure.value)
        assert marts(reader) == first, "who was reading goes on"
    publish_to_lake(settings)
    assert len(held(settings)["things"]) == 600


def test_a_password_has_no_place_in_the_address():
    for address in ("dbname=a password=hush", "postgresql://me:hush@db/a", "dbname=a PASSWORD = 'hush'"):
        with pytest.raises(SettingsError) as failure:
            Settings.from_env({"WAREHOUSE": f"ducklake:postgres:{address}"})
        assert "hush" not in str(failure.value)
    settings = Settings.from_env({"WAREHOUSE": "ducklake:postgres:dbname=a host=db", "LAKE_DATA": "s3://b/c"})
    assert settings.lake == Lake("postgres:dbname=a host=db", "s3://b/c")
    assert Settings.from_env(settings.as_env()) == settings
    assert settings.state != Settings.from_env({"WAREHOUSE": "ducklake:postgres:dbname=b host=db"}).state
