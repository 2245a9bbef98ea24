"""Checks of one shape: at most so many of an asset's rows meet a condition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import dagster as dg

from pipelines.contract import FACT_TYPES
from pipelines.defs.resources import Run
from pipelines.loading import connect_reader

# Assets of reports, and the relations of the store that hold them.
REPORTS = {f"{fact_type}_reports": f"raw.{fact_type}_reports" for fact_type in FACT_TYPES}


def share_of_rows(
    name: str,
    description: str,
    relations: Mapping[str, str],
    *,
    columns: str,
    condition: str,
    join: str = "",
    counted: str,
    most: float = 0.0,
    blocking: bool = False,
) -> dg.AssetChecksDefinition:
    """A check of each asset in `relations` (asset -> table of the store), all by one query.

    columns: those of the relations that `join` and `condition` need. condition: SQL that is true for a row that counts,
    named `counted` in the metadata. most: the share of rows, 0 to 1, up to which it passes. blocking: stop the run
    instead of warning.
    """
    severity = dg.AssetCheckSeverity.ERROR if blocking else dg.AssetCheckSeverity.WARN

    @dg.multi_asset_check(
        name=name,
        specs=[dg.AssetCheckSpec(name, asset=asset, blocking=blocking, description=description) for asset in relations],
    )
    def check(run: Run) -> Iterator[dg.AssetCheckResult]:
        of_all = " union all ".join(
            f"select '{asset}' as asset, {columns} from {relation}"  # noqa: S608 - our own words
            for asset, relation in relations.items()
        )
        counts = f"count(*) filter ({condition}), count(*)"
        with connect_reader(run.settings.store) as con:
            query = f"select asset, {counts} from ({of_all}) {join} group by asset"  # noqa: S608
            counted_rows = {asset: (found, rows) for asset, found, rows in con.execute(query).fetchall()}
        for asset in relations:
            found, rows = counted_rows.get(asset, (0, 0))
            share = found / max(1, rows)
            yield dg.AssetCheckResult(
                asset_key=asset,
                check_name=name,
                passed=share <= most,
                severity=severity,
                metadata={counted: found, "rows": rows, "share": round(share, 4)},
            )

    return check
