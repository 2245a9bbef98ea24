"""Everything that runs say and do, as JSON Lines in the state folder: for `grep`, `jq` and log shippers.

One object a line: `time` (UTC), `level`, `run_id`, `message`, and where they apply `step`, `event` (Dagster's name of
it), `asset`, `check` with `passed`, `error`, and for a rejected input `file`, `line`, `reason` and `detail`. Dagster
attaches it to every run, whoever starts it: see dagster.yaml.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from typing import Any

import dagster as dg

from pipelines.settings import Settings

_FILE_BYTES, _FILES_KEPT = 10 * 2**20, 5
_LONGEST_MESSAGE = 4000
_REJECT = ("file", "line", "reason", "detail")
# Events that say once more what another says.
_ECHOES = {"STEP_OUTPUT", "HANDLED_OUTPUT", "LOGS_CAPTURED", "RESOURCE_INIT_STARTED", "ASSET_MATERIALIZATION_PLANNED"}


class Journal(RotatingFileHandler):
    """Writes each log record and event of a run as a line of JSON."""

    def __init__(self) -> None:
        path = Settings.from_env().journal
        super().__init__(path, maxBytes=_FILE_BYTES, backupCount=_FILES_KEPT, encoding="utf-8", delay=True)

    def filter(self, record: logging.LogRecord) -> bool:
        event = getattr(record, "dagster_meta", {}).get("dagster_event")
        return not (event and event.event_type_value in _ECHOES) and bool(super().filter(record))

    def format(self, record: logging.LogRecord) -> str:
        said: Mapping[str, Any] = getattr(record, "dagster_meta", {})
        event = said.get("dagster_event")
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "run_id": said.get("run_id"),
            "step": said.get("step_key"),
            "message": (said.get("orig_message") or record.getMessage())[:_LONGEST_MESSAGE],
            **(_of_event(event) if event else {}),
        }
        return json.dumps({name: value for name, value in line.items() if value is not None}, ensure_ascii=False)


def _of_event(event: dg.DagsterEvent) -> dict[str, Any]:
    found: dict[str, Any] = {"event": event.event_type_value}
    if event.asset_key:
        found["asset"] = event.asset_key.to_user_string()
    if event.is_asset_observation:
        observation = event.asset_observation_data.asset_observation
        found |= {name: observation.metadata[name].value for name in _REJECT if name in observation.metadata}
        if observation.description:
            found |= {"level": "WARNING", "message": observation.description}
    elif event.event_type == dg.DagsterEventType.ASSET_CHECK_EVALUATION:
        evaluation = event.asset_check_evaluation_data
        found |= {
            "asset": evaluation.asset_key.to_user_string(),
            "check": evaluation.check_name,
            "passed": evaluation.passed,
        }
    elif event.is_step_failure:
        found["error"] = str(event.step_failure_data.error_display_string)[:_LONGEST_MESSAGE]
    return found
