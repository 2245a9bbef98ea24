"""One document -> rows: sentences in order, each trigger read by its fact type, restatements folded together."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable

from pipelines.extraction import meetings, sanctions, sentences, transfers
from pipelines.extraction.clauses import View
from pipelines.extraction.claims import speakers
from pipelines.extraction.discourse import Discourse
from pipelines.extraction.items import Sentence
from pipelines.extraction.parties import PartyReader
from pipelines.extraction.reader import Reader, Tools
from pipelines.extraction.rows import Row, richness, same_fact
from pipelines.extraction.scan import Mention, fold, passes_gate, scan
from pipelines.lexicons.model import Pack

READERS: dict[str, Callable[[View, Reader], list[Row]]] = {
    "arms_transfer": transfers.read,
    "sanction": sanctions.read,
    "meeting": meetings.read,
}


def read_document(
    pack: Pack, tools: Tools, body: str, title: str | None, published_on: dt.date | None, counts: Counter, trace: list | None = None
) -> list[Row]:
    """All rows of a text. `counts` takes up trigger sentences; `trace`, if given, each sentence as it was read."""
    folded = fold(body)
    if not passes_gate(pack, folded):
        return []
    mentions = scan(pack, body, folded)
    spans = sentences.split(body)
    memory = Discourse()
    parties = PartyReader(pack, body, folded, memory)
    parties.survey(mentions, {start for start, _ in spans})
    reader = Reader(tools, folded, memory, published_on)
    rows: list[Row] = []
    k, depth = 0, False
    for number, (start, end) in enumerate(spans):
        here: list[Mention] = []
        while k < len(mentions) and mentions[k].start < end:
            if mentions[k].start >= start:
                here.append(mentions[k])
            k += 1
        quoted, depth = _quoted(body, start, end, depth)
        if not here:
            continue
        sentence = parties.read(start, end, here)
        sentence.is_title = number == 0 and bool(title) and body.startswith(title)
        sentence.quoted = quoted
        found = _read_sentence(pack, body, folded, sentence, reader, counts)
        rows += found
        if trace is not None:
            trace.append((sentence, found))
        _remember_speaker(pack, body, folded, sentence, memory)
    return _fold_restatements(rows)


def _read_sentence(pack: Pack, body: str, folded: str, sentence: Sentence, reader: Reader, counts: Counter) -> list[Row]:
    rows: list[Row] = []
    triggers = 0
    for t, item in enumerate(sentence.items):
        for key in item.frames:
            frame = pack.frames[key]
            triggers += 1
            view = View(pack, body, folded, sentence, t, frame)
            rows += READERS[frame.fact_type](view, reader)
    if triggers:
        reader.calendar.dates(sentence.start, sentence.end)
        counts["trigger_sentences"] += 1
        counts["trigger_sentences_without_row"] += not rows
    for row in rows:
        row.in_title = sentence.is_title
    return rows


def _quoted(body: str, start: int, end: int, depth: bool) -> tuple[bool, bool]:
    """Whether the sentence stands inside quotation marks, and whether they are still open behind it."""
    text = body[start:end]
    opens, closes = text.count("“"), text.count("”")
    inside = depth or text[:1] in ("“", '"')
    if opens > closes:
        return inside, True
    if closes > opens:
        return inside, False
    return inside, depth and not closes


def _remember_speaker(pack: Pack, body: str, folded: str, sentence: Sentence, memory: Discourse) -> None:
    if not any(c[0] == "claim" for i in sentence.items for c in i.cues) and not any(i.governor == "according" for i in sentence.items):
        return
    view = View(pack, body, folded, sentence, 0, next(iter(pack.frames.values())))
    for s in speakers(view):
        if s.party and s.kind != "deny":
            memory.speaker = (s.party.country, s.party.person or s.party.actor)


def _fold_restatements(rows: list[Row]) -> list[Row]:
    """One row a fact: what a later passage only says again goes, and so does a title that the body bears out."""
    kept: list[Row] = []
    for row in sorted(rows, key=lambda r: r.in_title):
        for i, other in enumerate(kept):
            if same_fact(other, row):
                if richness(row) > richness(other):
                    kept[i] = row
                break
        else:
            if row.in_title and any(o.key == row.key and o.fact_type == row.fact_type for o in kept):
                continue
            kept.append(row)
    kept.sort(key=lambda r: (r.start, r.trigger))
    return kept
