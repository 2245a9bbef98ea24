"""Cases on disk: sentences, the rows that they owe, and the names of those that are not right yet.

A row list is complete: every row that is not `optional` is owed once, and nothing else may come out. A scalar or a list
of accepted values stands for any field; `participant_countries` is a set, `participant_countries_any` lists such sets;
`date` is the exact interval (null: none), `date_within` only bounds it. `known_gaps.txt` names the cases that are not
right yet.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from pipelines.settings import PROJECT_ROOT

Case = dict[str, Any]

# By language. They are part of the project's folder, not of an installed package.
CASE_FOLDERS = {"vi": PROJECT_ROOT / "tests" / "cases", "en": PROJECT_ROOT / "tests" / "cases_en"}


def load_cases(folder: Path) -> dict[str, Case]:
    """Every case by its id; none when there is no such folder."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    cases: dict[str, Case] = {}
    for path in sorted(folder.glob("*.yaml")):
        for case in yaml.load(path.read_text("utf-8"), Loader=loader):  # noqa: S506 - a safe one
            if case["id"] in cases:
                raise ValueError(f"{path}: two cases are called {case['id']}")
            cases[case["id"]] = case
    return cases


def cases_version(folders: Iterable[Path]) -> str:
    """Twelve hex digits over all that a verdict depends on beside the extractor: the cases, and how they are judged."""
    digest = hashlib.sha256()
    for path in sorted(
        [*Path(__file__).parent.glob("*.py"), *(p for folder in folders for p in folder.glob("*.yaml"))]
    ):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def known_gaps(folder: Path) -> dict[str, str]:
    """By case, why it is not right yet."""
    path = folder / "known_gaps.txt"
    lines = [line.partition("#") for line in path.read_text("utf-8").splitlines()] if path.exists() else []
    return {case_id.strip(): reason.strip() for case_id, _, reason in lines if case_id.strip()}
