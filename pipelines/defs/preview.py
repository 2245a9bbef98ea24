"""Tables as Markdown for the UI. Everything in them may come from an article, so all of it is escaped."""

from __future__ import annotations

import html
from typing import Any

import dagster as dg
import duckdb

_WIDEST = 300
_LONGEST_BAR = 30


def table(result: duckdb.DuckDBPyConnection) -> dg.MarkdownMetadataValue:
    """The rows of a query as a Markdown table."""
    columns = [column[0] for column in result.description]
    rows = result.fetchall()
    if not rows:
        return dg.MetadataValue.md("*none*")
    lines = [columns, ["---"] * len(columns), *([_cell(value) for value in row] for row in rows)]
    return dg.MetadataValue.md("\n".join(f"| {' | '.join(line)} |" for line in lines))


def bars(result: duckdb.DuckDBPyConnection) -> dg.MarkdownMetadataValue:
    """The rows of a query as a bar chart in a Markdown table; the last column is a number, and the bar's length."""
    columns = [*(column[0] for column in result.description), " "]
    rows = result.fetchall()
    if not rows:
        return dg.MetadataValue.md("*none*")
    most = max(1, *(row[-1] for row in rows))
    lines = [
        columns,
        ["---"] * (len(columns) - 2) + ["---:", "---"],
        *([*map(_cell, row), "█" * max(row[-1] > 0, round(_LONGEST_BAR * row[-1] / most))] for row in rows),
    ]
    return dg.MetadataValue.md("\n".join(f"| {' | '.join(line)} |" for line in lines))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = " ".join(str(value).split())
    if len(text) > _WIDEST:
        text = text[: _WIDEST - 1] + "…"
    text = html.escape(text, quote=False)
    return "".join(f"\\{sign}" if sign in "\\`*_[]|~#!" else sign for sign in text)
