"""The built warehouse -> the file that analysts read."""

import time
from collections.abc import Iterable

import dagster as dg

from pipelines.defs.preview import table
from pipelines.defs.progress import say
from pipelines.defs.resources import OWNERS, Run
from pipelines.defs.retries import retrying
from pipelines.loading import connect_reader, connect_store, finish_run, publish, remember_events


def published_warehouse(upstream: Iterable[dg.AssetKey]) -> dg.AssetsDefinition:
    """The published file, which comes after everything that is in it."""

    @dg.asset(
        deps=list(upstream),
        group_name="publication",
        owners=OWNERS,
        kinds={"duckdb"},
        tags={"layer": "publication"},
        description="The DuckDB file that analysts read. Built and tested beside the old one, then put in its place in "
        "one step: readers see the old or the new, never a mixture. The last three are kept for going back.",
    )
    def published_warehouse(context: dg.AssetExecutionContext, run: Run) -> dg.MaterializeResult:
        settings = run.settings
        started = time.monotonic()
        with retrying():
            publication = publish(settings)
        with connect_store(settings.store, settings.database_memory) as con:
            handed_out = remember_events(con, settings.warehouse)
            known = con.execute("select count(*) from raw.event_registry").fetchone()[0]
            finish_run(con, context.run_id, publication.rows)
        context.log_event(dg.AssetMaterialization("event_registry", metadata={"dagster/row_count": known}))
        with connect_reader(settings.warehouse) as con:
            samples = table(
                con.execute(
                    "select supplier_country, recipient_country, weapon_category, stage, claim_status, evidence_text "
                    "from marts.fct_arms_transfer_reports order by confidence desc, report_id limit 3"
                )
            )
        say(context, f"published {settings.address}")
        rows = "\n".join(
            ["| table | rows |", "| --- | --- |", *(f"| {k} | {v:,} |" for k, v in publication.rows.items())]
        )
        return dg.MaterializeResult(
            metadata={
                "file": dg.MetadataValue.path(str(publication.path)),
                "size in bytes": publication.size_bytes,
                "event ids handed out": handed_out,
                "seconds": round(time.monotonic() - started, 2),
                "rows": dg.MetadataValue.md(rows),
                "samples": samples,
            }
        )

    return published_warehouse
