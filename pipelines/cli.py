"""The command line. Settings come from the environment; options go before them."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import click
import typer
import typer.core

from pipelines.contract import FACT_TYPES
from pipelines.settings import EXTRACTOR_ENGINES, ExplainedError, Settings

FactType = Literal[FACT_TYPES]
Engine = Literal[EXTRACTOR_ENGINES]


class _Commands(typer.core.TyperGroup):
    """Every command ends with one message and status 1 when something is for a person to put right."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except ExplainedError as error:
            _give_up(str(error))


app = typer.Typer(
    cls=_Commands, no_args_is_help=True, add_completion=True, pretty_exceptions_enable=False, help=__doc__
)

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
    only: Annotated[
        FactType | None,
        typer.Option(help="Keep only what is extracted now of this type; the next run makes up for the others."),
    ] = None,
    engine: Annotated[Engine | None, typer.Option(help="What extracts; without it, EXTRACTOR_ENGINE.")] = None,
) -> None:
    """Read the articles, extract them, build and test the marts, publish the warehouse."""
    settings = _settings(LANDING=landing, WAREHOUSE=warehouse, **({"PRUNE": "1"} if prune else {}))
    if not settings.landing.is_dir():
        _give_up(f"There is no folder {settings.landing}. LANDING=<folder> names the one with the articles.")
    from pipelines.console.run import run as run_job
    from pipelines.console.summary import show

    begin = f"Articles from {settings.landing}"
    config = {"full_refresh": full_refresh, "fact_type": only, "engine": engine}
    show(settings, *run_job(settings, "refresh", begin, **{name: value for name, value in config.items() if value}))


@app.command()
def export(warehouse: Warehouse = "") -> None:
    """Write the published warehouse as Parquet, CSV, JSON Lines and FollowTheMoney into `exports/` beside it."""
    from pipelines.console.run import run as run_job

    settings = _settings(WAREHOUSE=warehouse)
    if not settings.warehouse.exists():
        _give_up(f"There is no warehouse at {settings.warehouse} yet: make run builds it.")
    run_job(settings, "export", f"Exports of {settings.warehouse}")


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

    serve.sql(_settings(WAREHOUSE=warehouse), query)


@app.command()
def docs(warehouse: Warehouse = "", port: Port = 0) -> None:
    """Every table and column explained (dbt docs), served on this machine."""
    from pipelines.console import serve

    serve.docs(_settings(WAREHOUSE=warehouse), port)


@app.command()
def doctor(warehouse: Warehouse = "") -> None:
    """Whether machine, versions, folders, disk and warehouse are in order, and what to do where they are not."""
    from pipelines.console.doctor import show

    if not show(_settings(WAREHOUSE=warehouse)):
        raise typer.Exit(1)


@app.command()
def backup(
    folder: Annotated[Path | None, typer.Argument(help="Where to; else `backups` beside the warehouse.")] = None,
    warehouse: Warehouse = "",
) -> None:
    """Store and published warehouse into one file, from which `restore` brings them back."""
    from pipelines import loading

    settings = _settings(WAREHOUSE=warehouse)
    typer.echo(f"Backed up to {loading.backup(settings, folder or settings.warehouse.parent / 'backups')}")


@app.command()
def restore(
    file: Annotated[str, typer.Argument(help="A file that `backup` wrote.")], warehouse: Warehouse = ""
) -> None:
    """Bring back store and warehouse as they were when the backup was taken."""
    from pipelines import loading

    if not file:
        _give_up("Say which: make restore FROM=<file that make backup wrote>")
    settings = _settings(WAREHOUSE=warehouse)
    taken = loading.restore(settings, Path(file))
    typer.echo(f"{settings.warehouse} and its store are as they were at {taken}.")


@app.command()
def rollback(warehouse: Warehouse = "") -> None:
    """Put the warehouse that was published before the present one back in its place. The next run builds anew."""
    from pipelines import loading

    settings = _settings(WAREHOUSE=warehouse)
    until = loading.rollback(settings)
    typer.echo(f"{settings.warehouse} is again as it was until {until:%Y-%m-%d %H:%M} UTC.")


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
    return Settings.from_env({**os.environ, **options})


def _give_up(reason: str) -> None:
    typer.secho(reason, fg=typer.colors.RED, err=True)
    raise typer.Exit(1)
