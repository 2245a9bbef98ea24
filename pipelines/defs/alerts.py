"""A failed run tells a webhook, when ALERT_WEBHOOK names one. Without it nothing leaves the machine."""

from __future__ import annotations

import json
import urllib.request
from typing import Any

import dagster as dg

from pipelines.defs.automation import refresh
from pipelines.settings import Settings

# The tag of runs that the webhook was told about by the process that ran them.
ALERTED = {"alerted": "yes"}
_PATIENCE = 10  # seconds
_LONGEST_REASON = 2000


def alert(webhook: str, run_id: str, reason: str, settings: Settings) -> None:
    """POST what failed as JSON: `text` (which chat services show), `run_id`, `reason`, `warehouse`.

    Raises OSError when the webhook does not take it.
    """
    reason = reason[:_LONGEST_REASON]
    said: dict[str, Any] = {
        "text": f"armswatch: the run over {settings.warehouse} failed: {reason}",
        "run_id": run_id,
        "reason": reason,
        "warehouse": str(settings.warehouse),
    }
    request = urllib.request.Request(
        webhook, json.dumps(said).encode(), {"Content-Type": "application/json", "User-Agent": "armswatch"}
    )
    with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:
        answer.read(1)


@dg.run_failure_sensor(
    monitored_jobs=[refresh],
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Tells the webhook of ALERT_WEBHOOK about each failed run, those that were killed included. Does "
    "nothing without one. Works while `make ui` (or a daemon) runs, for runs that the command line started too.",
)
def failed_runs(context: dg.RunFailureSensorContext) -> dg.SkipReason | None:
    """Pass a failure on."""
    settings = Settings.from_env()
    if not settings.alert_webhook:
        return dg.SkipReason("ALERT_WEBHOOK names no webhook.")
    if ALERTED.items() <= context.dagster_run.tags.items():
        return dg.SkipReason("The command line has told the webhook.")
    reasons = [event.event_specific_data for event in context.get_step_failure_events()]
    said = [
        data.user_failure_data.description if data.user_failure_data else data.error_display_string for data in reasons
    ]
    reason = "\n".join(filter(None, said)) or context.failure_event.message or "no reason given"
    alert(settings.alert_webhook, context.dagster_run.run_id, reason, settings)
    return None
