"""A real Chromium, and the page over a warehouse that dbt built."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from articles import as_it_was_before, write
from dbt_runs import dbt
from opening import Open
from playwright.sync_api import Browser, Page, sync_playwright

from pipelines.brief import Edition, write_edition

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None:
        pytest.skip(f"no Chromium is installed here (looked for {', '.join(_NAMES)}): apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built warehouse; beside it `before.duckdb`, the one that it took the place of."""
    folder = tmp_path_factory.mktemp("brief")
    write(folder / "store.duckdb")
    dbt("build", folder / "store.duckdb", folder / "w.duckdb", folder / "target")
    shutil.copyfile(folder / "w.duckdb", folder / "before.duckdb")
    as_it_was_before(folder / "before.duckdb")
    return folder / "w.duckdb"


@pytest.fixture(scope="session")
def edition(warehouse: Path) -> Edition:
    return write_edition(warehouse, warehouse.with_name("before.duckdb"), warehouse.parent / "brief")


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Open]:
    """Opens a page; the test fails when anything of it was refused, failed, or asked of the network."""
    contexts, complaints = [], []

    def open_page(path: Path, state: str = "lang=en", width: int = 1280, **options: object) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 900}, locale="en-GB", **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request", lambda asked: None if asked.url.startswith(("file:", "data:")) else complaints.append(asked.url)
        )
        page.goto(f"{path.as_uri()}#{state}")
        page.wait_for_selector("html.ready")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
