"""Finding and opening files safely: only regular files below the landing folder, and no link is ever followed."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from pipelines.landing.rejects import Unreadable

_UNSAFE = re.compile(r"[\\\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class Found(NamedTuple):
    """One file of the folder. `problem` says why it cannot be read, when that is known already."""

    path: Path
    source_path: str
    problem: Unreadable | None = None


def walk(folder: Path) -> Iterator[Found]:
    """Every file below `folder` that is not hidden, in a fixed order."""
    pending = [folder]
    while pending:
        here = pending.pop()
        try:
            with os.scandir(here) as entries:
                children = sorted((e for e in entries if not e.name.startswith(".")), key=lambda e: e.name)
        except OSError as error:
            yield Found(
                here, _shown(here, folder), Unreadable("unreadable", f"The folder cannot be read: {error.strerror}.")
            )
            continue
        folders = []
        for entry in children:
            path = Path(entry.path)
            problem = _problem(entry)
            if problem is None and entry.is_dir(follow_symlinks=False):
                folders.append(path)
            else:
                yield Found(path, _shown(path, folder), problem)
        pending.extend(reversed(folders))


def _problem(entry: os.DirEntry[str]) -> Unreadable | None:
    if _UNSAFE.search(entry.name):
        return Unreadable("bad_name", "The name holds control characters or bytes that are no text.")
    if entry.is_symlink():
        return Unreadable("symlink", "Links are not followed: put the file itself here.")
    if not entry.is_dir(follow_symlinks=False) and not entry.is_file(follow_symlinks=False):
        return Unreadable("not_a_file", "Neither a file nor a folder (a pipe, a socket or a device).")
    return None


def _shown(path: Path, folder: Path) -> str:
    """The path below `folder` with `/`, unsafe characters escaped."""
    escaped = _UNSAFE.sub(
        lambda found: found[0].encode("unicode_escape").decode("ascii"), path.relative_to(folder).as_posix()
    )
    return escaped.encode("utf-8", "backslashreplace").decode()


def open_file(path: Path) -> BinaryIO:
    """Opens a regular file for reading; anything else, or what has become something else meanwhile, is refused."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise Unreadable("unreadable", f"The file cannot be opened: {error.strerror}.") from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise Unreadable("not_a_file", "Neither a file nor a folder (a pipe, a socket or a device).")
    return os.fdopen(descriptor, "rb")
