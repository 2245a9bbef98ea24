"""How good the extractor is, seen in every run: its score on the cases, triggers without a row, unresolved roles."""

from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg
from dagster._core.storage.asset_check_execution_record import AssetCheckExecutionRecordStatus

from pipelines.contract import FACT_TYPES
from pipelines.defs.shares import REPORTS, share_of_rows
from pipelines.lexicons import lexicon_version, load_lexicon
from pipelines.quality import CASE_FOLDERS, cases_version, judge, load_cases, score

_MOST_WITHOUT_ROW = 0.9
_MOST_UNRESOLVED = 0.25
_LEAST_SCORE = 0.95
# Below this confidence a side comes from the context, not from the clause itself.
_RESOLVED = 0.7


resolved_roles = share_of_rows(
    "resolved_roles",
    f"At most {_MOST_UNRESOLVED:.0%} of the rows take a side from the context.",
    REPORTS,
    columns="confidence",
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
def right_on_cases(context: dg.AssetCheckExecutionContext) -> Iterator[dg.AssetCheckResult]:
    """Warn when the extractor that made the rows is not right on the sentences that it is known by."""
    judged = {"extractor version": lexicon_version(), "cases version": cases_version(CASE_FOLDERS.values())}
    before = {fact_type: _judged_before(context.instance, fact_type, judged) for fact_type in FACT_TYPES}
    if all(before.values()):
        yield from before.values()
        return
    cases = {language: found for language, folder in CASE_FOLDERS.items() if (found := load_cases(folder))}
    lexicon = load_lexicon()
    verdicts = {language: list(judge(found, language, lexicon).values()) for language, found in cases.items()}
    every = [verdict for of_language in verdicts.values() for verdict in of_language]
    silent = [verdict for verdict in every if not verdict.case["rows"]]
    for fact_type in FACT_TYPES:
        if not every:
            places = ", ".join(str(folder) for folder in CASE_FOLDERS.values())
            yield _result(fact_type, True, judged, f"Nothing was scored: there are no cases in {places}.")
            continue
        total = score(every, fact_type)
        shown = {
            "F1": round(total.f1, 4),
            **{f"F1, {name}": round(score(some, fact_type).f1, 4) for name, some in verdicts.items()},
            "rows as they should be": total.met,
            "rows missed": total.missed,
            "rows too many": total.extra,
            "cases right, all types": f"{sum(verdict.right for verdict in every)} of {len(every)}",
            "cases that must yield nothing, right": f"{sum(verdict.right for verdict in silent)} of {len(silent)}",
        }
        yield _result(fact_type, total.f1 >= _LEAST_SCORE, shown | judged)


def _judged_before(instance: dg.DagsterInstance, fact_type: str, judged: dict[str, str]) -> dg.AssetCheckResult | None:
    """The verdict of the last run, if it was on the same extractor and the same cases."""
    key = dg.AssetCheckKey(dg.AssetKey(f"{fact_type}_reports"), "right_on_cases")
    ended = {AssetCheckExecutionRecordStatus.SUCCEEDED, AssetCheckExecutionRecordStatus.FAILED}
    records = instance.event_log_storage.get_asset_check_execution_history(key, limit=1, status=ended)
    evaluation = records[0].evaluation if records else None
    if not evaluation or any(
        name not in evaluation.metadata or evaluation.metadata[name].value != value for name, value in judged.items()
    ):
        return None
    return _result(fact_type, evaluation.passed, evaluation.metadata, evaluation.description)


def _result(
    fact_type: str, passed: bool, metadata: Mapping[str, Any], description: str | None = None
) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        asset_key=f"{fact_type}_reports", check_name="right_on_cases", severity=dg.AssetCheckSeverity.WARN,
        passed=passed, metadata=metadata, description=description,
    )  # fmt: skip


QUALITY_CHECKS = [right_on_cases, triggers_without_row, resolved_roles]
