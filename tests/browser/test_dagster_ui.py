"""What an operator sees the morning after in the Dagster UI that `armswatch ui` starts."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import urllib3
from playwright.sync_api import Browser, Page, expect

ARMSWATCH = str(Path(sys.executable).with_name("armswatch"))
# The UI loads the code location first; on a busy machine that takes its time.
PATIENCE = 60_000


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def address(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The UI over one real run of the sample articles."""
    folder = tmp_path_factory.mktemp("ui")
    env = os.environ | {"WAREHOUSE": str(folder / "w.duckdb")}
    ran = subprocess.run([ARMSWATCH, "run"], env=env, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert f"as a page: {folder / 'brief' / 'index.html'}" in " ".join(ran.stdout.split("\n"))
    port = free_port()
    with (folder / "ui.log").open("w") as log:
        ui = subprocess.Popen(
            [ARMSWATCH, "ui", "--port", str(port)], env=env, stdout=log, stderr=log, start_new_session=True
        )
    try:
        retries = urllib3.Retry(total=None, connect=240, read=0, backoff_factor=0.5, backoff_max=1)
        urllib3.PoolManager().request("GET", f"http://127.0.0.1:{port}/server_info", retries=retries)
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(ui.pid, signal.SIGINT)
        try:
            ui.wait(60)
        except subprocess.TimeoutExpired:
            os.killpg(ui.pid, signal.SIGKILL)
            ui.wait()


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1400, "height": 1000}, base_url=address)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    yield page
    context.close()


def shows(page: Page, *texts: str) -> None:
    for text in texts:
        expect(page.locator("body")).to_contain_text(text, timeout=PATIENCE)


def test_the_graph_has_the_groups_of_the_flow(page: Page):
    page.goto("/asset-groups")
    shows(page, "landing", "reports", "marts", "publication", "reference", "exports")


def test_a_group_shows_its_assets_with_kind_and_state(page: Page):
    page.goto("/locations/armswatch/asset-groups/publication")
    shows(page, "published_warehouse", "brief", "Materialized", "DuckDB", "html")


def test_the_run_is_there_with_what_started_it_and_its_steps(page: Page):
    page.goto("/runs")
    shows(page, "refresh", "Success", "started_by: command line")
    page.locator("a[href^='/runs/']", has_text=re.compile("^[0-9a-f]{8}$")).click()
    shows(page, "Succeeded", "published_warehouse", "brief")


def test_the_schedule_says_what_it_does_and_is_off(page: Page):
    page.goto("/locations/armswatch/schedules/daily_refresh")
    shows(
        page, "every day at 05:00 UTC", "Off until switched on", "refresh", "At 05:00 AM UTC", "Schedule has never run"
    )
    expect(page.get_by_role("switch").first.or_(page.locator("input[type=checkbox]").first)).not_to_be_checked()


def test_the_sensor_says_what_it_looks_at_and_is_off(page: Page):
    page.goto("/locations/armswatch/sensors/new_files")
    shows(page, "when a file of the landing folder was added", "Off until switched on", "Sensor has never run")
    expect(page.get_by_role("switch").first.or_(page.locator("input[type=checkbox]").first)).not_to_be_checked()


def test_an_asset_shows_columns_counts_and_what_came_in(page: Page):
    page.goto("/assets/documents")
    shows(page, "Grain: one row per distinct article", "Row count", "published_on", "by language", "Owners")


def test_reports_show_rows_with_their_evidence(page: Page):
    page.goto("/assets/arms_transfer_reports")
    shows(page, "Grain: one row per thing that one passage", "extractor version", "samples", "evidence_text")


def test_the_brief_says_where_its_page_is(page: Page):
    page.goto("/assets/brief")
    shows(page, "brief/index.html", "new events", "published_warehouse")
