"""What a run looks at before it trusts its own output. dbt's tests show beside these on the marts."""

from __future__ import annotations

from collections.abc import Iterator

import dagster as dg

from pipelines.contract import FACT_TYPES
from pipelines.defs.resources import Run
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


@dg.asset_check(asset="documents", description=f"At most {_MOST_UNDATED:.0%} of the documents have no date.")
def undated_documents(run: Run) -> dg.AssetCheckResult:
    """Warn when publication dates are not found: relative dates hang on them."""
    with connect_reader(run.settings.store) as con:
        undated, all_of_them = con.execute(
            "select count(*) filter (published_on is null), count(*) from raw.documents"
        ).fetchone()
    share = undated / max(1, all_of_them)
    return dg.AssetCheckResult(
        passed=share <= _MOST_UNDATED,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"without date": undated, "share": round(share, 4)},
    )


@dg.multi_asset_check(
    specs=[
        dg.AssetCheckSpec(
            "evidence_is_exact",
            asset=f"{fact_type}_reports",
            blocking=True,
            description="Every row's evidence is, character for character, what its document says at its offsets.",
        )
        for fact_type in FACT_TYPES
    ]
)
def evidence_is_exact(run: Run) -> Iterator[dg.AssetCheckResult]:
    """Stop the run when a row cannot be shown in its article."""
    with connect_reader(run.settings.store) as con:
        for fact_type in FACT_TYPES:
            wrong = con.execute(
                f"""
                select count(*) from raw.{fact_type}_reports left join raw.documents using (document_id)
                where substring(body, evidence_start + 1, evidence_end - evidence_start) is distinct from evidence_text
                """  # noqa: S608
            ).fetchone()[0]
            yield dg.AssetCheckResult(
                asset_key=f"{fact_type}_reports",
                check_name="evidence_is_exact",
                passed=wrong == 0,
                metadata={"rows without exact evidence": wrong},
            )


@dg.multi_asset_check(
    specs=[
        dg.AssetCheckSpec(
            "dated_reports",
            asset=f"{fact_type}_reports",
            description=f"At most {_MOST_UNDATED:.0%} of the rows have no date of their own.",
        )
        for fact_type in FACT_TYPES
    ]
)
def dated_reports(run: Run) -> Iterator[dg.AssetCheckResult]:
    """Warn when dates in the text are not understood."""
    with connect_reader(run.settings.store) as con:
        for fact_type in FACT_TYPES:
            undated, rows = con.execute(
                f"select count(*) filter (date_start is null), count(*) from raw.{fact_type}_reports"  # noqa: S608
            ).fetchone()
            share = undated / max(1, rows)
            yield dg.AssetCheckResult(
                asset_key=f"{fact_type}_reports",
                check_name="dated_reports",
                passed=share <= _MOST_UNDATED,
                severity=dg.AssetCheckSeverity.WARN,
                metadata={"without date": undated, "rows": rows, "share": round(share, 4)},
            )


CHECKS = [reject_rate, undated_documents, evidence_is_exact, dated_reports]
