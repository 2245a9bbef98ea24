"""Text -> hits: a length-preserving fold, one Aho-Corasick pass, word boundaries and capitals checked."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from pipelines.extraction.senses import Sense, Senses
from pipelines.lexicons.model import Entry, Pack

Hit = tuple[int, int, Sense]


class Mention(NamedTuple):
    """A surface form found in the text, with all that it may mean there. Offsets in code points."""

    start: int
    end: int
    sense: Sense

    @property
    def entries(self) -> tuple[Entry, ...]:
        return self.sense.entries

    def first(self, kind: str) -> Entry | None:
        for entry in self.sense.entries:
            if entry.kind == kind:
                return entry
        return None


def fold(text: str) -> str:
    """Lower case, same length: offsets in the folded text are offsets in the text."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(c if len(c.lower()) != 1 else c.lower() for c in text)


@lru_cache(maxsize=8)
def senses_of(pack: Pack) -> Senses:
    """What this process has learned of a language's spellings."""
    return Senses(pack)


def scan(pack: Pack, text: str, folded: str) -> list[Hit]:
    """All mentions in order, without overlaps (but for triggers that a cue ends in), as the fields of `Mention`."""
    senses = senses_of(pack)
    known = senses.get
    out: list[Hit] = []
    done, length = 0, len(folded)
    for form, start, end in pack.automaton.find_matches_as_indexes(folded):
        sense = known(text[start:end]) or senses.learn(form, text[start:end])
        if start < done:
            continue
        if (
            sense.entries
            and not (start and folded[start - 1].isalnum())
            and (end == length or not folded[end].isalnum())
        ):
            _append(out, start, end, sense)
        elif sense.divided:
            done = _look_inside(pack, senses, text, folded, (form, start, end), out)
    return out


def _append(out: list[Hit], start: int, end: int, sense: Sense) -> None:
    if sense.tail is None:
        out.append((start, end, sense))
    else:
        offset, hidden = sense.tail
        out.append((start, start + offset - 1, sense))
        out.append((start + offset, end, hidden))


def _look_inside(
    pack: Pack, senses: Senses, text: str, folded: str, match: tuple[int, int, int], out: list[Hit]
) -> int:
    """A match that is no mention as a whole: a shorter form takes its place; then look again behind. Gives the end."""
    form, start, stop = match
    begin = 0
    if not start or not folded[start - 1].isalnum():
        for part in (form, *pack.shorter[form]):
            end = start + len(pack.forms[part])
            if end < len(folded) and folded[end].isalnum():
                continue
            sense = senses.get(text[start:end]) or senses.learn(part, text[start:end])
            if sense.entries:
                _append(out, start, end, sense)
                begin = end
                break
    begin = begin or folded.find(" ", start, stop)
    if begin == stop or begin < 0:
        return stop
    for form, s, e in pack.automaton.find_matches_as_indexes(folded[begin : stop + 80]):
        if s + begin >= stop:
            break
        return _look_inside(pack, senses, text, folded, (form, s + begin, e + begin), out)
    return stop
