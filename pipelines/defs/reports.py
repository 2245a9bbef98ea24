"""Documents -> reports, as assets: one pass of the kernel gives all three fact types."""

import time
from collections import Counter
from collections.abc import Iterator

import dagster as dg

from pipelines.contract import FACT_TYPES, REPORT_SCHEMAS
from pipelines.defs.preview import bars, table
from pipelines.defs.progress import say
from pipelines.defs.resources import OWNERS, Run
from pipelines.defs.schemas import column_origins, column_schema
from pipelines.engines import engine, gather
from pipelines.lexicons import load_lexicon
from pipelines.loading import connect_store, forget_extractions, pending_batches, pending_count, write_reports

# Documents that one call of the kernel gets, and whose reports are written at once.
BATCH, WRITTEN = 250, 10_000

_DESCRIPTIONS = {
    "arms_transfer": "weapons, munitions, equipment or technology moving, or said to move, from one side to another",
    "sanction": "an authority's measure against a target",
    "meeting": "people acting for at least two countries or blocs meeting, visiting, calling or writing",
}
_SAMPLES = {
    "arms_transfer": "supplier_country, recipient_country, weapon_category, quantity_text",
    "sanction": "authority, target_country, target_name, measure",
    "meeting": "participant_countries, participant_names, meeting_kind, place_text",
}
# Columns of `documents` that a report's columns are read from; most are read from the text.
_READ_FROM = {
    "": ["body"],
    "report_id": ["document_id", "body"],
    "document_id": ["document_id"],
    **dict.fromkeys(("date_start", "date_end", "date_precision"), ("body", "published_on")),
    **dict.fromkeys(("confidence", "extractor", "extractor_version"), ()),
}


@dg.multi_asset(
    specs=[
        dg.AssetSpec(
            f"{fact_type}_reports",
            deps=["documents"],
            description=f"Grain: one row per thing that one passage of one document says: {_DESCRIPTIONS[fact_type]}. "
            "Each row carries the passage as evidence.",
            group_name="reports",
            owners=OWNERS,
            kinds={"python", "duckdb"},
            tags={"layer": "reports", "fact_type": fact_type},
            metadata=column_schema(REPORT_SCHEMAS[fact_type]),
        )
        for fact_type in FACT_TYPES
    ],
)
def reports(context: dg.AssetExecutionContext, run: Run) -> Iterator[dg.MaterializeResult]:
    """Extract every document that the present extractor has not read."""
    settings = run.settings
    started = time.monotonic()
    lexicon = load_lexicon()
    languages = sorted(lexicon.packs)
    fact_types = [run.fact_type.value] if run.fact_type else list(FACT_TYPES)
    # Documents of which not everything was kept are marked so: the next full run reads them again.
    version = f"{lexicon.version}/{fact_types[0]}" if run.fact_type else lexicon.version
    counts: Counter[str] = Counter()
    errors: dict[str, str] = {}

    with connect_store(settings.store, settings.database_memory) as con:
        if run.full_refresh:
            forget_extractions(con)
        total = pending_count(con, version, languages)
        say(context, f"extracting {total:,} documents in {', '.join(languages)} with extractor {lexicon.version}")
        pending = pending_batches(con, version, languages, BATCH, in_order=settings.extractor_engine == "ray")
        with engine(settings, lexicon, total) as extract_all:
            for done in gather(extract_all(pending), WRITTEN):
                kept = {fact_type: done.reports[fact_type] for fact_type in fact_types}
                write_reports(con, version, done.document_ids, kept, done.errors)
                counts.update(done.counts)
                errors |= done.errors
                extracted = counts["documents"]
                say(context, f"{extracted:,} of {total:,} documents extracted", done=extracted, of=total)
        seconds = round(time.monotonic() - started, 2)
        for document_id, error in sorted(errors.items()):
            context.log.warning(f"the extractor failed on document {document_id}: {error}")
        for fact_type in FACT_TYPES:
            relation = f"raw.{fact_type}_reports"
            rows = con.execute(f"select count(*) from {relation}").fetchone()[0]  # noqa: S608 - our own words
            say(context, f"{rows:,} {fact_type.replace('_', ' ')} reports")
            yield dg.MaterializeResult(
                asset_key=f"{fact_type}_reports",
                metadata={
                    "dagster/row_count": rows,
                    "documents extracted now": total,
                    "documents that failed": len(errors),
                    "extractor version": lexicon.version,
                    "seconds": seconds,
                    **{f"kernel: {name.replace('_', ' ')}": count for name, count in sorted(counts.items())},
                    "by stage": bars(
                        con.execute(
                            f"select stage, claim_status, count(*) as rows from {relation} group by all "  # noqa: S608
                            "order by 3 desc, 1, 2"
                        )
                    ),
                    **column_origins("documents", REPORT_SCHEMAS[fact_type], _READ_FROM),
                    "samples": table(
                        con.execute(
                            f"select {_SAMPLES[fact_type]}, stage, claim_status, date_start, confidence, rule, "  # noqa: S608
                            f"evidence_text from {relation} order by confidence desc, report_id limit 3"
                        )
                    ),
                },
            )
