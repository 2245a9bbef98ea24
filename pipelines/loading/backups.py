"""Backup, restore and rollback. Files change place by renames only, so each is whole at any moment.

A backup is one tar file: the store, the published warehouse where there is one, and `backup.json`, which has their
SHA-256 and when they were taken. A restore that is cut off between the two files is mended by the next run, which
builds the warehouse that belongs to the store.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tarfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import duckdb

from pipelines.loading.lake import publish_to_lake
from pipelines.loading.lock import run_lock
from pipelines.loading.publication import STAMP, keep_previous, kept_publications, missing_tables, sync
from pipelines.loading.store import connect_reader, connect_store, newer_migrations, now
from pipelines.settings import ExplainedError, Settings

_STORE, _WAREHOUSE, _CONTENTS = "store.duckdb", "warehouse.duckdb", "backup.json"
_FORMAT = 1


class BackupError(ExplainedError):
    """What was asked for cannot be done. Nothing was changed."""


def backup(settings: Settings, folder: Path) -> Path:
    """Write `<warehouse>-<time>.tar` into `folder` and return its path. Waits for a run that is writing."""
    if not settings.store.exists():
        raise BackupError(f"There is nothing to back up at {settings.warehouse} yet: make run builds it.")
    folder.mkdir(parents=True, exist_ok=True)
    with run_lock(settings):
        with connect_store(settings.store) as con:
            con.execute("checkpoint")
        taken = now()
        target = folder / f"{settings.warehouse.stem}-{taken:%Y%m%dT%H%M%S}.tar"
        files = {_STORE: settings.store}
        if settings.warehouse.exists():
            files[_WAREHOUSE] = settings.warehouse
        contents = {
            "format": _FORMAT,
            "taken_at": f"{taken.isoformat(timespec='seconds')}Z",
            "sha256": {name: _sha256(path) for name, path in files.items()},
        }
        for rest in folder.glob(f"{settings.warehouse.stem}-*.part"):
            rest.unlink()
        part = target.with_suffix(".part")
        try:
            with tarfile.open(part, "w") as archive:
                for name, path in files.items():
                    archive.add(path, arcname=name)
                _add(archive, _CONTENTS, json.dumps(contents, indent=1).encode())
            sync(part)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    sync(folder)
    return target


def restore(settings: Settings, source: Path) -> str:
    """Put a backup in place of store and warehouse; returns when it was taken.

    What was published stays in `previous/`, and the store as it was beside the restored one, as `store.replaced`.
    """
    with run_lock(settings):
        unpacked = settings.state / "restore.part"
        unpacked.mkdir()
        try:
            contents = _unpack(source, unpacked)
            _check(unpacked, contents)
            if settings.store.exists():
                _set_aside(settings)
            (unpacked / _STORE).replace(settings.store)
            if (unpacked / _WAREHOUSE).exists():
                _replace_published(settings, unpacked / _WAREHOUSE)
        finally:
            shutil.rmtree(unpacked, ignore_errors=True)
    return contents["taken_at"]


def rollback(settings: Settings) -> datetime:
    """Put the newest of the kept warehouses back in the published one's place; returns until when (UTC) it stood."""
    with run_lock(settings):
        kept = kept_publications(settings)
        while kept and settings.warehouse.exists() and kept[-1].samefile(settings.warehouse):
            kept.pop().unlink()
        if not kept:
            raise BackupError(f"There is no earlier warehouse in {settings.previous}.")
        kept[-1].replace(settings.warehouse)
        sync(settings.warehouse.parent)
        publish_to_lake(settings)
    return datetime.strptime(kept[-1].stem, STAMP)


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    archive.addfile(member, io.BytesIO(content))


def _unpack(source: Path, folder: Path) -> Mapping[str, Mapping[str, str]]:
    """Copy the files that a backup is made of, and nothing else that an archive may hold."""
    try:
        with tarfile.open(source, "r:") as archive:
            contents = json.loads(_member(archive, _CONTENTS).read())
            if contents["format"] != _FORMAT:
                raise BackupError(f"{source} is a backup of another format ({contents['format']}).")
            for name in {_STORE, _WAREHOUSE} & set(contents["sha256"]):
                with (folder / name).open("wb") as file:
                    shutil.copyfileobj(_member(archive, name), file)
                sync(folder / name)
    except (OSError, tarfile.TarError, ValueError, KeyError, TypeError) as error:
        raise BackupError(f"{source} is not a backup that can be read: {error}") from error
    return contents


def _member(archive: tarfile.TarFile, name: str) -> io.BufferedReader:
    member = archive.extractfile(name)
    if member is None:
        raise ValueError(f"{name} is not a file")
    return member


def _check(folder: Path, contents: Mapping[str, Mapping[str, str]]) -> None:
    for name, expected in contents["sha256"].items():
        if _sha256(folder / name) != expected:
            raise BackupError(f"The backup is damaged: {name} is not what it was when it was taken.")
    with connect_reader(folder / _STORE) as con:
        if newer := newer_migrations(con):
            raise BackupError(f"The backup is of a newer version of armswatch (it has {', '.join(newer)}).")
    if (folder / _WAREHOUSE).exists():
        with connect_reader(folder / _WAREHOUSE) as con:
            if missing := missing_tables(con):
                raise BackupError(f"The backup's warehouse is incomplete: {', '.join(missing)} missing.")


def _set_aside(settings: Settings) -> None:
    wal = Path(f"{settings.store}.wal")
    try:
        with duckdb.connect(str(settings.store)) as con:
            con.execute("checkpoint")
    except duckdb.Error:  # a store that cannot be read is why one restores
        wal.unlink(missing_ok=True)
    kept = settings.store.with_suffix(".replaced")
    kept.unlink(missing_ok=True)
    os.link(settings.store, kept)


def _replace_published(settings: Settings, file: Path) -> None:
    keep_previous(settings)
    file.replace(settings.warehouse)
    sync(settings.warehouse.parent)
    publish_to_lake(settings)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
