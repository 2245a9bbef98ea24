"""The least that a Dagster run with dbt in it can be: one asset, one dbt model that selects 1, history on disk.

`python empty_run.py <folder>` makes it there the first time and runs it.
"""

import os
import sys
from pathlib import Path

import dagster as dg
from dagster_dbt import DbtCliResource, DbtProject, dbt_assets

PROJECT = {
    "dbt_project.yml": "name: least\nversion: '1.0'\nprofile: least\nflags: {send_anonymous_usage_stats: false}\n",
    "profiles.yml": "least:\n  target: it\n  outputs:\n    it: {type: duckdb, path: least.duckdb}\n",
    "models/one.sql": "select 1 as one\n",
    "dagster.yaml": "telemetry: {enabled: false}\n",
}
DBT = str(Path(sys.executable).parent / "dbt")


def definitions(folder: Path) -> dg.Definitions:
    project = DbtProject(folder, profiles_dir=folder)
    if not project.manifest_path.exists():
        DbtCliResource(project, dbt_executable=DBT).cli(["parse", "--quiet"], target_path=folder / "target").wait()

    @dbt_assets(manifest=project.manifest_path, project=project)
    def models(context: dg.AssetExecutionContext, dbt: DbtCliResource):
        yield from dbt.cli(["build"], context=context, target_path=folder / "run").stream()

    @dg.asset
    def nothing() -> None:
        pass

    return dg.Definitions(
        assets=[nothing, models],
        jobs=[dg.define_asset_job("refresh", executor_def=dg.in_process_executor)],
        resources={"dbt": DbtCliResource(project, dbt_executable=DBT)},
    )


def main(folder: Path) -> None:
    for name, text in PROJECT.items():
        path = folder / name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    os.chdir(folder)
    os.environ["DAGSTER_HOME"] = str(folder)
    with dg.DagsterInstance.get() as instance:
        done = definitions(folder).resolve_job_def("refresh").execute_in_process(instance=instance)
    sys.exit(0 if done.success else 1)


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute())
