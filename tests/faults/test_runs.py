"""Real runs that are killed, starved of disk, started twice and read from: the warehouse is whole at any moment.

KILLS, READERS and REFRESHES say how often and how many: few with the other tests, many with `make test-faults`.
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import pytest
from place import Place, kill

from pipelines.loading import published_fingerprint

KILLS = int(os.environ.get("KILLS") or 2)
READERS = int(os.environ.get("READERS") or 4)
REFRESHES = int(os.environ.get("REFRESHES") or 1)
SEED = 6


class Undisturbed:
    """A place after its first run and with a changed landing folder, and what the next run makes of it."""

    def __init__(self, root: Path) -> None:
        self.place = place = Place(root)
        place.begin()
        assert place.run()[0] == 0
        self.before = place.content()
        place.change()
        place.keep()
        started = monotonic()
        status, said = place.run()
        assert status == 0, said
        self.seconds = monotonic() - started
        self.after, self.files = place.content(), place.files()
        assert self.after != self.before


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    return Undisturbed(tmp_path_factory.mktemp("runs") / "place")


@pytest.fixture
def place(undisturbed: Undisturbed) -> Place:
    undisturbed.place.put_back()
    return undisturbed.place


def test_killed_at_any_moment_the_next_run_comes_to_the_same(undisturbed: Undisturbed):
    place, source = undisturbed.place, random.Random(SEED)
    steps: Counter[str] = Counter()
    for number in range(KILLS):
        place.put_back()
        process = place.start()
        # Spread over the run, so that every part of it is met.
        moment = (number + source.random()) / KILLS * undisturbed.seconds
        try:
            process.communicate(timeout=moment)
            steps["had ended"] += 1
        except subprocess.TimeoutExpired:
            kill(process)
            steps[place.last_step()] += 1
        assert place.content() in (undisturbed.before, undisturbed.after), f"torn by kill {number} at {moment:.2f} s"
        status, said = place.run()
        assert status == 0, said
        assert place.content() == undisturbed.after, f"another result after kill {number} at {moment:.2f} s"
        assert place.files() <= undisturbed.files, f"left over after kill {number} at {moment:.2f} s"
        print(f"\r{number + 1} of {KILLS} kills", end="", flush=True)
    print(f"\n{KILLS} kills, 0 differences from the undisturbed result; in {dict(steps)}")


READER = Path(__file__).with_name("reader.py")


def test_readers_get_whole_answers_and_no_run_fails_because_of_them(place: Place):
    stop = place.root / "stop"
    readers = [
        subprocess.Popen(
            [sys.executable, READER, place.settings.warehouse, stop, "long" if number % 2 else "short"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for number in range(READERS)
    ]  # fmt: skip
    published = {json.loads(reader.stdout.readline())["made of"] for reader in readers}
    try:
        for number in range(1, REFRESHES + 1):
            place.change(number)
            status, said = place.run()
            assert status == 0, said
            published.add(published_fingerprint(place.settings.warehouse))
    finally:
        stop.touch()
        ends = [reader.communicate() for reader in readers]
    answers = [json.loads(line) for said, _ in ends for line in said.splitlines()]
    assert [reader.returncode for reader in readers] == [0] * READERS, [error for _, error in ends if error]
    assert {answer["made of"] for answer in answers} <= published
    assert len({answer["made of"] for answer in answers}) > 1, "no reader saw a new warehouse"
    by_version: dict[str, set[str]] = {}
    for answer in answers:
        by_version.setdefault(answer["made of"], set()).add(answer["content"])
    assert {len(contents) for contents in by_version.values()} == {1}, "one warehouse gave two answers"
    print(f"\n{READERS} readers over {REFRESHES} refreshes: {len(answers)} answers, 0 errors, 0 torn reads")


def test_two_runs_at_once_never_both_write(place: Place, undisturbed: Undisturbed):
    both = [place.start(env={"LOCK_WAIT": "0"}) for _ in range(2)]
    ends = [(process.communicate()[0], process.returncode) for process in both]
    assert 0 in [status for _, status in ends]
    for said, status in ends:
        assert status == 0 or "Another run is writing" in said
    assert place.content() == undisturbed.after


def test_a_run_that_waits_comes_after_the_other(place: Place, undisturbed: Undisturbed):
    both = [place.start(env={"LOCK_WAIT": "600"}) for _ in range(2)]
    for process in both:
        said, _ = process.communicate()
        assert process.returncode == 0, said
    assert place.content() == undisturbed.after


def test_no_room_for_a_large_file(place: Place, undisturbed: Undisturbed):
    old = place.settings.warehouse.read_bytes()

    def no_large_file() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (6 * 2**20, 6 * 2**20))

    status, said = place.run(preexec_fn=no_large_file)
    assert status == 1
    assert "no room left" in said, said
    assert "Traceback" not in said
    assert place.settings.warehouse.read_bytes() == old
    assert place.run()[0] == 0
    assert place.content() == undisturbed.after


@contextmanager
def mounted(folder: Path, size: str) -> Iterator[None]:
    """A file system of its own with so much room; skips where this user may not mount."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if not shutil.which("mount") or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("this user may not mount a file system")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def remounted(folder: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", str(folder)], check=True)


def test_a_full_disk_and_a_read_only_one(undisturbed: Undisturbed, tmp_path: Path):
    place = undisturbed.place
    place.put_back()
    out = place.settings.warehouse.parent
    aside = tmp_path / "out"
    out.rename(aside)
    with mounted(out, "500m"):
        shutil.copytree(aside, out, dirs_exist_ok=True)
        old = place.settings.warehouse.read_bytes()
        for room in (0, 8):
            remounted(out, f"size={shutil.disk_usage(out).used // 1024 + room * 1024}k")
            status, said = place.run()
            assert status == 1, said
            assert "no room left" in said or "No space left" in said, said
            assert "Traceback" not in said
            assert place.settings.warehouse.read_bytes() == old
        remounted(out, "size=500m,ro")
        status, said = place.run()
        assert status == 1
        assert "Nothing can be written" in said and "Read-only" in said, said
        assert place.settings.warehouse.read_bytes() == old
        remounted(out, "size=500m,rw")
        status, said = place.run()
        assert status == 0, said
        assert place.content() == undisturbed.after
    out.rmdir()
    print("\nfull and read-only disk: the old warehouse intact, a clear message, recovery afterwards")
