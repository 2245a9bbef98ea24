"""What an operator looks at in the morning, as checks: does news come in, as much as usual, and do event ids hold."""

from __future__ import annotations

from datetime import timedelta

import dagster as dg

from pipelines.defs.resources import Run
from pipelines.loading import connect_reader, event_ids_gone, kept_publications, now

FRESH_WITHIN = timedelta(hours=72)
# A day is compared with the days before it, once there are enough of them to say what is usual.
_COMPARED_DAYS, _WEEKS_BEFORE, _LEAST_USUAL, _FAR_FEWER = 7, 4, 5, 0.3
_MOST_IDS_GONE = 0.05


@dg.asset_check(
    asset="documents",
    description=f"An article that was not known before has come in within {FRESH_WITHIN.total_seconds() / 3600:.0f} "
    "hours.",
)
def fresh_documents(run: Run) -> dg.AssetCheckResult:
    """Warn when nothing new arrives: whatever fills the landing folder may have stopped."""
    with connect_reader(run.settings.store) as con:
        newest = con.execute("select max(loaded_at) from raw.documents").fetchone()[0]
    age = now() - newest if newest else None
    return dg.AssetCheckResult(
        passed=age is not None and age <= FRESH_WITHIN,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"newest article came (UTC)": str(newest), "hours ago": round(age.total_seconds() / 3600, 1)}
        if age
        else {"newest article came (UTC)": "never"},
    )


@dg.asset_check(
    asset="documents",
    description=f"None of the last {_COMPARED_DAYS} full days of publication has less than {_FAR_FEWER:.0%} of the "
    f"articles that are usual for its day of the week (median of the {_WEEKS_BEFORE} weeks before).",
)
def usual_volume(run: Run) -> dg.AssetCheckResult:
    """Warn about days with far fewer articles than usual. The newest day is not judged: it may still be coming in."""
    with connect_reader(run.settings.store) as con:
        days = con.execute(_DAYS, [_COMPARED_DAYS, _WEEKS_BEFORE, _LEAST_USUAL]).fetchall()
    thin = [(day, found, usual) for day, found, usual in days if found < _FAR_FEWER * usual]
    return dg.AssetCheckResult(
        passed=not thin,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={
            "days compared": len(days),
            "days with far fewer": "; ".join(f"{day}: {found}, usual {usual:.0f}" for day, found, usual in thin)
            or "none",
        },
    )


_DAYS = """
    with
        counted as (
            select published_on as day, count(*) as articles from raw.documents
            where published_on is not null group by all
        ),
        judged as (
            select d.day::date as day from (select max(day) as newest, min(day) as oldest from counted),
                generate_series(newest - $1::int, newest - 1, interval 1 day) as d(day)
            where d.day - 7 * $2::int * interval 1 day >= oldest
        )
    select j.day, coalesce(any_value(c.articles), 0) as found, median(coalesce(b.articles, 0)) as usual
    from judged as j
    cross join generate_series(1, $2::int) as w(week)
    left join counted as c on c.day = j.day
    left join counted as b on b.day = j.day - 7 * w.week::int
    group by j.day having usual >= $3 order by j.day
"""


@dg.asset_check(
    asset="published_warehouse",
    description=f"At most {_MOST_IDS_GONE:.0%} of the event ids of the warehouse before are gone from this one: their "
    "reports were withdrawn, or are under another id now (`marts.event_id_history` says which).",
)
def stable_event_ids(run: Run) -> dg.AssetCheckResult:
    """Warn when many ids that analysts may have noted no longer lead anywhere."""
    kept = kept_publications(run.settings)
    before = {} if not kept else event_ids_gone(kept[-1], run.settings.warehouse)
    gone, all_of_them = (sum(column) for column in zip(*before.values(), strict=True)) if before else (0, 0)
    share = gone / max(1, all_of_them)
    return dg.AssetCheckResult(
        passed=share <= _MOST_IDS_GONE,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={
            "event ids before": all_of_them,
            "gone": gone,
            "share": round(share, 4),
            **{f"gone: {fact_type.replace('_', ' ')}s": lost for fact_type, (lost, _) in before.items()},
        },
    )


WATCH_CHECKS = [fresh_documents, usual_volume, stable_event_ids]
