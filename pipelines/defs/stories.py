"""Documents -> stories, as an asset: which documents are one text, told again by other outlets."""

import time

import dagster as dg
import pyarrow as pa

from pipelines.defs.preview import table
from pipelines.defs.progress import say
from pipelines.defs.resources import OWNERS, Run
from pipelines.defs.schemas import column_schema
from pipelines.engines import thread_map
from pipelines.loading import connect_store, tell_stories, unsigned_batches, unsigned_count, write_signatures
from pipelines.stories import SIGNATURE_SCHEMA, SIGNATURE_VERSION, sign


@dg.asset(
    deps=["documents"],
    group_name="landing",
    owners=OWNERS,
    kinds={"python", "duckdb"},
    tags={"layer": "landing"},
    metadata=column_schema(SIGNATURE_SCHEMA),
    description="Grain: one row per document, with the story that it tells: an agency's text in forty outlets is one "
    "story. The story of a document never changes when others come.",
)
def document_stories(context: dg.AssetExecutionContext, run: Run) -> dg.MaterializeResult:
    """Sign the documents that are new, and give each its story."""
    started = time.monotonic()
    with connect_store(run.settings.store, run.settings.database_memory) as con:
        new = unsigned_count(con, SIGNATURE_VERSION)
        with thread_map(run.settings.workers) as mapper:
            for signatures in mapper(sign, unsigned_batches(con)):
                write_signatures(con, SIGNATURE_VERSION, pa.Table.from_batches([signatures]))
        stories, documents = tell_stories(con)
        largest = table(
            con.execute(
                """
                with largest as (
                    select story_id, count(*) as documents from raw.document_stories
                    group by 1 having count(*) > 1 order by 2 desc, 1 limit 10
                )
                select documents, title, outlet, published_on, story_id
                from largest join raw.documents on document_id = story_id order by 1 desc, story_id
                """
            )
        )
    say(context, f"{stories:,} stories in {documents:,} documents, {new:,} of them new")
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": documents,
            "stories": stories,
            "documents signed now": new,
            "seconds": round(time.monotonic() - started, 2),
            "largest": largest,
        }
    )
