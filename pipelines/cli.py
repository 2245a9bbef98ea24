"""News articles in, a warehouse of arms transfers, sanctions and meetings out, each row with its passage.

Begin with `armswatch run`: it reads the sample articles and shows what came of them. Then `armswatch run --landing
FOLDER --warehouse FILE.duckdb` for your own, and `armswatch doctor` when something is not as it should be.

Settings come from the environment (LANDING, WAREHOUSE, FEEDS, PRUNE, WORKERS, MEMORY_LIMIT, LOCK_WAIT,
EXTRACTOR_ENGINE, ALERT_WEBHOOK); options go before them. Exit status: 0 done, 1 something is for a person to put right
and was said in a sentence, 2 a command or option that does not exist. `armswatch --install-completion` has the shell
complete commands and options.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import click
import typer
import typer.core

from pipelines.contract import FACT_TYPES
from pipelines.settings import EXTRACTOR_ENGINES, ExplainedError, Settings

F = TypeVar("F", bound=Callable[..., Any])
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
    cls=_Commands,
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    help=__doc__,
)
_MAKE, _LOOK, _KEEP = "Make", "Look", "Keep in order"


def _command(panel: str, *examples: str) -> Callable[[F], F]:
    """A command in a panel of the help, with examples below its options."""
    return app.command(rich_help_panel=panel, epilog="For example: " + "; ".join(f"`{line}`" for line in examples))


Warehouse = Annotated[
    str, typer.Option(envvar="WAREHOUSE", show_default=False, help="File that analysts read (.duckdb), or ducklake:…")
]
Port = Annotated[int, typer.Option(envvar="PORT", show_default=False, help="Port on this machine; else a free one.")]

At = Annotated[str, typer.Option(envvar="AT", show_default=False, help="A lake as at the end of that day, or then.")]


@_command(
    _MAKE,
    "armswatch run",
    "armswatch run --landing ~/articles --warehouse ~/arms/arms.duckdb",
    "armswatch run --full-refresh",
)
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


@_command(_MAKE, "armswatch export")
def export(warehouse: Warehouse = "") -> None:
    """Write the published warehouse as Parquet, CSV, JSON Lines and FollowTheMoney into `exports/` beside it."""
    from pipelines.console.run import run as run_job

    settings = _settings(WAREHOUSE=warehouse)
    if not settings.warehouse.exists():
        _give_up(f"There is no warehouse at {settings.warehouse} yet: make run builds it.")
    run_job(settings, "export", f"Exports of {settings.warehouse}")


@_command(_LOOK, "armswatch brief", "armswatch brief --no-open")
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


@_command(_LOOK, "armswatch ui", "armswatch ui --port 3000")
def ui(warehouse: Warehouse = "", port: Port = 0) -> None:
    """The Dagster UI on this machine: lineage, runs, and the switches of schedule and sensor."""
    from pipelines.console import serve

    serve.ui(_settings(WAREHOUSE=warehouse), port)


@_command(_LOOK, "armswatch sql", 'armswatch sql "select count(*) from transfers"')
def sql(
    query: Annotated[str | None, typer.Argument(help="A query to answer; without one, a prompt.")] = None,
    warehouse: Warehouse = "",
    at: At = "",
) -> None:
    """A read-only SQL prompt on the published warehouse."""
    from pipelines.console import serve

    serve.sql(_settings(WAREHOUSE=warehouse), query, _moment(at))


@_command(_LOOK, "armswatch snapshot march.duckdb --at 2026-03-01")
def snapshot(
    file: Annotated[str, typer.Argument(help="The file to write.")], warehouse: Warehouse = "", at: At = ""
) -> None:
    """The marts of a lake, as they are or were, as a DuckDB file."""
    from pipelines.loading import copy_lake

    settings = _settings(WAREHOUSE=warehouse)
    if not settings.lake:
        _give_up(f"{settings.warehouse} is such a file. WAREHOUSE=ducklake:… names a lake: see docs/scale.md.")
    if not file:
        _give_up("Say where to: make snapshot FILE=<file to write>")
    copy_lake(settings.lake, _moment(at), Path(file))
    typer.echo(f"Written: {file}")


@_command(_LOOK, "armswatch docs")
def docs(warehouse: Warehouse = "", port: Port = 0) -> None:
    """Every table and column explained (dbt docs), served on this machine."""
    from pipelines.console import serve

    serve.docs(_settings(WAREHOUSE=warehouse), port)


@_command(_KEEP, "armswatch doctor")
def doctor(warehouse: Warehouse = "") -> None:
    """Whether machine, versions, folders, disk and warehouse are in order, and what to do where they are not."""
    from pipelines.console.doctor import show

    if not show(_settings(WAREHOUSE=warehouse)):
        raise typer.Exit(1)


@_command(_KEEP, "armswatch backup /mnt/other-disk")
def backup(
    folder: Annotated[Path | None, typer.Argument(help="Where to; else `backups` beside the warehouse.")] = None,
    warehouse: Warehouse = "",
) -> None:
    """Store and published warehouse into one file, from which `restore` brings them back."""
    from pipelines import loading

    settings = _settings(WAREHOUSE=warehouse)
    typer.echo(f"Backed up to {loading.backup(settings, folder or settings.warehouse.parent / 'backups')}")


@_command(_KEEP, "armswatch restore backups/….tar")
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


@_command(_KEEP, "armswatch rollback")
def rollback(warehouse: Warehouse = "") -> None:
    """Put the warehouse that was published before the present one back in its place. The next run builds anew."""
    from pipelines import loading

    settings = _settings(WAREHOUSE=warehouse)
    until = loading.rollback(settings)
    typer.echo(f"{settings.warehouse} is again as it was until {until:%Y-%m-%d %H:%M} UTC.")


@_command(_LOOK, "armswatch explain article.txt --published-on 2024-05-20", "echo '…' | armswatch explain")
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


def _moment(text: str) -> datetime | None:
    """The end of a day, or a moment; ISO 8601, in UTC where it does not say."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        _give_up(f"AT={text}: a day or a moment, like 2026-03-01 or 2026-03-01T12:30")
    if len(text) == len("2026-03-01"):
        moment += timedelta(days=1, microseconds=-1)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _settings(**options: str) -> Settings:
    return Settings.from_env({**os.environ, **options})


def _give_up(reason: str) -> None:
    typer.secho(reason, fg=typer.colors.RED, err=True)
    raise typer.Exit(1)
