"""Whatever happened to a landing folder before: the store holds what a store that reads it for the first time holds."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from passes import Cut, content, run_pass

from pipelines.loading import connect_reader

TEXTS = [
    "Ba Lan bàn giao xe bọc thép\nNgày 3/2/2025, Ba Lan đã bàn giao 14 xe bọc thép cho Moldova.\n",
    "Hội đàm tại Hà Nội\nNgày 5/3/2024, Thủ tướng Lào thăm Việt Nam và hội đàm với Thủ tướng Việt Nam.\n",
    "Trừng phạt\nMỹ ngày 7/4/2023 công bố lệnh trừng phạt với hai hãng tàu của Myanmar.\n",
    "Tàu hàng cập cảng\nMột tàu hàng chở linh kiện đã cập cảng Batumi sáng nay, theo báo địa phương.\n",
]
ARTICLES = [text.encode() for text in TEXTS]
BAD = [b"", b"Mot dong\nhai\0 ba", b"\x89PNG\r\n\x1a\n"]
LINES = [json.dumps({"text": text, "title": f"Tin {n}"}).encode() for n, text in enumerate(TEXTS)] + [
    b"{",
    b'{"text": 5}',
]
MANIFEST_ROWS = ["a.txt,Báo Một,2025-02-04,,vi", "deep/b.txt,Báo Hai,2024-03-06,,", "a.txt,Báo Ba,,,", "gone.txt,,,,"]

texts = st.sampled_from(["a.txt", "deep/b.txt", "deep/c.txt"]), st.sampled_from(ARTICLES + BAD)
lines = st.lists(st.sampled_from(LINES), max_size=5).map(lambda found: b"\n".join([*found, b""]))
manifests = st.lists(st.sampled_from(MANIFEST_ROWS), unique=True).map(
    lambda rows: "\n".join(["file,outlet,published_on,url,language", *rows, ""]).encode()
)
write = (
    st.tuples(st.just("write"), *texts)
    | st.tuples(st.just("write"), st.sampled_from(["d.jsonl", "deep/e.jsonl"]), lines)
    | st.tuples(st.just("write"), st.just("manifest.csv"), manifests)
)
names = st.sampled_from(["a.txt", "deep/b.txt", "deep/c.txt", "d.jsonl", "deep/e.jsonl", "manifest.csv"])
step = (
    write
    | st.tuples(st.sampled_from(["rename", "copy"]), names, names)
    | st.tuples(st.just("delete"), names)
    | st.tuples(st.just("run"), st.none() | st.integers(0, 3))
)


def do(action: str, landing: Path, store: Path, *values: object) -> None:
    """One step of a history."""
    match action, *values:
        case "write", name, data:
            (landing / name).parent.mkdir(parents=True, exist_ok=True)
            (landing / name).write_bytes(data)
        case (("rename" | "copy"), name, other):
            if (landing / name).exists() and Path(name).suffix == Path(other).suffix and name != other:
                (landing / other).parent.mkdir(parents=True, exist_ok=True)
                (shutil.copyfile if action == "copy" else os.replace)(landing / name, landing / other)
        case "delete", name:
            (landing / name).unlink(missing_ok=True)
        case "run", cut_after:
            with suppress(Cut):
                run_pass(store, landing, cut_after=cut_after)


@settings(
    derandomize=True,
    deadline=None,
    max_examples=int(os.environ.get("HISTORIES") or 15),
    suppress_health_check=[HealthCheck.too_slow],
)
@given(history=st.lists(step, min_size=3, max_size=14))
def test_any_history_comes_to_what_a_first_run_comes_to(history):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        landing = folder / "landing"
        landing.mkdir()
        for action, *values in history:
            do(action, landing, folder / "store.duckdb", *values)
        run_pass(folder / "store.duckdb", landing, prune=True)
        run_pass(folder / "first.duckdb", landing)
        assert content(folder / "store.duckdb") == content(folder / "first.duckdb")


def test_what_a_pass_without_prune_keeps_is_marked(tmp_path: Path):
    landing, store = tmp_path / "landing", tmp_path / "store.duckdb"
    landing.mkdir()
    (landing / "a.txt").write_bytes(ARTICLES[0])
    run_pass(store, landing)
    reports = content(store)["arms_transfer_reports"]
    (landing / "a.txt").unlink()
    run_pass(store, landing)
    kept = content(store)
    assert kept["arms_transfer_reports"] == reports != []
    with connect_reader(store) as con:
        marked = con.execute("select missing_since is not null from raw.document_sources").fetchall()
    assert marked == [(True,)]
    run_pass(store, landing, prune=True)
    assert not any(content(store).values())
