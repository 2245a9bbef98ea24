"""A warehouse that real `armswatch run` processes write, and that can be put back to where it was."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import duckdb

from pipelines.settings import PROJECT_ROOT, SEEDS, Settings

_COMMAND = [sys.executable, "-c", "from pipelines.cli import app; app()"]
# Names that differ from run to run: of runs, of kept warehouses.
_OWN_NAMES = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{8}T\d{12}")
ARTICLE = (
    "Ba Lan bàn giao xe bọc thép cho Moldova\n\nNgày {0}/2/2025, Ba Lan đã bàn giao 1{0} xe bọc thép cho Moldova.\n"
)


class Place:
    """A landing folder and a warehouse below `root`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.settings = Settings(landing=root / "landing", warehouse=root / "out" / "w.duckdb")
        self._aside = root.with_name(f"{root.name}-aside")

    def begin(self) -> None:
        """The articles of the first run, as the seeds have them."""
        shutil.copytree(SEEDS / "articles", self.settings.landing)

    def change(self, number: int = 0) -> None:
        """One article more, one changed, one gone."""
        landing = self.settings.landing
        (landing / f"new-{number}.txt").write_text(ARTICLE.format(number % 9 + 1), "utf-8")
        (landing / "changed.txt").write_text(f"Tin số {number}\nTàu hàng đã cập cảng Batumi sáng nay.\n", "utf-8")
        next(iter(sorted((landing / "wire").glob("*.txt"))), landing / "none").unlink(missing_ok=True)

    def start(self, *arguments: str, env: Mapping[str, str] | None = None, **options: object) -> subprocess.Popen:
        """`armswatch run`, in a process group of its own."""
        places = {"LANDING": str(self.settings.landing), "WAREHOUSE": str(self.settings.warehouse), "WORKERS": "1"}
        return subprocess.Popen(
            [*_COMMAND, *(arguments or ("run",))],
            cwd=PROJECT_ROOT, env={**os.environ, **places, **(env or {})}, start_new_session=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options,
        )  # fmt: skip

    def run(self, *arguments: str, **options: object) -> tuple[int, str]:
        """The same to its end: exit status, and what was said."""
        with self.start(*arguments, **options) as process:
            said, _ = process.communicate()
        return process.returncode, said

    def keep(self) -> None:
        """Remember how everything is now."""
        shutil.rmtree(self._aside, ignore_errors=True)
        shutil.copytree(self.root, self._aside, symlinks=True)

    def put_back(self) -> None:
        """Everything as it was. The paths stay the same: dbt's parsed project depends on them."""
        shutil.rmtree(self.root)
        shutil.copytree(self._aside, self.root, symlinks=True)

    def content(self) -> dict[str, list[tuple]]:
        """Every row of every published mart, without the moments at which it was made."""
        with duckdb.connect(str(self.settings.warehouse), read_only=True) as con:
            names = con.execute("select table_name from duckdb_tables() where schema_name = 'marts'").fetchall()
            rows = {
                name: con.execute(
                    f"select columns(c -> not regexp_matches(c, '_at$')) from marts.\"{name}\" order by all"  # noqa: S608
                ).fetchall()
                for (name,) in names
            }
        return rows

    def files(self) -> set[str]:
        """Every file and folder beside the warehouse, without what differs from run to run in their names."""
        out = self.settings.warehouse.parent
        return {_OWN_NAMES.sub("…", path.relative_to(out).as_posix()) for path in out.rglob("*")}

    def last_step(self) -> str:
        """The step that the last run was in."""
        if not self.settings.journal.exists():
            return "start"
        lines = [
            json.loads(line) for line in self.settings.journal.read_text("utf-8").splitlines() if line.endswith("}")
        ]
        return lines[-1].get("step", "begin or end") if lines else "start"


def kill(process: subprocess.Popen) -> None:
    """SIGKILL to the whole group, dbt included."""
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
