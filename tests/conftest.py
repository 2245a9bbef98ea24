"""What every test may rely on: no telemetry, and a state folder that is never the project's own."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

os.environ["DO_NOT_TRACK"] = "1"
# Definitions are built when their module is imported, so the place must be set before any test is.
os.environ["WAREHOUSE"] = str(Path(tempfile.mkdtemp(prefix="armswatch-")) / "analytics.duckdb")
for name in ("LANDING", "PRUNE", "WORKERS", "LOCK_WAIT"):
    os.environ.pop(name, None)

# Folders whose tests share a warehouse that takes long to build: each stays in one process.
_TOGETHER = {"dbt", "pipeline"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent.name in _TOGETHER:
            item.add_marker(pytest.mark.xdist_group(item.path.parent.name))
