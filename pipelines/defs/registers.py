"""Registers that others keep, as an asset: what was dropped into the folder beside the warehouse."""

from collections.abc import Iterator

import dagster as dg

from pipelines.defs.preview import table
from pipelines.defs.progress import say
from pipelines.defs.resources import OWNERS, Run
from pipelines.loading import connect_store, replace_table
from pipelines.registers import read_registers

_GRAINS = {
    "sipri_deliveries": "Grain: one row per deal and year of delivery of a SIPRI trade register, where there is one.",
    "ofac_entries": "Grain: one row per entry of an OFAC SDN list, where there is one.",
    "register_rejects": "Grain: one row per file or line in the folder of registers that cannot be used.",
}


@dg.multi_asset(
    specs=[
        dg.AssetSpec(
            name,
            description=grain,
            group_name="landing",
            owners=OWNERS,
            tags={"layer": "landing"},
            kinds={"csv", "polars", "duckdb"},
        )
        for name, grain in _GRAINS.items()
    ],
)
def registers(context: dg.AssetExecutionContext, run: Run) -> Iterator[dg.MaterializeResult]:
    """Read `registers/` beside the warehouse into the store. Nothing has to be there."""
    folder = run.settings.registers
    read = read_registers(folder)
    for problem in read.rejects.head(20).to_dicts():
        say(context, f"{problem['source_path']}:{problem['line'] or ''} {problem['detail']}")
    with connect_store(run.settings.store, run.settings.database_memory) as con:
        for name, rows in zip(_GRAINS, read, strict=True):
            replace_table(con, name, rows.to_arrow())
            yield dg.MaterializeResult(
                asset_key=name,
                metadata={
                    "dagster/row_count": rows.height,
                    "folder": dg.MetadataValue.path(str(folder)),
                    "first rows": table(con.execute(f"from raw.{name} limit 5")),
                },
            )
