"""Raw files -> documents and rejects, as assets: one pass over the landing folder gives all three."""

import time
from collections.abc import Iterator, Sequence

import dagster as dg

from pipelines.contract import DOCUMENT_SCHEMA, REJECT_SCHEMA
from pipelines.defs.preview import bars, table
from pipelines.defs.progress import say
from pipelines.defs.resources import OWNERS, Run
from pipelines.defs.retries import retrying
from pipelines.defs.schemas import column_origins, column_schema
from pipelines.engines import process_map
from pipelines.landing import FILE_SCHEMA, read_folder
from pipelines.loading import Loader, RejectedFile, connect_store, newly_rejected, start_run

# Batches that are read in this process before a pool is started for the rest.
_READ_HERE = 2
_SAY_EVERY = 10_000
# Files whose rejection is an event of its own in one run; Dagster writes each of them to its database by itself.
_MOST_OBSERVED = 500
_COMMON = {"group_name": "landing", "owners": OWNERS, "tags": {"layer": "landing"}}
# A file's content is no column; its path stands for it.
_FROM_FILES = {"": ["source_path"]}


@dg.multi_asset(
    specs=[
        dg.AssetSpec(
            "landing_files",
            deps=["fetched_articles"],
            description="Grain: one row per file of the landing folder, as it was last read. Only files whose content "
            "changed are read again.",
            kinds={"file", "duckdb"},
            metadata=column_schema(FILE_SCHEMA),
            **_COMMON,
        ),
        dg.AssetSpec(
            "documents",
            deps=["landing_files"],
            description="Grain: one row per distinct article, however many files hold it. `body` is the text without "
            "page furniture.",
            kinds={"python", "duckdb"},
            metadata=column_schema(DOCUMENT_SCHEMA),
            **_COMMON,
        ),
        dg.AssetSpec(
            "rejected_inputs",
            deps=["landing_files"],
            description="Grain: one row per input that could not be loaded, with file, line and reason, as of now.",
            kinds={"python", "duckdb"},
            metadata=column_schema(REJECT_SCHEMA),
            **_COMMON,
        ),
    ],
)
def landing(context: dg.AssetExecutionContext, run: Run) -> Iterator[dg.MaterializeResult]:
    """Read what is new in the landing folder into the store."""
    settings = run.settings
    started = time.monotonic()
    if not settings.landing.is_dir():
        raise dg.Failure(f"There is no landing folder {settings.landing}. Nothing was changed.", allow_retries=False)
    say(context, f"reading {settings.landing}")
    with retrying(), connect_store(settings.store, settings.database_memory) as con:
        start_run(con, context.run_id)
        loader = Loader(con)
        articles = 0
        with process_map(settings.workers, here=_READ_HERE) as mapper:
            for batch in read_folder(settings.landing, skip=loader.unchanged, mapper=mapper):
                loader.add(batch)
                before, articles = articles, articles + batch.documents.num_rows
                if articles // _SAY_EVERY > before // _SAY_EVERY:
                    say(context, f"{articles:,} articles read", done=articles)
        summary = loader.finish(settings.prune)
        files = table(con.execute("select source_path, size_bytes from raw.landing_files order by 1 limit 20"))
        newest = table(
            con.execute(
                "select source_path, title, outlet, language, published_on, published_on_source, length(body) as "
                "characters from raw.documents order by loaded_at desc, source_path limit 5"
            )
        )
        languages = bars(
            con.execute("select language, count(*) as documents from raw.documents group by 1 order by 2 desc")
        )
        skipped = bars(
            con.execute(
                "select language, sum(articles) as articles from raw.skipped_articles "
                "group by 1 order by 2 desc limit 50"
            )
        )
        rejected_now = newly_rejected(con, loader.moment)
        years = bars(
            con.execute(
                "select coalesce(year(published_on)::varchar, 'no date') as published, count(*) as documents "
                "from raw.documents group by 1 order by 1 desc limit 25"
            )
        )
        reasons = bars(
            con.execute("select reason, count(*) as inputs from raw.rejected_inputs group by 1 order by 2 desc, 1")
        )
        rejects = table(
            con.execute("select source_path, line, reason, detail from raw.rejected_inputs order by all limit 50")
        )
    seconds = round(time.monotonic() - started, 2)
    for observation in _observations(rejected_now):
        context.log_event(observation)
    say(
        context,
        f"{summary.files_read} of {summary.files_present} files read: {summary.documents_new} new articles, "
        f"{summary.documents} in all; {summary.rejected} inputs rejected"
        + (f"; {summary.skipped:,} articles in other languages skipped" if summary.skipped else ""),
    )
    yield dg.MaterializeResult(
        asset_key="landing_files",
        metadata={
            "dagster/row_count": summary.files_present,
            "landing folder": dg.MetadataValue.path(str(settings.landing)),
            "files read": summary.files_read,
            "files unchanged": summary.files_present - summary.files_read,
            "files gone": summary.files_gone,
            "seconds": seconds,
            "first files": files,
        },
    )
    yield dg.MaterializeResult(
        asset_key="documents",
        metadata={
            "dagster/row_count": summary.documents,
            "articles read": summary.articles_read,
            "new": summary.documents_new,
            "changed": summary.documents_changed,
            "marked as missing": summary.documents_missing,
            "pruned": summary.documents_pruned,
            "by language": languages,
            "by year": years,
            "skipped in other languages": summary.skipped,
            "skipped by language": skipped,
            "latest": newest,
            **column_origins("landing_files", DOCUMENT_SCHEMA, _FROM_FILES),
        },
    )
    yield dg.MaterializeResult(
        asset_key="rejected_inputs",
        metadata={
            "dagster/row_count": summary.rejected,
            "by reason": reasons,
            "rejects": rejects,
            **column_origins("landing_files", REJECT_SCHEMA, _FROM_FILES),
        },
    )


def _observations(rejected: Sequence[RejectedFile]) -> Iterator[dg.AssetObservation]:
    """One observation a file that was rejected just now, or lines of it; the UI lists them under `rejected_inputs`."""
    key = "rejected_inputs"
    for file in rejected[:_MOST_OBSERVED]:
        place = f"{file.path}:{file.line}" if file.line else file.path
        more = f" (and {file.inputs - 1} more of this file)" if file.inputs > 1 else ""
        yield dg.AssetObservation(
            key,
            description=f"{place}: {file.reason}{more}",
            metadata={
                "file": dg.MetadataValue.text(file.path),
                **({"line": file.line} if file.line else {}),
                "reason": file.reason,
                "detail": dg.MetadataValue.text(file.detail or ""),
                "rejected inputs of the file": file.inputs,
            },
        )
    if len(rejected) > _MOST_OBSERVED:
        more = len(rejected) - _MOST_OBSERVED
        yield dg.AssetObservation(key, description=f"{more} more files; all are in marts.mart_rejected_inputs.")
