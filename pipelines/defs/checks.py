"""What a run looks at before it trusts its own output. dbt's tests show beside these on the marts."""

from __future__ import annotations

import dagster as dg

from pipelines.defs.resources import Run
from pipelines.defs.shares import REPORTS, share_of_rows
from pipelines.loading import connect_reader

_MOST_REJECTED = 0.2
_MOST_UNDATED = 0.5


@dg.asset_check(asset="rejected_inputs", description=f"At most {_MOST_REJECTED:.0%} of the inputs are rejected.")
def reject_rate(run: Run) -> dg.AssetCheckResult:
    """Warn when much of what arrives cannot be loaded."""
    with connect_reader(run.settings.store) as con:
        rejected, loaded = con.execute(
            "select (select count(*) from raw.rejected_inputs), (select count(*) from raw.documents)"
        ).fetchone()
    share = rejected / max(1, rejected + loaded)
    return dg.AssetCheckResult(
        passed=share <= _MOST_REJECTED,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"rejected": rejected, "loaded": loaded, "share": round(share, 4)},
    )


undated_documents = share_of_rows(
    "undated_documents",
    f"At most {_MOST_UNDATED:.0%} of the documents have no date: relative dates in the text hang on theirs.",
    {"documents": "raw.documents"},
    columns="published_on",
    condition="published_on is null",
    counted="without date",
    most=_MOST_UNDATED,
)

dated_reports = share_of_rows(
    "dated_reports",
    f"At most {_MOST_UNDATED:.0%} of the rows have no date of their own.",
    REPORTS,
    columns="date_start",
    condition="date_start is null",
    counted="without date",
    most=_MOST_UNDATED,
)

evidence_is_exact = share_of_rows(
    "evidence_is_exact",
    "Every row's evidence is, character for character, what its document says at its offsets.",
    REPORTS,
    columns="document_id, evidence_start, evidence_end, evidence_text",
    join="left join raw.documents using (document_id)",
    condition="substring(body, evidence_start + 1, evidence_end - evidence_start) is distinct from evidence_text",
    counted="rows without exact evidence",
    blocking=True,
)

CHECKS = [reject_rate, undated_documents, evidence_is_exact, dated_reports]
