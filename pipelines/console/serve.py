"""Commands that hand over to a program of others: the Dagster UI, dbt docs, the DuckDB prompt. On this machine only."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from pipelines.console.home import bury_dead_runs, enter
from pipelines.loading import attach_statements, run_lock
from pipelines.settings import DBT_PROJECT, PROJECT_ROOT, ExplainedError, Settings

HOST = "127.0.0.1"
_PROGRAMS = Path(sys.executable).parent

_WELCOME = """\
The published warehouse, read-only. End with .quit, every table and column: make docs

  with names       transfers, sanctions, meetings   one row per thing that happened or was said to
                   passages                         one row per passage, with its article
  with codes       fct_arms_transfers, fct_sanctions, fct_meetings; their reports: fct_…_reports
  ready answers    mart_bilateral_timeline, mart_arms_flows, mart_sanction_regimes, mart_claims;  show tables;

  from transfers where recipient = 'Slovakia' order by first_reported desc;
  select authority, target, measure, stage from sanctions where stage in ('imposed', 'in_force', 'extended');
  select passage, article, published from passages where claim = 'alleged' order by published desc limit 10;
"""


class NotBuiltError(ExplainedError):
    """There is no warehouse yet."""


def ui(settings: Settings, port: int | None) -> NoReturn:
    """The Dagster UI, and the daemon that schedule and sensor need."""
    enter(settings)
    bury_dead_runs(settings)
    port = port or _free_port(3000)
    print(f"Dagster UI: http://{HOST}:{port}   (Ctrl-C ends it)", flush=True)
    os.chdir(PROJECT_ROOT)
    os.environ["VIRTUAL_ENV"] = str(_PROGRAMS.parent)
    os.environ["PATH"] = f"{_PROGRAMS}{os.pathsep}{os.environ['PATH']}"
    _become("dg", "dev", "--host", HOST, "--port", str(port), "--log-level", "error", "--no-check-yaml")


def sql(settings: Settings, query: str | None, at: datetime | None) -> NoReturn:
    """DuckDB's own prompt, read-only; with a query, its answer. at: of a lake, as it was at a moment."""
    if settings.lake:
        start = ["-cmd", "; ".join([*attach_statements(settings.lake, at), "use lake.marts"]), ":memory:"]
    elif at:
        raise NotBuiltError("Only a lake knows what it held before: see docs/scale.md.")
    else:
        _built(settings)
        start = ["-readonly", "-cmd", "set search_path = 'marts,plain'", str(settings.warehouse)]
    if query is None:
        print(
            "Tables: show tables;   an example: from fct_meetings limit 5;   end: .quit" if settings.lake else _WELCOME
        )
    _become("duckdb", *start, *([query] if query else []))


def docs(settings: Settings, port: int | None) -> NoReturn:
    """dbt docs, made from a copy: dbt opens its database for writing."""
    _built(settings)
    target = settings.dbt / "docs"
    copy = target / settings.warehouse.name
    target.mkdir(parents=True, exist_ok=True)
    env = os.environ | settings.as_env() | settings.dbt_env(copy)
    dbt = [str(_PROGRAMS / "dbt"), "--quiet", "docs"]
    where = ["--project-dir", str(DBT_PROJECT), "--profiles-dir", str(DBT_PROJECT), "--target-path", str(target)]
    with run_lock(settings):
        shutil.copyfile(settings.warehouse, copy)
        try:
            subprocess.run([*dbt, "generate", *where], env=env, check=True)
        finally:
            copy.unlink()
    port = port or _free_port(8080)
    print(f"dbt docs: http://{HOST}:{port}   (Ctrl-C ends it)", flush=True)
    os.environ.update(env)
    _become("dbt", "--quiet", "docs", "serve", "--host", HOST, "--port", str(port), "--no-browser", *where)


def _built(settings: Settings) -> None:
    if not settings.warehouse.exists():
        raise NotBuiltError(f"There is no warehouse at {settings.warehouse} yet: make run builds it.")


def _become(program: str, *arguments: str) -> NoReturn:
    os.execv(_PROGRAMS / program, [program, *arguments])


def _free_port(first: int) -> int:
    for port in range(first, first + 100):
        with socket.socket() as probe:
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    raise RuntimeError(f"No free port from {first} to {first + 99}; name one with PORT=.")
