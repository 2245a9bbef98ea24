"""`armswatch doctor`: is everything in order for the next run, and what to do about what is not. Changes nothing."""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import NamedTuple

import duckdb
from packaging.markers import Marker
from rich.console import Console
from rich.text import Text

from pipelines.loading import RunInProgressError, connect_reader, kept_publications, now, run_lock
from pipelines.loading.publication import missing_tables
from pipelines.loading.store import newer_migrations
from pipelines.settings import PROJECT_ROOT, Settings

_LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)(?: ;([^\\]*))?", re.MULTILINE)
_LEAST_MEMORY, _LEAST_ROOM = 2 * 2**30, 512 * 2**20
_STALE = timedelta(days=2)


class Finding(NamedTuple):
    """What was looked at, what was seen, and what to do about it, if anything; `wrong` when no run can work before."""

    what: str
    seen: str
    advice: str = ""
    wrong: bool = False


def show(settings: Settings) -> bool:
    """Print every finding; returns whether a run can work."""
    console = Console(highlight=False)
    findings = list(examine(settings))
    for finding in findings:
        sign, style = ("wrong", "red") if finding.wrong else ("look", "yellow") if finding.advice else ("ok", "green")
        console.print(Text(f"{sign:<6}", style=style) + Text(f"{finding.what:<12} {finding.seen}"), soft_wrap=True)
        if finding.advice:
            console.print(Text(f"{'':<19}{finding.advice}", style=style), soft_wrap=True)
    return not any(finding.wrong for finding in findings)


def examine(settings: Settings) -> Iterator[Finding]:
    """Every finding, in the order in which a run would meet what is wrong."""
    for look in _LOOKS:
        try:
            yield from look(settings)
        except OSError as error:
            yield Finding(look.__name__.strip("_"), f"{error.filename}: {error.strerror}", "Look at its rights.", True)


def _machine(settings: Settings) -> Iterator[Finding]:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    little = memory < _LEAST_MEMORY
    advice = "A run takes up to 2 GB: give it more, or WORKERS=1." if little else ""
    yield Finding("machine", f"{os.cpu_count()} cores, {memory / 2**30:.1f} GB of memory", advice)
    yield Finding("python", sys.version.split()[0])


def _packages(settings: Settings) -> Iterator[Finding]:
    lock = PROJECT_ROOT / "requirements" / "base.txt"
    if not lock.exists():
        return
    other, count = [], 0
    for name, version, condition in _LOCKED.findall(lock.read_text(encoding="utf-8")):
        if condition and not Marker(condition).evaluate():  # for another system
            continue
        try:
            installed = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            installed = "not installed"
        count += 1
        if installed != version:
            other.append(f"{name} {installed} instead of {version}")
    if other:
        yield Finding("packages", "; ".join(other), "`rm .venv/.set-up-*; make setup` installs what was locked.")
    else:
        yield Finding("packages", f"{count} as they were locked")


def _landing(settings: Settings) -> Iterator[Finding]:
    if not settings.landing.is_dir():
        yield Finding("landing", f"no folder {settings.landing}", "LANDING=<folder> names the one with articles.", True)
    elif not os.access(settings.landing, os.R_OK | os.X_OK):
        yield Finding("landing", f"{settings.landing} cannot be read", "Give this user the right to.", True)
    else:
        yield Finding("landing", str(settings.landing))


def _place(settings: Settings) -> Iterator[Finding]:
    folder = next(path for path in (settings.state, *settings.state.parents) if path.exists())
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"\0" * 2**20)
    except OSError as error:
        yield Finding(
            "folder", f"{folder}: {error.strerror}", "Free space or give rights, or name another WAREHOUSE.", True
        )
        return
    yield Finding("folder", f"{folder} can be written to")
    # The next warehouse stands beside the published one while it is built.
    present = sum(path.stat().st_size for path in (settings.warehouse, settings.store) if path.exists())
    needed = max(_LEAST_ROOM, 2 * present)
    free = shutil.disk_usage(folder).free
    seen = f"{free / 2**30:.1f} GB free, a run may need {needed / 2**30:.1f}"
    kept = settings.previous
    yield Finding("disk", seen, f"Free some: {kept} may go, backups may move." if free < needed else "")


def _lock(settings: Settings) -> Iterator[Finding]:
    if not settings.lock.exists():
        return
    try:
        with run_lock(settings, wait=0):
            pass
    except RunInProgressError:
        yield Finding("lock", "a run is writing now", "Nothing is wrong; another run would wait.")
    else:
        yield Finding("lock", "no run is writing")


def _store(settings: Settings) -> Iterator[Finding]:
    if not settings.store.exists():
        yield Finding("store", "none yet", "`make run` makes it.")
        return
    try:
        with connect_reader(settings.store) as con:
            newer = newer_migrations(con)
            documents, failed = con.execute(
                "select (select count(*) from raw.documents), "
                "(select count(*) from raw.extractions where error is not null)"
            ).fetchone()
            last = con.execute("select started_at, status from raw.runs order by started_at desc limit 1").fetchone()
    except duckdb.Error as error:
        if "lock" in str(error):
            yield Finding("store", "in use by a run")
            return
        yield Finding(
            "store",
            f"{settings.store} cannot be read: {str(error).splitlines()[0]}",
            "`make restore FROM=<backup>`. Without one, move it away and run: event ids stay.",
            True,
        )
        return
    if newer:
        yield Finding("store", f"written by a newer version ({', '.join(newer)})", "Use that version.", True)
    else:
        failing = f", the extractor failed on {failed:,}" if failed else ""
        yield Finding("store", f"{documents:,} documents{failing}")
    if last:
        started, status = last
        advice = "See `make ui` or the journal for why." if status == "failed" else ""
        if now() - started > _STALE:
            advice = "No run for long: is whatever starts them (cron, or `make ui` with the schedule on) alive?"
        yield Finding("last run", f"{started:%Y-%m-%d %H:%M} UTC, {status}", advice)


def _published(settings: Settings) -> Iterator[Finding]:
    if not settings.warehouse.exists():
        yield Finding("warehouse", "none yet", "`make run` builds it.")
        return
    try:
        with connect_reader(settings.warehouse) as con:
            missing = missing_tables(con)
    except duckdb.Error as error:
        seen = f"{settings.warehouse} cannot be read: {str(error).splitlines()[0]}"
        yield Finding("warehouse", seen, "`make rollback`, or `make run`, which builds it anew.", True)
        return
    size = f"{settings.warehouse.stat().st_size / 2**20:.1f} MB, {len(kept_publications(settings))} earlier ones kept"
    if missing:
        yield Finding("warehouse", f"without {', '.join(missing)}", "`make run` builds it anew.", True)
    else:
        yield Finding("warehouse", f"{settings.warehouse}, {size}")


def _backups(settings: Settings) -> Iterator[Finding]:
    folder = settings.warehouse.parent / "backups"
    newest = max(folder.glob("*.tar"), key=lambda path: path.stat().st_mtime, default=None)
    seen = f"newest {newest}" if newest else f"none in {folder}"
    yield Finding("backup", seen, "" if newest else "`make backup TO=<another disk>` before you need it.")


def _webhook(settings: Settings) -> Iterator[Finding]:
    yield Finding(
        "alerts", "failures go to ALERT_WEBHOOK" if settings.alert_webhook else "off (ALERT_WEBHOOK is not set)"
    )


_LOOKS: list[Callable[[Settings], Iterator[Finding]]] = [
    _machine, _packages, _landing, _place, _lock, _store, _published, _backups, _webhook,
]  # fmt: skip
