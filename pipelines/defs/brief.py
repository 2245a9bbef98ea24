"""The published file -> the page for those who would rather look than query."""

import time

import dagster as dg

from pipelines.brief import write_edition
from pipelines.defs.progress import say
from pipelines.defs.resources import OWNERS, Run


@dg.asset(
    deps=["published_warehouse"],
    group_name="publication",
    owners=OWNERS,
    kinds={"html"},
    tags={"layer": "publication"},
    description="One page, `brief/index.html` beside the warehouse: what is new since the run before, bilateral "
    "timeline, arms flows, sanctions in force, meetings calendar, contested claims. Every figure opens its reports, "
    "every report its article. Needs no server and no network.",
)
def brief(context: dg.AssetExecutionContext, run: Run) -> dg.MaterializeResult:
    """Write the page's new edition, and put it in the old one's place in one step."""
    settings = run.settings
    started = time.monotonic()
    kept = sorted(settings.previous.glob("*.duckdb"))
    edition = write_edition(settings.warehouse, kept[-1] if kept else None, settings.brief, settings.database_memory)
    say(context, f"wrote {edition.page}: {edition.new:,} new and {edition.changed:,} changed events")
    return dg.MaterializeResult(
        metadata={
            "page": dg.MetadataValue.path(str(edition.page)),
            "events": edition.events,
            "new events": edition.new,
            "changed events": edition.changed,
            "size in bytes": edition.size_bytes,
            "seconds": round(time.monotonic() - started, 2),
        }
    )
