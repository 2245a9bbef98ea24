"""Text -> hits: a length-preserving fold, one Aho-Corasick pass, word boundaries and capitals checked."""

from __future__ import annotations

from functools import lru_cache

from pipelines.extraction.senses import NOTHING, Sense, Senses
from pipelines.lexicons.model import Pack

# A surface form found in the text: start and end in code points, and what it may mean there.
Hit = tuple[int, int, Sense]


def fold(text: str) -> str:
    """Lower case, same length: offsets in the folded text are offsets in the text. Part of the press abroad writes the
    Icelandic letter for "Đ"."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    return lowered.replace("ð", "đ") if "ð" in lowered else lowered


@lru_cache(maxsize=8)
def senses_of(pack: Pack) -> Senses:
    """What this process has learned of a language's spellings."""
    return Senses(pack)


def scan(pack: Pack, text: str, folded: str) -> list[Hit]:
    """All that the lexicon knows in the text, in order, without overlaps (but for triggers that a cue ends in)."""
    senses = senses_of(pack)
    known, learn = senses.get, senses.learn
    out: list[Hit] = []
    take = out.append
    done = 0
    padded = f" {folded} "  # before and behind every match stands a character
    for form, start, end in pack.automaton.find_matches_as_indexes(folded):
        sense = known(text[start:end]) or learn(form, text[start:end])
        if start < done or sense is NOTHING:
            continue
        if (
            sense.entries
            and ((before := padded[start]) == " " or not before.isalnum())
            and ((behind := padded[end + 1]) == " " or not behind.isalnum())
        ):
            if sense.tail is None:
                take((start, end, sense))
            else:
                _take_both(out, start, end, sense)
        elif sense.divided:
            done = _look_inside(pack, senses, text, folded, (form, start, end), out)
    return out


def _take_both(out: list[Hit], start: int, end: int, sense: Sense) -> None:
    offset, hidden = sense.tail
    out.append((start, start + offset - 1, sense))
    out.append((start + offset, end, hidden))


def _look_inside(
    pack: Pack, senses: Senses, text: str, folded: str, match: tuple[int, int, int], out: list[Hit]
) -> int:
    """A match that means nothing as a whole: a shorter form takes its place; then look again behind. Gives the end."""
    form, start, stop = match
    limit = stop
    while True:
        begin = _take_shorter(pack, senses, text, folded, (form, start), out)
        begin = begin or folded.find(" ", start, stop)
        begin = stop if begin < 0 else begin
        if begin >= limit:
            return begin
        inner = next(iter(pack.automaton.find_matches_as_indexes(folded[begin : limit + 80])), None)
        if inner is None or inner[1] + begin >= limit:
            return limit
        form, start, stop = inner[0], inner[1] + begin, inner[2] + begin


def _take_shorter(pack: Pack, senses: Senses, text: str, folded: str, match: tuple[int, int], out: list[Hit]) -> int:
    """Take the longest form with a meaning that begins there; gives its end, 0 where there is none."""
    form, start = match
    if start and folded[start - 1].isalnum():
        return 0
    for part in (form, *pack.shorter[form]):
        end = start + len(pack.forms[part])
        if end < len(folded) and folded[end].isalnum():
            continue
        sense = senses.get(text[start:end]) or senses.learn(part, text[start:end])
        if sense.entries:
            if sense.tail is None:
                out.append((start, end, sense))
            else:
                _take_both(out, start, end, sense)
            return end
    return 0
