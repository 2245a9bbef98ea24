"""One document -> rows: sentences in order, each trigger read by its fact type, restatements folded together."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable
from functools import partial

from pipelines.extraction import meetings, sanctions, transfers
from pipelines.extraction.claims import speakers
from pipelines.extraction.clauses import View
from pipelines.extraction.discourse import Discourse, Speaker
from pipelines.extraction.gate import Gate
from pipelines.extraction.guards import Guards
from pipelines.extraction.items import Sentence
from pipelines.extraction.parties import PartyReader
from pipelines.extraction.passages import passages_of, to_read, worth_reading
from pipelines.extraction.quotes import speaker_behind
from pipelines.extraction.reader import Reader, Tools
from pipelines.extraction.rows import Row, same_fact, says_more
from pipelines.extraction.scan import fold, scan
from pipelines.lexicons.model import Pack

READERS: dict[str, Callable[[View, Reader], list[Row]]] = {
    "arms_transfer": transfers.read,
    "sanction": sanctions.read,
    "meeting": meetings.read,
}

_QUESTION = re.compile(r"[^,;]*\?[\s\"”’)]*$")  # the trigger is asked about
_IN_NUMBER = re.compile(r"(?<=\d),(?=\d)")  # a comma that parts no clauses
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
    hits = scan(pack, body, folded)
    if not worth_reading(hits):
        return []
    passages = passages_of(pack, body, hits)
    guards = Guards(pack, body, folded, hits, {passage.start for passage in passages})
    gate = Gate(pack, body, folded, guards, hits)
    last = max((n for n, passage in enumerate(passages) if gate.may_hold_row(passage)), default=-1)
    if last < 0 and trace is None:
        return []
    clauses = _IN_NUMBER.sub(".", folded)
    memory = Discourse(
        partial(_quoted_last, pack, body, clauses),
        lambda number: speaker_behind(pack, body, passages, number, memory.lookup),
    )
    parties = PartyReader(pack, body, folded, guards, memory)
    parties.survey(hits)
    reader = Reader(tools, body, folded, memory, published_on)
    reader.named = gate.countries
    rows: list[Row] = []
    for number in to_read(passages):
        if number > last and trace is None and not rows:
            break
        start, end, quoted, here, _ = passages[number]
        memory.passage = number
        sentence = parties.read(start, end, here, quoted)
        sentence.is_title = number == 0 and bool(title) and body.startswith(title)
        found = _read_sentence(pack, body, clauses, sentence, reader, counts)
        rows += found
        reader.rows += found
        met = next((row.key for row in reversed(found) if row.fact_type == "meeting" and len(row.key) == 2), None)
        memory.pair = met or memory.pair  # "hai bên" behind it
        if trace is not None:
            trace.append((sentence, found))
        memory.unheard.append(sentence)
    return _fold_restatements(_settle_directions(rows))


def _read_sentence(
    pack: Pack, body: str, folded: str, sentence: Sentence, reader: Reader, counts: Counter
) -> list[Row]:
    rows: list[Row] = []
    triggers = 0
    facts = _possible(pack, sentence, reader)
    if not facts:
        return rows
    if pack.grammar["off_topic"].search(folded, sentence.start, sentence.end):
        return rows
    if pack.grammar["picture_credits"].search(folded, max(sentence.start, sentence.end - 60), sentence.end):
        return rows
    two_sides = bool(reader.rows) or "sanction" in facts or _countries(sentence) > 1
    for t, item in enumerate(sentence.items):
        for key in item.frames:
            frame = pack.frames[key]
            if frame.fact_type not in facts:
                continue
            triggers += 1
            if not two_sides or _QUESTION.match(body, item.end, sentence.end):
                continue
            view = View(pack, body, folded, sentence, t, frame)
            rows += READERS[frame.fact_type](view, reader)
    if triggers:
        if reader.calendar.published_on is None and _YEAR.search(folded, sentence.start, sentence.end):
            reader.calendar.dates(sentence.start, sentence.end)
        counts["trigger_sentences"] += 1
        counts["trigger_sentences_without_row"] += not rows
    rows = _without_echoes(pack, rows)
    if "meeting" in facts and len(rows) > 1:
        rows = meetings.one_occasion(rows, sentence)
    for row in rows:
        row.in_title = sentence.is_title
    return rows


def _possible(pack: Pack, sentence: Sentence, reader: Reader) -> set[str]:
    """The fact types that the parts of a sentence allow: arms need a weapon, everything needs a party or a context."""
    types = {pack.frames[key].fact_type for item in sentence.items for key in item.frames}
    if "arms_transfer" in types and not any(item.weapon for item in sentence.items) and not reader.deals():
        types.discard("arms_transfer")
    if "meeting" in types and sum(len(item.parties) for item in sentence.items) < 2 and not reader.told_near(sentence):
        types.discard("meeting")
    return types


def _countries(sentence: Sentence) -> int:
    """How many countries the parties of a sentence, and the makers of its weapons, may stand for."""
    parties = [party for item in sentence.items for party in item.parties]
    makers = {item.weapon.maker for item in sentence.items if item.weapon and item.weapon.maker}
    named = {party.country for party in parties if party.country}
    return len(named.union(makers, *(party.others for party in parties)))


def _quoted_last(pack: Pack, body: str, folded: str, sentence: Sentence) -> Speaker | None:
    """Country and name of the last one whom the sentence quotes."""
    if not any(i.cued("claim") or i.governor == "according" for i in sentence.items):
        return None
    view = View(pack, body, folded, sentence, 0, next(iter(pack.frames.values())))
    said = [s.party for s in speakers(view) if s.party and s.kind != "deny"]
    return (said[-1].country, said[-1].person or said[-1].actor) if said else None


def _settle_directions(rows: list[Row]) -> list[Row]:
    """A deal between two sides goes the way that the document's other rows go; without any it is no row."""
    known = Counter(row.key[:2] for row in rows if row.directed and row.fact_type == "arms_transfer")
    out = []
    for row in rows:
        if not row.directed:
            there, back = known[row.key[:2]], known[row.key[1::-1]]
            if not there and not back and row.directed is False:
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
    """A noun ("hợp đồng") only says again what the verb of the same sentence says; so does what hangs on
    something withheld ("không giao tiêm kích mà Peru đặt mua")."""
    nominal = [pack.frames[r.rule].options.get("nominal") for r in rows]
    deals = [(frozenset(r.key[:2]), r.key[2]) if r.fact_type == "arms_transfer" else None for r in rows]
    said = {deal for deal, noun in zip(deals, nominal, strict=True) if deal and not noun}
    withheld = {deal: r.trigger for r, deal in zip(rows, deals, strict=True) if r.stage in ("refused", "cancelled")}
    told = [
        noun or (r.rule == "arms_transfer.get" and r.trigger > withheld.get(deal, r.trigger))
        for r, deal, noun in zip(rows, deals, nominal, strict=True)
    ]
    return [r for r, deal, again in zip(rows, deals, told, strict=True) if not (again and deal in said)]


def _fold_restatements(rows: list[Row]) -> list[Row]:
    """One row a fact: what a later passage only says again goes, and so does a title that the body bears out."""
    kept: list[Row] = []
    for row in sorted(rows, key=lambda r: (r.in_title, r.aside)):
        for i, other in enumerate(kept):
            if same_fact(other, row):
                more, less = (row, other) if says_more(row, other) else (other, row)
                if row.fact_type == "meeting":
                    if more.again and not less.again:
                        more, less = less, more
                    meetings.fill_from(more, less)
                more.hits = more.hits or less.hits
                if more.claimed_by is None:  # who says it need not stand where most is said
                    more.claimed_by, more.claimed_by_actor = less.claimed_by, less.claimed_by_actor
                if more is row:
                    kept[i] = row
                    if row.fact_type == "arms_transfer" and row.when.text is None:
                        row.when = other.when
                break
        else:
            told = any(o.key == row.key and o.fact_type == row.fact_type for o in kept)
            if told and (row.in_title or row.aside):
                continue
            kept.append(row)
    kept.sort(key=lambda r: (r.start, r.trigger))
    return kept
