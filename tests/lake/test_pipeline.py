"""`armswatch run` with a lake (and Ray, where it is installed) comes to the rows that it comes to without."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import duckdb
import pytest
from servers import Postgres

from pipelines.loading import connect_lake
from pipelines.settings import PROJECT_ROOT, SEEDS, Settings

SHARED = PROJECT_ROOT.parent / "shared"
NEW = "Ba Lan bàn giao xe bọc thép cho Moldova\n\nNgày 3/2/2025, Ba Lan đã bàn giao 14 xe bọc thép cho Moldova.\n"


def armswatch(*arguments: str, **env: str) -> str:
    done = subprocess.run(
        [Path(sys.executable).with_name("armswatch"), *arguments],
        env=os.environ | env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def rows(con: duckdb.DuckDBPyConnection) -> dict[str, list[tuple]]:
    """Every row of every mart, without the moments that runs note."""
    found = {}
    for (name,) in con.execute("select table_name from duckdb_tables() where schema_name = 'marts'").fetchall():
        columns = [
            f'"{column}"'
            for column, kind, *_ in con.execute(f"describe marts.{name}").fetchall()
            if kind != "TIMESTAMP"
        ]
        found[name] = con.execute(f"select {', '.join(columns)} from marts.{name} order by all").fetchall()  # noqa: S608
    return found


def score(file: Path) -> str:
    gold = SHARED / "gold" / "seeds.jsonl"
    command = [sys.executable, SHARED / "tools" / "score.py", file, gold, "--verbose"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[dict[str, str], Callable[[], None]]]:
    """How a run reaches two Ray nodes, and what ends one of them; nothing of both without Ray."""
    if find_spec("ray") is None:
        yield {}, lambda: None
        return
    from tests.engines.ray_nodes import cluster

    with cluster() as (address, node):
        storage = str(tmp_path / "storage")
        yield {"EXTRACTOR_ENGINE": "ray", "RAY_ADDRESS": address, "RAY_STORAGE": storage}, node.kill


def test_the_same_rows_as_without_also_after_a_node_and_the_catalogue_died(
    lake: Callable[[str], Settings],
    bucket: str,
    catalogue: Postgres,
    cluster: tuple[dict[str, str], Callable[[], None]],
    tmp_path: Path,
):
    landing, file = tmp_path / "landing", tmp_path / "embedded.duckdb"
    shutil.copytree(SHARED / "corpus" / "seeds" if SHARED.exists() else SEEDS / "articles", landing)
    settings = lake(f"{bucket}/pipeline")
    on_nodes, kill_one = cluster
    with_lake = settings.as_env() | {"LANDING": str(landing)} | on_nodes
    said = []

    def both_runs() -> dict[str, list[tuple]]:
        armswatch("run", LANDING=str(landing), WAREHOUSE=str(file))
        said.append(armswatch("run", **with_lake))
        with duckdb.connect(str(file), read_only=True) as con, connect_lake(settings.lake) as reader:
            found = rows(con)
            assert rows(reader) == found
        return found

    first = both_runs()
    then = datetime.now(UTC)
    kill_one()
    catalogue.stop("immediate")
    catalogue.start()
    (landing / "new.txt").write_text(NEW, encoding="utf-8")
    second = both_runs()
    assert len(second["dim_documents"]) == len(first["dim_documents"]) + 1

    with connect_lake(settings.lake, then) as con:
        assert rows(con) == first, "what was known before the last article"
    known = armswatch("sql", "select count(*) as n from dim_documents", AT=then.isoformat(), **with_lake)
    assert str(len(first["dim_documents"])) in known
    armswatch("snapshot", str(tmp_path / "copy.duckdb"), **with_lake)
    if SHARED.exists():
        assert score(tmp_path / "copy.duckdb") == score(file)
    written = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert not any(catalogue.password.encode() in content for content in [*written, *(text.encode() for text in said)])
