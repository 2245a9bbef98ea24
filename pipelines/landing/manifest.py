"""`manifest.csv`: what a folder says about its files. One row a file: `file, outlet, published_on, url, language`.

All columns but `file` may be left out. A row that cannot be used is rejected with its line; the other rows count.
`file` is a path below the manifest's folder.
"""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from datetime import date
from pathlib import PurePosixPath
from typing import NamedTuple

from pipelines.landing.articles import Given, checked
from pipelines.landing.decoding import decode
from pipelines.landing.normalise import normalise
from pipelines.landing.rejects import Reject, Unreadable, shown

NAME = "manifest.csv"
COLUMNS = ("file", "outlet", "published_on", "url", "language")


class Entry(NamedTuple):
    """What a manifest says about one file, the line where it says so, and the row in canonical form."""

    given: Given
    line: int
    canonical: str


class Manifest(NamedTuple):
    """The usable rows by file name (NFC), and the rejected ones."""

    entries: dict[str, Entry]
    rejects: list[Reject]


def parse(data: bytes, source_path: str, today: date) -> Manifest:
    """Reads a manifest. Never raises for what is in it."""
    entries: dict[str, Entry] = {}
    rejects: list[Reject] = []

    def reject(line: int | None, reason: str, detail: str) -> None:
        rejects.append(Reject(source_path, line, reason, shown(detail)))

    try:
        reader = csv.reader(io.StringIO(normalise(decode(data)), newline=""))
        header = [name.strip().lower() for name in next(reader)]
    except (Unreadable, csv.Error, StopIteration) as error:
        reason = error.reason if isinstance(error, Unreadable) else "manifest_bad_csv"
        reject(1, reason, f"The manifest cannot be read: {error}.")
        return Manifest(entries, rejects)
    for number, name in enumerate(header):
        if name not in COLUMNS:
            reject(1, "manifest_extra_column", f"The column {name!r} is not known and not read.")
        elif name in header[:number]:
            reject(1, "manifest_extra_column", f"The column {name!r} stands twice; the first one counts.")
    if "file" not in header:
        reject(1, "manifest_missing_column", "The manifest has no column file, so that no row can be used.")
        return Manifest(entries, rejects)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return Manifest(entries, rejects)
        except csv.Error as error:
            reject(line, "manifest_bad_csv", f"The row is not valid CSV: {error}.")
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            reject(line, "manifest_bad_row", f"The row has {len(cells)} cells, the header {len(header)}.")
            continue
        row = dict(zip(reversed(header), (cell.strip() for cell in reversed(cells)), strict=True))
        name = unicodedata.normalize("NFC", row["file"])
        path = PurePosixPath(name)
        if not name or path.is_absolute() or ".." in path.parts or "\\" in name:
            reject(line, "manifest_bad_path", f"{name!r} is not a path below the manifest's folder.")
        elif str(path) in entries:
            reject(line, "manifest_duplicate_row", f"{name!r} stands in line {entries[str(path)].line} already.")
        else:
            given, problems = checked({column: row.get(column) or None for column in COLUMNS[1:]}, "manifest", today)
            for reason, detail in problems:
                reject(line, reason, f"{name}: {detail}")
            entries[str(path)] = Entry(given, line, json.dumps([row.get(c) for c in COLUMNS], ensure_ascii=False))
