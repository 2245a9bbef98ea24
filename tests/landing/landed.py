"""Reads a folder to the end and gathers all batches, for the landing tests."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

from pipelines.landing import read_folder

TODAY = date(2026, 1, 31)


class Landed(NamedTuple):
    """All that one pass over a folder gave."""

    documents: list[dict]
    rejects: list[dict]
    files: list[dict]
    skipped: list[dict]

    def reasons(self) -> list[tuple[str, int | None, str]]:
        """File, line and reason of every reject."""
        return [(reject["source_path"], reject["line"], reject["reason"]) for reject in self.rejects]

    def by_path(self) -> dict[str, dict]:
        """The documents by where they were found."""
        return {document["source_path"]: document for document in self.documents}


def land(folder: Path, **options: object) -> Landed:
    """Read a folder to the end."""
    documents, rejects, files, skipped = [], [], [], []
    for batch in read_folder(folder, today=TODAY, **options):
        documents += batch.documents.to_pylist()
        rejects += batch.rejects.to_pylist()
        files += batch.files.to_pylist()
        skipped += batch.skipped.to_pylist()
    return Landed(documents, rejects, files, skipped)
