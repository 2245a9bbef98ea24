"""The folder of registers: every CSV file in it, recognised by its content."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import polars as pl

from pipelines.registers.layouts import (
    OFAC_SCHEMA,
    SIPRI_SCHEMA,
    UnreadableError,
    is_ofac,
    is_sipri,
    read_ofac,
    read_sipri,
)

_REJECTS = {"source_path": pl.String, "line": pl.Int64, "reason": pl.String, "detail": pl.String}


class Registers(NamedTuple):
    """What the folder holds: rows of both registers, and `source_path, line, reason, detail` of what cannot be used."""

    sipri: pl.DataFrame
    ofac: pl.DataFrame
    rejects: pl.DataFrame


def read_registers(folder: Path) -> Registers:
    """Read the folder; one that is not there holds nothing. Of two files of one register the last by name counts."""
    found = {"sipri": pl.DataFrame(schema=SIPRI_SCHEMA), "ofac": pl.DataFrame(schema=OFAC_SCHEMA)}
    rejects = [pl.DataFrame(schema=_REJECTS)]

    def reject(path: Path, reason: str, lines: pl.DataFrame) -> None:
        where = pl.lit(f"{folder.name}/{path.name}").alias("source_path")
        rejects.append(lines.select(where, "line", pl.lit(reason).alias("reason"), "detail").cast(_REJECTS))

    files = sorted(folder.iterdir()) if folder.is_dir() else []
    for path in (file for file in files if file.suffix.lower() == ".csv"):
        try:
            text = _decoded(path.read_bytes())
            if is_sipri(text):
                found["sipri"], unusable = read_sipri(text, path.name)
            elif is_ofac(text):
                found["ofac"], unusable = read_ofac(text, path.name)
            else:
                raise UnreadableError("neither a SIPRI trade register nor an OFAC SDN list")
            reject(path, "register_bad_row", unusable)
        except (UnreadableError, OSError) as error:
            reject(path, "register_unreadable", pl.DataFrame({"line": [None], "detail": [str(error)]}))
    return Registers(found["sipri"], found["ofac"], pl.concat(rejects))


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
