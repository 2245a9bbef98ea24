"""The command line: `armswatch run|brief|ui|sql|docs|explain`.

Settings come from the environment; options go before them.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from pipelines.settings import Settings, SettingsError

app = typer.Typer(no_args_is_help=True, add_completion=True, pretty_exceptions_enable=False, help=__doc__)

Warehouse = Annotated[
    str, typer.Option(envvar="WAREHOUSE", show_default=False, help="DuckDB file that analysts read, ends in .duckdb.")
]
Port = Annotated[int, typer.Option(envvar="PORT", show_default=False, help="Port on this machine; else a free one.")]


@app.command()
def run(
    landing: Annotated[str, typer.Option(envvar="LANDING", show_default=False, help="Folder of articles.")] = "",
    warehouse: Warehouse = "",
    prune: Annotated[bool, typer.Option(help="Forget articles whose files are gone.")] = False,
    full_refresh: Annotated[bool, typer.Option(help="Extract every article again, not only new ones.")] = False,
) -> None:
    """Read the articles, extract them, build and test the marts, publish the warehouse."""
    settings = _settings(LANDING=landing, WAREHOUSE=warehouse, **({"PRUNE": "1"} if prune else {}))
    if not settings.landing.is_dir():
        _give_up(f"There is no folder {settings.landing}. LANDING=<folder> names the one with the articles.")
    from pipelines.console.run import RunFailedError
    from pipelines.console.run import run as run_job
    from pipelines.console.summary import show

    try:
        begin = f"Articles from {settings.landing}"
        seconds = run_job(settings, "refresh", begin, full_refresh=full_refresh)
    except RunFailedError as error:
        _give_up(f"{error}\nAll that was said: {settings.run_log}, and in `make ui`.")
    show(settings, seconds)


@app.command()
def export(warehouse: Warehouse = "") -> None:
    """Write the published warehouse as Parquet, CSV, JSON Lines and FollowTheMoney into `exports/` beside it."""
    from pipelines.console.run import RunFailedError
    from pipelines.console.run import run as run_job

    settings = _settings(WAREHOUSE=warehouse)
    if not settings.warehouse.exists():
        _give_up(f"There is no warehouse at {settings.warehouse} yet: make run builds it.")
    try:
        run_job(settings, "export", f"Exports of {settings.warehouse}")
    except RunFailedError as error:
        _give_up(str(error))


@app.command()
def brief(
    warehouse: Warehouse = "",
    show: Annotated[bool, typer.Option("--open/--no-open", help="In the browser, or only say where it is.")] = True,
) -> None:
    """What came in, as a page that needs no server: news, timeline, flows, sanctions, meetings, contested claims."""
    page = _settings(WAREHOUSE=warehouse).brief / "index.html"
    if not page.exists():
        _give_up(f"There is no page at {page} yet: make run writes it.")
    typer.echo(page)
    if show:
        typer.launch(page.as_uri())


@app.command()
def ui(warehouse: Warehouse = "", port: Port = 0) -> None:
    """The Dagster UI on this machine: lineage, runs, and the switches of schedule and sensor."""
    from pipelines.console import serve

    serve.ui(_settings(WAREHOUSE=warehouse), port)


@app.command()
def sql(
    query: Annotated[str | None, typer.Argument(help="A query to answer; without one, a prompt.")] = None,
    warehouse: Warehouse = "",
) -> None:
    """A read-only SQL prompt on the published warehouse."""
    from pipelines.console import serve

    try:
        serve.sql(_settings(WAREHOUSE=warehouse), query)
    except serve.NotBuiltError as error:
        _give_up(str(error))


@app.command()
def docs(warehouse: Warehouse = "", port: Port = 0) -> None:
    """Every table and column explained (dbt docs), served on this machine."""
    from pipelines.console import serve

    try:
        serve.docs(_settings(WAREHOUSE=warehouse), port)
    except serve.NotBuiltError as error:
        _give_up(str(error))


@app.command()
def explain(
    file: Annotated[Path | None, typer.Argument(help="A text file; without one, standard input.")] = None,
    language: Annotated[str, typer.Option(help="The language of the text.")] = "vi",
    published_on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Publication date.")] = None,
) -> None:
    """Why a text gives the rows it gives, sentence by sentence."""
    from pipelines.extraction.explain import explain as explain_text
    from pipelines.lexicons import load_lexicon

    text = file.read_text(encoding="utf-8") if file else sys.stdin.read()
    day = published_on.date() if published_on else None
    try:
        typer.echo(explain_text(text, load_lexicon(), language=language, published_on=day))
    except KeyError:
        _give_up(f"There is no lexicon for the language {language}.")


def _settings(**options: str) -> Settings:
    try:
        return Settings.from_env({**os.environ, **options})
    except SettingsError as error:
        _give_up(str(error))


def _give_up(reason: str) -> None:
    typer.secho(reason, fg=typer.colors.RED, err=True)
    raise typer.Exit(1)
