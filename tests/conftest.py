"""What every test may rely on: no telemetry, and a state folder that is never the project's own."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

os.environ["DO_NOT_TRACK"] = "1"
# Definitions are built when their module is imported, so the place must be set before any test is.
_PLACE = tempfile.TemporaryDirectory(prefix="armswatch-")
os.environ["WAREHOUSE"] = str(Path(_PLACE.name) / "analytics.duckdb")
for name in (
    "LANDING", "LAKE_DATA", "LAKE_STATE", "AT", "CORRECTIONS", "FEEDS", "PRUNE", "WORKERS", "MEMORY_LIMIT", "LOCK_WAIT",
    "EXTRACTOR_ENGINE", "RAY_ADDRESS", "RAY_STORAGE",
):  # fmt: skip
    os.environ.pop(name, None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The file that takes longest starts first, so that no worker waits for it at the end."""
    items.sort(key=lambda item: "faults/test_runs.py" not in item.nodeid)
