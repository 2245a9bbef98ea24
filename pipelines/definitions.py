"""The Dagster code location: assembly, nothing else."""

from __future__ import annotations

import dagster as dg

from pipelines.defs.alerts import failed_runs
from pipelines.defs.automation import daily_refresh, export, export_after_refresh, new_files, refresh
from pipelines.defs.brief import brief
from pipelines.defs.checks import CHECKS
from pipelines.defs.corrections import corrections
from pipelines.defs.exports import exports
from pipelines.defs.feeds import fetched_articles
from pipelines.defs.landing import landing
from pipelines.defs.marts import dbt_project, dbt_resource, event_registry, marts
from pipelines.defs.progress import progress
from pipelines.defs.publication import published_warehouse
from pipelines.defs.quality import QUALITY_CHECKS
from pipelines.defs.registers import registers
from pipelines.defs.reports import reports
from pipelines.defs.resources import Run
from pipelines.defs.stories import document_stories
from pipelines.defs.watch import WATCH_CHECKS
from pipelines.settings import Settings


def build_definitions(settings: Settings) -> dg.Definitions:
    """Everything that a warehouse's code location holds."""
    project = dbt_project(settings)
    built = marts(project)
    return dg.Definitions(
        assets=[
            fetched_articles,
            landing,
            corrections,
            registers,
            document_stories,
            reports,
            event_registry,
            built,
            published_warehouse(built.keys),
            brief,
            exports,
        ],
        asset_checks=[*CHECKS, *QUALITY_CHECKS, *WATCH_CHECKS],
        jobs=[refresh, export],
        schedules=[daily_refresh],
        sensors=[new_files, export_after_refresh, failed_runs],
        resources={"run": Run(), "dbt": dbt_resource(project)},
        loggers={"console": progress},
        executor=dg.in_process_executor,
    )


defs = build_definitions(Settings.from_env())
