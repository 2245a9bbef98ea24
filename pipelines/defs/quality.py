"""How good the extractor is, seen in every run: its score on the cases, triggers without a row, unresolved roles."""

from collections.abc import Iterator

import dagster as dg

from pipelines.contract import FACT_TYPES
from pipelines.defs.shares import REPORTS, share_of_rows
from pipelines.lexicons import load_lexicon
from pipelines.quality import CASE_FOLDERS, judge, load_cases, score

_MOST_WITHOUT_ROW = 0.9
_MOST_UNRESOLVED = 0.25
_LEAST_SCORE = 0.95
# Below this confidence a side comes from the context, not from the clause itself.
_RESOLVED = 0.7


resolved_roles = share_of_rows(
    "resolved_roles",
    f"At most {_MOST_UNRESOLVED:.0%} of the rows take a side from the context.",
    REPORTS,
    condition=f"confidence < {_RESOLVED}",
    counted="a side from the context",
    most=_MOST_UNRESOLVED,
)


@dg.asset_check(
    asset=f"{FACT_TYPES[0]}_reports",
    description=f"At most {_MOST_WITHOUT_ROW:.0%} of the sentences with a trigger, of any fact type, give no row, in "
    "the last run that extracted something.",
)
def triggers_without_row(context: dg.AssetCheckExecutionContext) -> dg.AssetCheckResult:
    """Warn when the extractor often sees a trigger and makes nothing of it."""
    triggers, without = _last_trigger_counts(context.instance)
    share = without / max(1, triggers)
    return dg.AssetCheckResult(
        passed=share <= _MOST_WITHOUT_ROW,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"trigger sentences": triggers, "without row": without, "share": round(share, 4)},
    )


def _last_trigger_counts(instance: dg.DagsterInstance) -> tuple[int, int]:
    """Trigger sentences, and those without a row, of the last run that had any; reports carry them as metadata."""
    key = dg.AssetKey(f"{FACT_TYPES[0]}_reports")
    for record in instance.fetch_materializations(key, limit=50).records:
        metadata = record.asset_materialization.metadata
        triggers = metadata.get("kernel: trigger sentences")
        if triggers and triggers.value:
            return triggers.value, metadata["kernel: trigger sentences without row"].value
    return 0, 0


@dg.multi_asset_check(
    specs=[
        dg.AssetCheckSpec(
            "right_on_cases",
            asset=f"{fact_type}_reports",
            description=f"F1 of at least {_LEAST_SCORE} on the project's own cases: sentences whose rows are known.",
        )
        for fact_type in FACT_TYPES
    ]
)
def right_on_cases() -> Iterator[dg.AssetCheckResult]:
    """Warn when the extractor that made the rows is not right on the sentences that it is known by."""
    cases = {language: found for language, folder in CASE_FOLDERS.items() if (found := load_cases(folder))}
    lexicon = load_lexicon()
    verdicts = {language: list(judge(found, language, lexicon).values()) for language, found in cases.items()}
    every = [verdict for of_language in verdicts.values() for verdict in of_language]
    silent = [verdict for verdict in every if not verdict.case["rows"]]
    for fact_type in FACT_TYPES:
        common = {
            "asset_key": f"{fact_type}_reports",
            "check_name": "right_on_cases",
            "severity": dg.AssetCheckSeverity.WARN,
        }
        if not every:
            places = ", ".join(str(folder) for folder in CASE_FOLDERS.values())
            yield dg.AssetCheckResult(
                passed=True, description=f"Nothing was scored: there are no cases in {places}.", **common
            )
            continue
        total = score(every, fact_type)
        yield dg.AssetCheckResult(
            passed=total.f1 >= _LEAST_SCORE,
            metadata={
                "F1": round(total.f1, 4),
                **{f"F1, {name}": round(score(some, fact_type).f1, 4) for name, some in verdicts.items()},
                "rows as they should be": total.met,
                "rows missed": total.missed,
                "rows too many": total.extra,
                "cases right, all types": f"{sum(verdict.right for verdict in every)} of {len(every)}",
                "cases that must yield nothing, right": f"{sum(verdict.right for verdict in silent)} of {len(silent)}",
                "extractor version": lexicon.version,
            },
            **common,
        )


QUALITY_CHECKS = [right_on_cases, triggers_without_row, resolved_roles]
