"""One document -> rows: sentences in order, each trigger read by its fact type, restatements folded together."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from pipelines.extraction import meetings, sanctions, sentences, transfers
from pipelines.extraction.claims import speakers
from pipelines.extraction.clauses import View
from pipelines.extraction.discourse import Discourse
from pipelines.extraction.items import Sentence
from pipelines.extraction.parties import PartyReader
from pipelines.extraction.reader import Reader, Tools
from pipelines.extraction.rows import Row, richness, same_fact
from pipelines.extraction.scan import Mention, find, fold, scan, worth_reading
from pipelines.lexicons.model import Pack

READERS: dict[str, Callable[[View, Reader], list[Row]]] = {
    "arms_transfer": transfers.read,
    "sanction": sanctions.read,
    "meeting": meetings.read,
}


# What stands for a party before it is read, and how many sentences back an anaphor may reach.
_WHO = frozenset(["country", "place", "person", "group", "anaphor", "role"])
_CONTEXT = 3


_QUESTION = re.compile(r"[^,;]*\?[\s\"”’)]*$")  # the trigger is asked about
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def read_document(
    pack: Pack,
    tools: Tools,
    body: str,
    title: str | None,
    published_on: dt.date | None,
    counts: Counter,
    trace: list | None = None,
) -> list[Row]:
    """All rows of a text. `counts` takes up trigger sentences; `trace`, if given, each sentence as it was read."""
    folded = fold(body)
    matches = find(pack, folded)
    if not worth_reading(pack, body, folded, matches):
        return []
    mentions = scan(pack, body, folded, matches)
    spans = sentences.split(body)
    memory = Discourse()
    parties = PartyReader(pack, body, folded, memory)
    parties.survey(mentions, {start for start, _ in spans})
    reader = Reader(tools, body, folded, memory, published_on)
    passages = _passages(body, spans, mentions)
    rows: list[Row] = []
    for number in _to_read(pack, passages):
        start, end, quoted, here = passages[number]
        sentence = parties.read(start, end, here, quoted)
        sentence.is_title = number == 0 and bool(title) and body.startswith(title)
        found = _read_sentence(pack, body, folded, sentence, reader, counts)
        rows += found
        reader.rows += found
        if trace is not None:
            trace.append((sentence, found))
        _remember_speaker(pack, body, folded, sentence, memory)
    return _fold_restatements(_settle_directions(rows))


def _read_sentence(
    pack: Pack, body: str, folded: str, sentence: Sentence, reader: Reader, counts: Counter
) -> list[Row]:
    rows: list[Row] = []
    triggers = 0
    facts = _possible(pack, sentence)
    if not facts:
        return rows
    if pack.grammar["off_topic"].search(folded, sentence.start, sentence.end):
        return rows
    for t, item in enumerate(sentence.items):
        for key in item.frames:
            frame = pack.frames[key]
            if frame.fact_type not in facts:
                continue
            triggers += 1
            if _QUESTION.match(body, item.end, sentence.end):
                continue
            view = View(pack, body, folded, sentence, t, frame)
            rows += READERS[frame.fact_type](view, reader)
    if triggers:
        if reader.calendar.published_on is None and _YEAR.search(folded, sentence.start, sentence.end):
            reader.calendar.dates(sentence.start, sentence.end)
        counts["trigger_sentences"] += 1
        counts["trigger_sentences_without_row"] += not rows
    rows = _without_echoes(pack, rows)
    for row in rows:
        row.in_title = sentence.is_title
    return rows


def _possible(pack: Pack, sentence: Sentence) -> set[str]:
    """The fact types that the parts of a sentence allow: arms need a weapon, everything needs a party or a context."""
    types = {pack.frames[key].fact_type for item in sentence.items for key in item.frames}
    if "arms_transfer" in types and not any(item.weapon for item in sentence.items):
        types.discard("arms_transfer")
    if "meeting" in types and sum(len(item.parties) for item in sentence.items) < 2:
        types.discard("meeting")
    return types


class Passage(NamedTuple):
    """A sentence before it is read: offsets, whether it stands in quotation marks, its mentions."""

    start: int
    end: int
    quoted: bool
    mentions: list[Mention]


def _passages(body: str, spans: list[tuple[int, int]], mentions: list[Mention]) -> list[Passage]:
    out = []
    k, depth = 0, False
    for start, end in spans:
        here: list[Mention] = []
        while k < len(mentions) and mentions[k].start < end:
            if mentions[k].start >= start:
                here.append(mentions[k])
            k += 1
        quoted, depth = _quoted(body, start, end, depth)
        out.append(Passage(start, end, quoted, here))
    return out


def _to_read(pack: Pack, passages: list[Passage]) -> list[int]:
    """Which sentences to read: those that may hold a row, and the ones before them that say who "they" are."""
    wanted: set[int] = set()
    for number, passage in enumerate(passages):
        kinds = {e.kind for m in passage.mentions for e in m.entries}
        if "frame" in kinds and kinds & _WHO and _promising(pack, passage, kinds):
            wanted.update(range(max(0, number - _CONTEXT), number + 1))
    return sorted(n for n in wanted if passages[n].mentions)


def _promising(pack: Pack, passage: Passage, kinds: set[str]) -> bool:
    types = {pack.frames[e.value[0]].fact_type for m in passage.mentions for e in m.entries if e.kind == "frame"}
    if "sanction" in types or ("arms_transfer" in types and kinds & {"weapon", "designation"}):
        return True
    return "meeting" in types and sum(any(e.kind in _WHO for e in m.entries) for m in passage.mentions) > 1


def _quoted(body: str, start: int, end: int, depth: bool) -> tuple[bool, bool]:
    """Whether the sentence stands inside quotation marks, and whether they are still open behind it.

    A new paragraph opens its own.
    """
    text = body[start:end]
    depth = depth and "\n" not in body[max(0, start - 2) : start]
    opens, closes = text.count("“"), text.count("”")
    inside = depth or text[:1] in ("“", '"')
    if opens > closes:
        return inside, True
    if closes > opens:
        return inside, False
    return inside, depth and not closes


def _remember_speaker(pack: Pack, body: str, folded: str, sentence: Sentence, memory: Discourse) -> None:
    if not any(i.cued("claim") or i.governor == "according" for i in sentence.items):
        return
    view = View(pack, body, folded, sentence, 0, next(iter(pack.frames.values())))
    for s in speakers(view):
        if s.party and s.kind != "deny":
            memory.speaker = (s.party.country, s.party.person or s.party.actor)


def _settle_directions(rows: list[Row]) -> list[Row]:
    """A deal between two sides goes the way that the document's other rows go; without any it is no row."""
    known = Counter(row.key[:2] for row in rows if row.directed and row.fact_type == "arms_transfer")
    out = []
    for row in rows:
        if not row.directed:
            there, back = known[row.key[:2]], known[row.key[1::-1]]
            if not there and not back:
                continue
            if back > there:
                c = row.columns
                for name in ("country", "actor"):
                    s, r = f"supplier_{name}", f"recipient_{name}"
                    c[s], c[r] = c[r], c[s]
                row.key = (c["supplier_country"], c["recipient_country"], c["weapon_category"])
        out.append(row)
    return out


def _without_echoes(pack: Pack, rows: list[Row]) -> list[Row]:
    """A noun ("hợp đồng") only says again what the verb of the same sentence says."""
    nominal = [pack.frames[r.rule].options.get("nominal") for r in rows]
    deals = [(frozenset(r.key[:2]), r.key[2]) if r.fact_type == "arms_transfer" else None for r in rows]
    said = {deal for deal, noun in zip(deals, nominal, strict=True) if deal and not noun}
    return [r for r, deal, noun in zip(rows, deals, nominal, strict=True) if not (noun and deal in said)]


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
