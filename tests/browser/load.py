"""How long the page takes to open over many reports: `python -m tests.browser.load [--reports 100000]`.

Writes a warehouse of made-up reports, an edition over it, opens it several times in Chromium from the file system, and
prints what was measured.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
import time
from pathlib import Path

import duckdb
from playwright.sync_api import Browser, sync_playwright

from pipelines.brief import write_edition
from pipelines.contract import ARMS_TRANSFER_STAGES, MEASURES, MEETING_KINDS, SANCTION_STAGES, WEAPON_CATEGORIES
from pipelines.settings import SEEDS

_TABLES = Path(__file__).with_name("load.sql")
_READY = "performance.getEntriesByName('brief-ready')[0].startTime"


def write_warehouse(path: Path, reports: int) -> None:
    """The tables of the contract that the page reads, with so many reports, two in each article."""
    with duckdb.connect(str(path)) as con:
        con.execute("set variable reports = ?", [reports])
        con.execute("set variable reference = ?", [str(SEEDS / "reference")])
        for name, codes in {
            "weapons": WEAPON_CATEGORIES,
            "deal_stages": ARMS_TRANSFER_STAGES,
            "measures": MEASURES,
            "sanction_stages": SANCTION_STAGES,
            "meeting_kinds": MEETING_KINDS,
        }.items():
            con.execute(f"set variable {name} = ?", [list(codes)])
        con.execute(_TABLES.read_text("utf-8"))


def opening_times(browser: Browser, page: Path, times: int) -> list[tuple[float, float]]:
    """Seconds from the start of the navigation until the page is drawn and can be used, and the main thread's share.

    The second is processor time, which says something on a machine that has other work too. A new profile each time.
    """
    found = []
    for _ in range(times):
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        tab = context.new_page()
        session = context.new_cdp_session(tab)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        tab.goto(f"{page.as_uri()}#lang=vi")
        tab.wait_for_selector("html.ready")
        metrics = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
        found.append((tab.evaluate(_READY) / 1000, metrics["TaskDuration"]))
        context.close()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=5)
    given = parser.parse_args()
    program = shutil.which("chromium")
    if program is None:
        parser.exit(1, "chromium is not installed\n")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        write_warehouse(Path(folder) / "w.duckdb", given.reports)
        started = time.monotonic()
        edition = write_edition(Path(folder) / "w.duckdb", None, Path(folder) / "brief")
        wrote = time.monotonic() - started
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        times, busy = zip(*opening_times(browser, edition.page, given.times), strict=True)
        browser.close()
        index = next(edition.page.parent.glob("edition-*/index.js")).stat().st_size
    print(
        f"{given.reports:,} reports, {edition.events:,} events\n"
        f"opened in {statistics.median(times):.2f} s, {min(times):.2f} to {max(times):.2f} in {given.times} times; "
        f"main thread {statistics.median(busy):.2f} s of processor time\n"
        f"written in {wrote:.1f} s: {edition.size_bytes / 1e6:.0f} MB, of which the index is {index / 1e6:.1f} MB"
    )


if __name__ == "__main__":
    main()
