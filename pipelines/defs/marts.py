"""The dbt project as assets: reports -> events -> marts, in a file beside the published one."""

import importlib.metadata
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, DbtCliResource, DbtProject, dbt_assets
from packaging.version import Version

from pipelines.defs.lineage import column_lineage
from pipelines.defs.preview import table
from pipelines.defs.progress import say
from pipelines.defs.resources import OWNERS, Run
from pipelines.defs.schemas import shown_lineage
from pipelines.loading import (
    connect_reader,
    connect_store,
    discard_build,
    fingerprint,
    finish_run,
    fresh_build,
    published_fingerprint,
    quoted,
    remember_events,
)
from pipelines.settings import DBT_PROJECT, SEEDS, Settings

# dbt as it was installed with this Python, whatever PATH says.
_DBT = str(Path(sys.executable).parent / "dbt")

_FIRST_ROWS = 3
_BUILT = ("model", "seed", "snapshot", "test")

# Tables of the store that no asset of their own stands for, and the asset that writes them.
_WRITTEN_BY = {
    "document_sources": "documents",
    "skipped_articles": "documents",
    "report_revisions": "event_registry",
    "event_revisions": "event_registry",
}

event_registry = dg.AssetSpec(
    "event_registry",
    description="Grain: one row per event id and report that a published warehouse showed; beside it, each revision of "
    "reports and events. Written back after each publication, so that the next build hands out the same ids and knows "
    "what was said before.",
    group_name="publication",
    owners=OWNERS,
    kinds={"duckdb"},
)


class Translator(DagsterDbtTranslator):
    """Names dbt nodes so that lineage runs unbroken from the raw file to the mart."""

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        name = dbt_resource_props["name"]
        return dg.AssetKey(_WRITTEN_BY.get(name, name) if dbt_resource_props["resource_type"] == "source" else name)

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str:
        return "reference" if dbt_resource_props["resource_type"] == "seed" else "marts"

    def get_tags(self, dbt_resource_props: Mapping[str, Any]) -> Mapping[str, str]:
        kind = dbt_resource_props["resource_type"]
        layer = "reference" if kind == "seed" else dbt_resource_props.get("schema", "marts")
        return {**super().get_tags(dbt_resource_props), "layer": layer}

    def get_owners(self, dbt_resource_props: Mapping[str, Any]) -> list[str]:
        return OWNERS


def dbt_project(settings: Settings) -> DbtProject:
    """The dbt project with its manifest up to date and all that dbt writes kept in the state folder."""
    os.environ.update(settings.dbt_env(settings.build_file))
    settings.dbt.mkdir(parents=True, exist_ok=True)
    project = DbtProject(DBT_PROJECT, target_path=settings.dbt / "target", profiles_dir=DBT_PROJECT)
    if _stale(project.manifest_path):
        _write_manifest(project)
    return project


class Dbt(DbtCliResource):
    """The dbt command, started at once.

    The parent asks the command for its version and makes an adapter of its own, for metadata that nothing here fetches:
    seconds before each build. Were these two methods to go, only the seconds would come back.
    """

    @cached_property
    def _cli_version(self) -> Version:
        return Version(importlib.metadata.version("dbt-core"))

    def _initialize_dbt_core_adapter(self, args: Sequence[str]) -> None:
        return None


def dbt_resource(project: DbtProject) -> Dbt:
    """The dbt command on the project."""
    return Dbt(project, dbt_executable=_DBT)


def marts(project: DbtProject) -> dg.AssetsDefinition:
    """Every model, seed, snapshot and test of the dbt project."""

    @dbt_assets(
        manifest=project.manifest_path,
        project=project,
        dagster_dbt_translator=Translator(DagsterDbtTranslatorSettings(enable_duplicate_source_asset_keys=True)),
    )
    def marts(context: dg.AssetExecutionContext, run: Run, dbt: Dbt) -> Iterator[Any]:
        settings = run.settings
        with connect_store(settings.store, settings.database_memory) as con:
            _remember(con, context, settings)
            made_of = fingerprint(con)
            if made_of == published_fingerprint(settings.warehouse) and _all_went_well_before(context):
                discard_build(settings)
                finish_run(con, context.run_id, None)
                say(context, "nothing that the marts are made of has changed: the published warehouse stays")
                return
        build_file = fresh_build(settings, made_of, from_published=not run.full_refresh)
        say(context, "building and testing the marts")
        invocation = dbt.cli(["build"], context=context, target_path=settings.dbt / "run", raise_on_error=False)
        expected = sum(node["resource_type"] in _BUILT for node in invocation.manifest["nodes"].values())
        events = []
        with _not_outliving(invocation.process):
            for event in invocation.stream():
                events.append(event)
                so_far = len(events)
                if so_far % 20 == 0:
                    say(context, f"{so_far} models and tests done", done=so_far, of=max(expected, so_far))
        shown = _shown(build_file)
        for name, lineage in _column_lineage(settings).items():
            shown.setdefault(name, {}).update(shown_lineage(lineage))
        for event in events:
            if isinstance(event, dg.Output | dg.AssetMaterialization | dg.MaterializeResult):
                name = context.asset_key_for_output(event.output_name).path[-1]
                event = event.with_metadata({**event.metadata, **shown.get(name, {})})
            yield event
        if not invocation.is_successful():
            raise dg.Failure(_reason(invocation), allow_retries=False)

    return marts


@contextmanager
def _not_outliving(process: subprocess.Popen) -> Iterator[None]:
    """A step that fails, say because the disk is full, takes dbt with it: nothing goes on writing after the run."""
    try:
        yield
    except BaseException:
        process.kill()
        raise
    finally:
        process.wait()


def _remember(con: duckdb.DuckDBPyConnection, context: dg.AssetExecutionContext, settings: Settings) -> None:
    """Note what readers have seen, were the run before cut off before it could. A file that is damaged is replaced."""
    try:
        remember_events(con, settings.warehouse)
    except duckdb.IOException as error:
        context.log.warning(f"the published warehouse cannot be read and is built anew: {error}")


def _all_went_well_before(context: dg.AssetExecutionContext) -> bool:
    """Whether the run before did all that it had to. One that was cut off may have published and no more."""
    runs = context.instance.get_runs(filters=dg.RunsFilter(job_name=context.run.job_name), limit=2)
    return len(runs) == 2 and runs[1].is_success


def _stale(manifest: Path) -> bool:
    if not manifest.exists():
        return True
    written = manifest.stat().st_mtime
    # Folders too: theirs is the time that changes when a file goes.
    sources = [DBT_PROJECT, *DBT_PROJECT.rglob("*"), *SEEDS.joinpath("reference").iterdir()]
    return any(path.stat().st_mtime > written for path in sources)


def _write_manifest(project: DbtProject) -> None:
    """Parse the project into a folder of its own first: several processes may load the definitions at once."""
    target = project.manifest_path.parent
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target) as folder:
        dbt_resource(project).cli(["parse", "--quiet"], target_path=Path(folder)).wait()
        # Builds start from the parsed project too, which saves them seconds.
        for name in ("partial_parse.msgpack", "manifest.json"):
            Path(folder, name).replace(target / name)


def _shown(build_file: Path) -> dict[str, dict[str, Any]]:
    """By table, how many rows it has and, of a mart, the first of them."""
    if not build_file.exists():
        return {}
    with connect_reader(build_file) as con:
        tables = con.execute(
            "select schema_name, table_name from duckdb_tables() where database_name = current_database()"
        ).fetchall()
        shown: dict[str, dict[str, Any]] = {
            name: {"dagster/row_count": con.execute(f'select count(*) from "{schema}"."{name}"').fetchone()[0]}  # noqa: S608
            for schema, name in tables
        }
        for schema, name in tables:
            if schema == "marts":
                shown[name]["first rows"] = table(con.execute(f'from marts."{name}" limit {_FIRST_ROWS}'))
    return shown


def _column_lineage(settings: Settings) -> dict[str, dg.TableColumnLineage]:
    target = settings.dbt / "run"
    if not settings.build_file.exists() or not (target / "manifest.json").exists():
        return {}
    manifest = json.loads((target / "manifest.json").read_text("utf-8"))
    with connect_reader(settings.build_file) as con:
        con.execute(f"attach {quoted(settings.store)} as store (read_only)")
        columns: dict[tuple[str, str, str], dict[str, str]] = {}
        for *relation, name, kind in con.execute(
            "select database_name, schema_name, table_name, column_name, data_type from duckdb_columns() "
            "where not internal order by database_name, schema_name, table_name, column_index"
        ).fetchall():
            columns.setdefault(tuple(relation), {})[name] = kind
    return column_lineage(manifest, target / "compiled", columns, Translator().get_asset_key)


def _reason(invocation: Any) -> str:
    """Which models and tests failed, in a sentence each; the published warehouse stays as it was."""
    try:
        results = invocation.get_artifact("run_results.json")["results"]
    except Exception:
        results = []
    failed = [result for result in results if result["status"] in ("error", "fail", "runtime error")]
    lines = [f"- {result['unique_id']}: {' '.join((result['message'] or '').split())}" for result in failed]
    return "\n".join(["dbt found something wrong; the published warehouse is as it was.", *lines[:20]])
