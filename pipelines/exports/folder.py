"""The folder of exports: written beside the old one, then put in its place in one step, whole or not at all.

`<dir>/exports` is a link to a folder of the state folder, as a folder cannot be replaced in one step but a link can.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipelines.settings import Settings

# The newest, and the one that a reader may have open.
_KEPT = 2


class ExportFolderError(RuntimeError):
    """The place of the exports is taken by something that is not theirs to replace."""


@dataclass(frozen=True)
class Written:
    """One exported file: its table (or kind of content), its format as a media type, and how many rows it has."""

    table: str
    path: Path
    mediatype: str
    rows: int


@contextmanager
def new_exports(settings: Settings) -> Iterator[tuple[Path, list[Written]]]:
    """A folder to write into and a list to note what was written; both take the old exports' place on leaving.

    When the block raises, nothing is replaced. The list becomes `datapackage.json` (Frictionless Data Package, v2).
    Raises ExportFolderError when something else stands in the place of the exports.
    """
    _check_place(settings)
    generations = settings.state / "exports"
    generations.mkdir(parents=True, exist_ok=True)
    began = datetime.now(UTC)
    folder = Path(tempfile.mkdtemp(prefix=f"{began:%Y%m%dT%H%M%S%f}-", dir=generations))
    written: list[Written] = []
    try:
        yield folder, written
        _describe(folder, written, settings.warehouse.name, began)
        folder.chmod(0o755)
        _point(settings.exports, folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    for old in sorted(generations.iterdir())[:-_KEPT]:
        shutil.rmtree(old, ignore_errors=True)


def _check_place(settings: Settings) -> None:
    place = settings.exports
    if place.is_symlink():
        target = Path(os.path.normpath(place.parent / place.readlink()))
        if target.parent != settings.state / "exports":
            raise ExportFolderError(
                f"{place} leads to the exports of another warehouse ({target}): give each a folder of its own."
            )
    elif place.exists():
        raise ExportFolderError(f"{place} is there already and was not made by an export. Move it away.")


def _describe(folder: Path, written: list[Written], warehouse: str, began: datetime) -> None:
    resources = []
    for file in written:
        with file.path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        resources.append(
            {
                "name": f"{file.path.parent.name}-{file.table}".lower().replace("_", "-"),
                "path": file.path.relative_to(folder).as_posix(),
                "format": file.path.suffix[1:],
                "mediatype": file.mediatype,
                "encoding": "utf-8",
                "bytes": file.path.stat().st_size,
                "hash": f"sha256:{digest}",
                "rows": file.rows,
            }
        )
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "armswatch",
        "created": began.isoformat(timespec="seconds"),
        "description": f"The marts of {warehouse}.",
        "resources": resources,
    }
    (folder / "datapackage.json").write_text(json.dumps(package, indent=1) + "\n", encoding="utf-8")


def _point(place: Path, folder: Path) -> None:
    beside = folder.with_name(f"{folder.name}.link")
    beside.symlink_to(os.path.relpath(folder, place.parent))
    os.replace(beside, place)  # noqa: PTH105 - named as the promise it keeps
