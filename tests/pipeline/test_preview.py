"""Tables for the UI: whatever an article says stays text in its cell."""

from __future__ import annotations

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.defs.preview import table


def shown(value: object) -> str:
    """The one row that the UI gets for a value."""
    with duckdb.connect() as con:
        return table(con.execute("select ? as said", [value])).value.split("\n")[2]


def test_markup_and_formulas_are_text():
    assert shown("<script>alert(1)</script>") == "| &lt;script&gt;alert(1)&lt;/script&gt; |"
    assert shown("[a](javascript:b) | *c* `d` ~~e~~") == r"| \[a\](javascript:b) \| \*c\* \`d\` \~\~e\~\~ |"
    assert shown("hai\ndòng") == "| hai dòng |"


@settings(derandomize=True, deadline=None, max_examples=60)
@given(value=st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_a_value_never_leaves_its_cell(value: str):
    row = shown(value)
    assert row.startswith("| ") and row.endswith(" |") and len(row.splitlines()) <= 1 + len(value.splitlines())
    inside = row[2:-2]
    assert "<" not in inside and ">" not in inside
    assert all(inside[place - 1] == "\\" for place, sign in enumerate(inside) if sign in "|`*[]")
