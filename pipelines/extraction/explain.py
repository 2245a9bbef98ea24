"""How a text is read: for each passage with a trigger its parts, the rule that fired and the row."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from pipelines.extraction.document import read_document
from pipelines.extraction.items import Item, Sentence
from pipelines.extraction.reader import tools_of
from pipelines.extraction.rows import Row
from pipelines.lexicons.model import Lexicon

_QUIET = ("topic", "reason")


def explain(text: str, lexicon: Lexicon, language: str = "vi", published_on: dt.date | None = None) -> str:
    """A readable account of every passage of `text` that holds a trigger. Raises KeyError for an unknown language."""
    pack = lexicon.packs[language]
    trace: list[tuple[Sentence, list[Row]]] = []
    kept = read_document(pack, tools_of(pack), text, None, published_on, Counter(), trace)
    lines = []
    for sentence, rows in trace:
        if not any(item.frames for item in sentence.items):
            continue
        lines.append(f"passage   [{sentence.start}:{sentence.end}] {text[sentence.start : sentence.end]}")
        lines += [f"  {item.start:>6} {text[item.start : item.end]!r:<34} {_meaning(item)}" for item in sentence.items]
        if not rows:
            lines.append("  no row")
        for row in rows:
            state = "row" if row in kept else "said again elsewhere"
            lines.append(f"  rule {row.rule} on {text[slice(*row.trigger)]!r} -> {state}: {_shown(row)}")
        lines.append("")
    return "\n".join(lines) or "No passage holds a trigger and a party."


def _meaning(item: Item) -> str:
    parts = []
    for p in item.parties:
        parts.append(
            "party " + "/".join(filter(None, (p.country, p.kind, p.person, p.group, "former" if p.former else None)))
        )
    if item.weapon:
        weak = "(weak)" if item.weapon.weak else None
        parts.append(" ".join(filter(None, ("weapon", item.weapon.category, item.weapon.designation, weak))))
    parts += [f"trigger {f}" for f in item.frames]
    parts += [f"marker {item.marker}"] if item.marker else []
    parts += [f"cue {a}:{b}" for a, b in item.cues]
    parts += [f"role {item.role[1]}"] if item.role else []
    parts += [f"governed by {item.governor}"] if item.governor else []
    return ", ".join(parts)


def _shown(row: Row) -> str:
    columns = {k: v for k, v in row.columns.items() if v not in (None, []) and k not in _QUIET}
    when = f" {row.interval.start}..{row.interval.end}" if row.interval else ""
    who = f" by {row.claimed_by}" if row.claimed_by else ""
    return f"{row.stage} {row.status}{who}{when} " + " ".join(f"{k}={v}" for k, v in columns.items())
