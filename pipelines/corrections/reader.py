"""`corrections.csv` -> one row a line, each either usable or refused with the reason.

Columns: `action, id, other_id, field, value, passage, name, date, reason`.

- `reject`: the report `id` is wrong and counts for nothing.
- `mend`: `field` of the report or event `id` is `value`; empty means that the text does not say.
- `join`: what `id` and `other_id` name, reports or events, is one event.
- `part`: the report `id` is an event of its own; or the reports that were first published under the event `id` are.

`passage` holds words of the evidence as the person saw it; the run warns when they stand there no more.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pyarrow as pa

from pipelines.corrections.fields import Mend, mend

COLUMNS = ("action", "id", "other_id", "field", "value", "passage", "name", "date", "reason")

SCHEMA = pa.schema(
    [
        pa.field("file", pa.string(), nullable=False),
        pa.field("line", pa.int64(), nullable=False),
        *(pa.field(name, pa.string()) for name in COLUMNS[:6]),
        pa.field("columns", pa.map_(pa.string(), pa.string())),  # what a mend sets
        pa.field("fact_types", pa.list_(pa.string())),  # for which kinds of report or event it makes sense
        pa.field("corrected_by", pa.string()),
        pa.field("corrected_on", pa.date32()),
        pa.field("reason", pa.string()),
        pa.field("problem", pa.string()),  # why the line is refused
    ]
)

_EVENT, _REPORT = re.compile("[ams][0-9a-f]{16}"), re.compile("[0-9a-f]{16}")
_FACT_TYPES = {"a": "arms_transfer", "s": "sanction", "m": "meeting"}
_USED_BY = {"reject": set(), "mend": {"field", "value"}, "join": {"other_id"}, "part": set()}


def read_corrections(path: Path, today: date) -> pa.Table:
    """Every line of the file, in columns of SCHEMA. Never raises for what is in it; OSError where there is no file."""
    rows: list[dict[str, object]] = []

    def add(line: int, row: Mapping[str, str], problem: str | None, what: Mend | None = None) -> None:
        rows.append(
            {name: row.get(name) or None for name in (*COLUMNS[:6], "reason")}
            | {"file": path.name, "line": line, "problem": problem}
            | {"columns": list(what.columns.items()) if what else None, "fact_types": what.fact_types if what else None}
            | {"corrected_by": row.get("name") or None}
            | {"corrected_on": None if problem else date.fromisoformat(row["date"])}
        )

    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = csv.DictReader(file, strict=True, restkey="")
            missing = [name for name in COLUMNS if name not in (lines.fieldnames or ())]
            if missing:
                add(1, {}, f"the file has no column {', '.join(missing)}", None)
                return pa.Table.from_pylist(rows, schema=SCHEMA)
            taken: dict[tuple[str, ...], int] = {}
            start = lines.line_num + 1
            for cells in lines:
                line, start = start, lines.line_num + 1
                row = {name: unicodedata.normalize("NFC", (cells.get(name) or "").strip()) for name in COLUMNS}
                try:
                    if "" in cells:
                        raise ValueError("the line has more cells than the header")
                    what = _checked(row, today)
                    key = (row["action"], row["id"], row["other_id"], row["field"])
                    if key in taken:
                        raise ValueError(f"line {taken[key]} says something about this already")
                    taken[key] = line
                except ValueError as error:
                    add(line, row, str(error))
                else:
                    add(line, row, None, what)
    except (csv.Error, UnicodeDecodeError) as error:
        add(lines.line_num + 1, {}, f"the file cannot be read from here on: {error}")
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def _checked(row: Mapping[str, str], today: date) -> Mend | None:
    """What a mend sets. ValueError says what makes no sense in the line."""
    action, named = row["action"], row["id"]
    if action not in _USED_BY:
        raise ValueError(f"{action!r} is no action; there are {', '.join(_USED_BY)}")
    for name in ("name", "reason"):
        if not row[name]:
            raise ValueError(f"{name} is empty: a correction says who made it and why")
    try:
        day = date.fromisoformat(row["date"])
    except ValueError:
        raise ValueError(f"{row['date']!r} is no date: write 2024-05-18") from None
    if day > today:
        raise ValueError(f"{row['date']} has not come yet")
    for name in ("other_id", "field", "value"):
        if row[name] and name not in _USED_BY[action]:
            raise ValueError(f"{action} has no use for {name}")
    _check_id(named, only_report=action == "reject")
    if action == "join":
        _check_id(row["other_id"])
        if named == row["other_id"]:
            raise ValueError("the two ids are the same")
        kinds = {text[0] for text in (named, row["other_id"]) if _EVENT.fullmatch(text)}
        if len(kinds) > 1:
            raise ValueError("the two are events of different kinds")
    if action == "mend":
        of_event = bool(_EVENT.fullmatch(named))
        return mend(_FACT_TYPES[named[0]] if of_event else None, of_event, row["field"], row["value"])
    return None


def _check_id(text: str, only_report: bool = False) -> None:
    if _REPORT.fullmatch(text) or (_EVENT.fullmatch(text) and not only_report):
        return
    wanted = "report id (16 hexadecimal digits)" + ("" if only_report else " or event id (a letter and 16 of them)")
    raise ValueError(f"{text!r} is no {wanted}")
