"""The published warehouse -> Parquet, CSV, JSON Lines and FollowTheMoney, as assets of a job of their own.

A nightly run does not make them: they are four more copies of everything, which few need every night.
"""

import time
from collections.abc import Iterator

import dagster as dg

from pipelines.defs.progress import say
from pipelines.defs.resources import OWNERS, Run
from pipelines.defs.retries import retrying
from pipelines.exports import FORMATS, Written, mart_tables, new_exports, write_entities
from pipelines.loading import connect_reader

GROUP = "exports"
ENTITIES = "followthemoney_export"
_ENTITY_FILE, _ENTITY_TYPE = "entities.ftm.json", "application/jsonl"

_DESCRIPTIONS = {
    "parquet": "Every mart as Parquet, with its lists and structs: for polars, pandas, R, Spark.",
    "csv": "Every mart as CSV for spreadsheets: UTF-8 with a byte order mark, formulas made text, lists as `a; b`.",
    "jsonl": "Every mart as JSON Lines, one object a row.",
}
_COMMON = {"deps": ["published_warehouse"], "group_name": GROUP, "owners": OWNERS, "tags": {"layer": "exports"}}


@dg.multi_asset(
    name="exports",
    specs=[
        *(
            dg.AssetSpec(f"{name}_export", description=_DESCRIPTIONS[name], kinds={"file", name}, **_COMMON)
            for name in FORMATS
        ),
        dg.AssetSpec(
            ENTITIES,
            description="Events, parties, articles and what ties them as FollowTheMoney entities, each accepted by its "
            "validator. Left out where the package `followthemoney` is not installed: `make setup EXTRAS=ftm`.",
            kinds={"file", "json"},
            skippable=True,
            **_COMMON,
        ),
    ],
)
def exports(context: dg.AssetExecutionContext, run: Run) -> Iterator[dg.MaterializeResult]:
    """Write all formats of one publication, and put them in the old ones' place in one step."""
    settings = run.settings
    if not settings.warehouse.exists():
        raise dg.Failure(f"There is no warehouse at {settings.warehouse} yet: make run builds it.", allow_retries=False)
    started = time.monotonic()
    results = []
    with retrying(), connect_reader(settings.warehouse) as con, new_exports(settings) as (folder, written):
        tables = mart_tables(con)
        rows = {table: con.execute(f'select count(*) from marts."{table}"').fetchone()[0] for table in tables}  # noqa: S608
        for name, (suffix, mediatype, write) in FORMATS.items():
            (folder / name).mkdir()
            for table in tables:
                path = folder / name / f"{table}{suffix}"
                write(con, table, path)
                written.append(Written(table, path, mediatype, rows[table]))
            say(context, f"{len(tables)} tables as {name}")
            results.append((f"{name}_export", {"tables": len(tables)}, sum(rows.values()), name))
        path = folder / "followthemoney" / _ENTITY_FILE
        path.parent.mkdir()
        try:
            counts = write_entities(con, path)
        except ModuleNotFoundError:
            path.parent.rmdir()
            say(context, "no FollowTheMoney entities: `make setup EXTRAS=ftm` installs the package that makes them")
        else:
            entities = sum(counts.values())
            written.append(Written("entities", path, _ENTITY_TYPE, entities))
            say(context, f"{entities:,} FollowTheMoney entities")
            results.append((ENTITIES, counts, entities, "followthemoney"))
        sizes = {
            name: sum(f.path.stat().st_size for f in written if f.path.parent.name == name) for *_, name in results
        }
    say(context, f"exported to {settings.exports}")
    for key, metadata, count, name in results:
        yield dg.MaterializeResult(
            asset_key=key,
            metadata={
                "dagster/row_count": count,
                "folder": dg.MetadataValue.path(str(settings.exports / name)),
                "size in bytes": sizes[name],
                **metadata,
                "seconds": round(time.monotonic() - started, 2),
            },
        )
