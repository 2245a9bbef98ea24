"""The store file: migrations forward from every version, and what happens when it cannot be opened."""

from __future__ import annotations

import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest

from pipelines.loading import StoreError, connect_store
from pipelines.loading.store import _migrations

# A migration that stores have been through is never edited; what changes is a file of its own, with a line here.
APPLIED_SOMEWHERE = {
    "0001_store.sql": "7a5ab2b1c1adaef7",
    "0002_skipped_articles.sql": "0e9872adda7a5981",
    "0003_stories.sql": "1489aef0d4b6a21e",
    "0004_revisions.sql": "36cf64115d0e1c89",
    "0005_corrections.sql": "82ba8ec1e9370ac2",
    "0006_registers.sql": "3612afe02434b9eb",
    "0007_compressed_bodies.sql": "c41a522bfff2068f",
}
VERSIONS = range(1, len(_migrations()) + 1)


def tables(con: duckdb.DuckDBPyConnection) -> list[tuple]:
    """Every column of every table, as it is declared."""
    return con.execute(
        "select table_name, column_name, data_type, is_nullable, column_index from duckdb_columns() "
        "where schema_name = 'raw' order by all"
    ).fetchall()


def store_of_version(path: Path, version: int) -> dict[str, int]:
    """A store as that version of the pipeline left it, with a row in each table; returns how many rows each has."""
    with duckdb.connect(str(path)) as con:
        con.execute("create schema raw")
        con.execute("create table raw.schema_migrations (name varchar not null, applied_at timestamp not null)")
        for migration in _migrations()[:version]:
            con.execute(migration.read_text(encoding="utf-8"))
            con.execute("insert into raw.schema_migrations values (?, now()::timestamp)", [migration.name])
        filled = {}
        for (table,) in con.execute("select table_name from duckdb_tables() where schema_name = 'raw'").fetchall():
            if table != "schema_migrations":
                columns = con.execute(f"select data_type from duckdb_columns() where table_name = '{table}'").fetchall()  # noqa: S608
                values = ", ".join(f"cast({_EXAMPLES.get(kind, '1')} as {kind})" for (kind,) in columns)
                con.execute(f"insert into raw.{table} select {values}")
                filled[table] = 1
    return filled


_EXAMPLES = {
    "TIMESTAMP": "'2024-01-02'",
    "DATE": "'2024-01-02'",
    "VARCHAR[]": "['a']",
    "UINTEGER[]": "[1]",
    "JSON": "'{}'",
    "MAP(VARCHAR, VARCHAR)": "map {'a': 'b'}",
    "BOOLEAN": "true",
}


@pytest.mark.parametrize("version", VERSIONS)
def test_a_store_of_every_version_comes_to_the_present_one_with_all_its_rows(tmp_path: Path, version: int):
    filled = store_of_version(tmp_path / "old.duckdb", version)
    with connect_store(tmp_path / "new.duckdb") as con:
        expected = tables(con)
    for _ in range(2):
        with connect_store(tmp_path / "old.duckdb") as con:
            assert tables(con) == expected
            assert con.execute("select count(*) from raw.schema_migrations").fetchone() == (len(_migrations()),)
            for table, rows in filled.items():
                assert con.execute(f"select count(*) from raw.{table}").fetchone() == (rows,), table  # noqa: S608


def test_no_migration_that_was_applied_has_changed():
    now = {file.name: sha256(file.read_bytes()).hexdigest()[:16] for file in _migrations()}
    assert now == APPLIED_SOMEWHERE


def test_a_store_of_a_newer_version_is_left_alone(tmp_path: Path):
    with connect_store(tmp_path / "s.duckdb") as con:
        con.execute("insert into raw.schema_migrations values ('9999_future.sql', now()::timestamp)")
    with pytest.raises(StoreError, match=r"newer version.*9999_future"), connect_store(tmp_path / "s.duckdb"):
        pass


@pytest.mark.parametrize("content", [b"", b"rubbish" * 1000])
def test_a_store_that_is_none_is_named_with_a_way_out(tmp_path: Path, content: bytes):
    (tmp_path / "s.duckdb").write_bytes(content)
    with (
        pytest.raises(StoreError, match=r"s\.duckdb cannot be opened.*make restore"),
        connect_store(tmp_path / "s.duckdb"),
    ):
        pass
    assert (tmp_path / "s.duckdb").read_bytes() == content


READER = "import duckdb, sys; con = duckdb.connect(sys.argv[1], read_only=True); print(flush=True); sys.stdin.read()"


def test_another_process_is_waited_for_and_then_named(tmp_path: Path):
    store = tmp_path / "s.duckdb"
    with connect_store(store):
        pass
    with subprocess.Popen(
        [sys.executable, "-c", READER, store], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        other.stdout.readline()
        with pytest.raises(StoreError, match=rf"PID {other.pid}"), connect_store(store, wait=0):
            pass
        other.stdin.close()
        with connect_store(store, wait=60):
            pass


def test_the_rest_of_a_store_that_was_never_finished_is_no_store(tmp_path: Path):
    (tmp_path / "store.part").write_bytes(b"half of one")
    (tmp_path / "store.duckdb.wal").write_bytes(b"of a store that is gone")
    with connect_store(tmp_path / "store.duckdb") as con:
        assert con.execute("select count(*) from raw.documents").fetchone() == (0,)
    assert [path.name for path in tmp_path.iterdir()] == ["store.duckdb"]
