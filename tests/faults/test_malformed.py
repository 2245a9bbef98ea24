"""Bad input: all of it is rejected with a reason, in bounded memory, and every good article beside it is loaded."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from malformed import MANY, make, record, text

from pipelines.landing import read_folder
from pipelines.loading import connect_reader

FILES = int(os.environ.get("FILES") or 150)
GOOD = 20
# Names that are no harm to those who never build a command or a query of them.
ODD_NAMES = [
    "good'; drop table raw.documents; --.txt", 'good".txt', "good %s {0} $(true) `true`.txt", "=good|cmd!A1.txt",
    "-rf good.txt", "<b>good.txt", "good|x.txt", "good..txt", "good" + "x" * 247 + ".txt", "good\u0301 tố.txt",
]  # fmt: skip
MEGABYTES = 700
# Reads the folder as a run does, in a process of its own, and prints the most memory that it had.
PASS = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from passes import run_pass
run_pass(Path(sys.argv[2]), Path(sys.argv[3]))
(peak,) = [line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")]
print(int(peak) // 1024)
"""


def test_everything_malformed_is_rejected_and_everything_good_is_loaded(tmp_path: Path):
    landing, store = tmp_path / "landing", tmp_path / "store.duckdb"
    landing.mkdir()
    expected = make(landing, FILES)
    for number in range(GOOD):
        (landing / f"good-{number:02}.txt").write_bytes(text(10_000 + number))
        (landing / f"{number:02}-good.jsonl").write_bytes(record(20_000 + number))
    for number, name in enumerate(ODD_NAMES):
        (landing / name).write_bytes(text(30_000 + number))
    helpers = Path(__file__).parents[1] / "loading"
    done = subprocess.run(
        [sys.executable, "-c", PASS, helpers, store, landing], capture_output=True, text=True, timeout=1800, check=True
    )
    assert int(done.stdout) < MEGABYTES
    with connect_reader(store) as con:
        rejects = con.execute("select source_path, reason, detail from raw.rejected_inputs").fetchall()
        loaded = con.execute("select source_path from raw.documents where source_path like '%good%'").fetchall()
    reasons = defaultdict(set)
    for path, reason, detail in rejects:
        assert path.isprintable() and detail.isprintable() and len(detail) > 10
        reasons[path].add(reason)
    for path, reason in expected.items():
        assert reasons[path], path
        assert reason is None or reason in reasons[path], path
    assert len(loaded) == 2 * GOOD + len(ODD_NAMES)
    print(f"\nmalformed inputs: {len(expected)}, rejected with a reason: {len(expected)}; good articles lost: 0")


def test_the_corpus_is_large_and_the_same_each_time(tmp_path: Path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    assert make(tmp_path / "one", 40) == make(tmp_path / "two", 40)
    assert MANY >= 300


WHOLE = {
    ".txt": text(1),
    ".html": b"<html><head><title>Tin</title></head><body><article><p>" + text(1) + b"</p></article></body></html>",
    ".jsonl": record(1) + record(2),
    ".jsonl.gz": gzip.compress(record(1) + record(2), mtime=0),
    ".jsonl.zst": pa.compress(record(1) + record(2), "zstd", asbytes=True),
    ".csv": b"text,title\n" + f'"{text(1).decode()}",Tin\n'.encode(),
}
SIGNS = st.sampled_from(
    [b"\0", b"\xff", b'"', b"\n", b"{", b"<", b"\\", b"\xe2\x80\xae", b"\x1f\x8b", b",", b"]]>", b"&"]
)
EDIT = st.tuples(st.floats(0, 1), st.integers(0, 40), SIGNS | st.binary(max_size=8))


@settings(
    derandomize=True,
    deadline=None,
    max_examples=int(os.environ.get("EDITS") or 60),
    suppress_health_check=[HealthCheck.too_slow],
)
@given(suffix=st.sampled_from(sorted(WHOLE)), edits=st.lists(EDIT, min_size=1, max_size=4))
def test_no_damage_to_a_file_stops_a_run_or_goes_unseen(suffix: str, edits: list[tuple[float, int, bytes]]):
    data = WHOLE[suffix]
    for where, gone, come in edits:
        place = int(where * len(data))
        data = data[:place] + come + data[place + gone :]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / f"damaged{suffix}").write_bytes(data)
        (folder / "good.txt").write_bytes(text(99))
        batches = list(read_folder(folder))
    documents = [path for batch in batches for path in batch.documents.column("source_path").to_pylist()]
    seen = [path for batch in batches for part in (batch.rejects, batch.skipped) for path in part.column(0).to_pylist()]
    assert "good.txt" in documents
    assert f"damaged{suffix}" in {path.partition("#")[0] for path in documents} | set(seen)
    assert all(json.dumps(row) for batch in batches for row in batch.rejects.to_pylist())
