"""What people correct, as an asset: the corrections file as it stands now, checked line by line."""

from datetime import UTC, datetime

import dagster as dg
import pyarrow.compute as pc

from pipelines.corrections import SCHEMA, read_corrections
from pipelines.defs.preview import table
from pipelines.defs.progress import say
from pipelines.defs.resources import OWNERS, Run
from pipelines.defs.schemas import column_schema
from pipelines.loading import connect_store, replace_table


@dg.asset(
    group_name="landing",
    owners=OWNERS,
    tags={"layer": "landing"},
    metadata=column_schema(SCHEMA),
    kinds={"csv", "duckdb"},
    description="Grain: one row per line of the corrections file: reports rejected, fields mended, events joined or "
    "parted by people. A line that makes no sense is refused with its reason, and changes nothing. What became of each "
    "line is in mart_corrections.",
)
def corrections(context: dg.AssetExecutionContext, run: Run) -> dg.MaterializeResult:
    """Read the corrections file into the store."""
    path = run.settings.corrections
    try:
        lines = read_corrections(path, datetime.now(UTC).date())
    except OSError as error:
        raise dg.Failure(f"CORRECTIONS={path} cannot be read: {error.strerror}.", allow_retries=False) from None
    refused = lines.filter(pc.is_valid(lines["problem"]))
    for line in refused.to_pylist():
        say(context, f"{path}:{line['line']}: refused: {line['problem']}")
    with connect_store(run.settings.store, run.settings.database_memory) as con:
        replace_table(con, "corrections", lines)
        shown = table(
            con.execute("select line, problem, action, id, corrected_by, reason from raw.corrections order by 1")
        )
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": lines.num_rows,
            "refused": refused.num_rows,
            "file": dg.MetadataValue.path(str(path)),
            "lines": shown,
        }
    )
