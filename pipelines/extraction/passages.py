"""The sentences of a text with what was found in them, and which of them are worth reading."""

from __future__ import annotations

from typing import NamedTuple

from pipelines.extraction.scan import Hit
from pipelines.extraction.senses import (
    ARMS,
    DEAL,
    MEETING,
    SANCTION,
    TRIGGER,
    TWO,
    VISIT,
    WEAPON,
    WHO,
)
from pipelines.extraction.sentences import split
from pipelines.lexicons.model import Pack

# How many sentences back an anaphor may reach.
_CONTEXT = 3
# How many sentences back a deal may be told.
_DEAL_TOLD = 6
# How far, in characters, a meeting told again may stand from where its sentence starts.
_OPENING = 24


class Passage(NamedTuple):
    """A sentence before it is read: offsets, whether it stands in quotation marks, its hits, the kinds of all these."""

    start: int
    end: int
    quoted: bool
    hits: list[Hit]
    kinds: int


def worth_reading(hits: list[Hit]) -> bool:
    """Whether a text may hold a row: a trigger, and names of at least two countries."""
    trigger = False
    countries: set[str] = set()
    for sense in {sense for _, _, sense in hits}:
        countries |= sense.may
        trigger = trigger or sense.kinds & TRIGGER > 0
    return trigger and len(countries) > 1


def passages_of(pack: Pack, body: str, hits: list[Hit]) -> list[Passage]:
    """Every sentence of the text, in order, without what an outlet puts before it ("(Dân trí) - ...")."""
    out = []
    k, opened, count = 0, False, len(hits)
    credit = pack.grammar["front_credits"]
    for start, end in split(body):
        if (start == 0 or body[start - 1] == "\n") and (front := credit.match(body, start, end)):
            start = front.end()
        while k < count and hits[k][0] < start:
            k += 1
        first, kinds = k, 0
        while k < count and hits[k][0] < end:
            kinds |= hits[k][2].kinds
            k += 1
        quoted, opened = _quoted(body, start, end, opened)
        out.append(Passage(start, end, quoted, hits[first:k], kinds))
    return out


def to_read(passages: list[Passage]) -> list[int]:
    """Which sentences to read: those that may hold a row, and the ones before them that say who "they" are."""
    wanted: set[int] = set()
    deal = -_DEAL_TOLD  # the last one that tells of arms
    for number, passage in enumerate(passages):
        named = passage.kinds & WHO or (wanted and _sides_stood_before(passage))
        arms = passage.kinds & ARMS and passage.kinds & WEAPON
        told = passage.kinds & DEAL and number - deal < _DEAL_TOLD  # "Hợp đồng này sau đó đổ bể"
        if passage.kinds & TRIGGER and (told or (named and _promising(passage))):
            deal = number if arms else deal
            wanted.update(range(max(0, number - _CONTEXT), number + 1))
        elif passage.kinds & (MEETING | VISIT) and not wanted.isdisjoint((number - 1, number - 2)):
            wanted.update([number] if _opens_with_meeting(passage) or (named and passage.kinds & MEETING) else [])
    return sorted(n for n in wanted if passages[n].hits)


def _sides_stood_before(passage: Passage) -> bool:
    """ "Việc chuyển giao S-300 đã hoàn tất", "Các lệnh trừng phạt được nới lỏng": whose may stand further up."""
    return bool((passage.kinds & ARMS and passage.kinds & WEAPON) or passage.kinds & SANCTION)


def _opens_with_meeting(passage: Passage) -> bool:
    """ "Theo kế hoạch, cuộc gặp sẽ diễn ra ...": its sides may stand right before."""
    start, _, sense = next(hit for hit in passage.hits if hit[2].kinds & TRIGGER)
    return sense.kinds & (MEETING | VISIT) > 0 and start - passage.start <= _OPENING


def _promising(passage: Passage) -> bool:
    kinds = passage.kinds
    if kinds & SANCTION or (kinds & ARMS and kinds & WEAPON):
        return True
    if not kinds & (MEETING | VISIT):
        return False
    return kinds & TWO > 0 or sum(sense.kinds & WHO > 0 for _, _, sense in passage.hits) > 1


def _quoted(body: str, start: int, end: int, opened: bool) -> tuple[bool, bool]:
    """Whether the sentence stands inside quotation marks, and whether they are still open behind it.

    A new paragraph opens its own.
    """
    opened = opened and "\n" not in body[max(0, start - 2) : start]
    opens, closes = body.count("“", start, end), body.count("”", start, end)
    inside = opened or body[start] in '“"'
    if opens > closes:
        return inside, True
    return inside, opened and not closes
