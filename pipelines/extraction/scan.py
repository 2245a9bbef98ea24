"""Text -> mentions: a length-preserving fold, one Aho-Corasick pass, word boundaries and capitals checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.lexicons.model import TRIGGER, Entry, Pack


@dataclass(slots=True)
class Mention:
    """A surface form found in the text, with all that it may mean there. Offsets in code points."""

    start: int
    end: int
    entries: tuple[Entry, ...]

    def first(self, kind: str) -> Entry | None:
        for entry in self.entries:
            if entry.kind == kind:
                return entry
        return None


def fold(text: str) -> str:
    """Lower case, same length: offsets in the folded text are offsets in the text."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(c if len(c.lower()) != 1 else c.lower() for c in text)


def find(pack: Pack, folded: str) -> list[tuple[int, int, int]]:
    """The one Aho-Corasick pass: (form, start, end), leftmost-longest; word boundaries are not checked yet."""
    return pack.automaton.find_matches_as_indexes(folded)


def worth_reading(pack: Pack, text: str, folded: str, matches: list[tuple[int, int, int]]) -> bool:
    """Whether a text may hold a row: a trigger, and names of at least two countries."""
    trigger = False
    countries: set[str] = set()
    for index, start, end in matches:
        for gate in _gates_at(pack, text, folded, index, start, end):
            if gate == TRIGGER:
                trigger = True
            else:
                countries.update(gate)
        if trigger and len(countries) > 1:
            return True
    return False


def _gates_at(pack: Pack, text: str, folded: str, index: int, start: int, end: int) -> Iterator[tuple[str, ...]]:
    """What a match contributes; a longer one that does not end at a word lets the shorter ones speak."""
    gate = pack.gates[index]
    if not (start and folded[start - 1].isalnum()):
        if end < len(folded) and folded[end].isalnum():
            gate = next(
                (pack.gates[i] for i in pack.shorter[index] if not folded[start + len(pack.forms[i])].isalnum()), None
            )
        if gate == TRIGGER or (gate is not None and not text[start:end].islower()):
            yield gate
    elif (begin := folded.find(" ", start, end)) >= 0:
        for i, s, e in pack.automaton.find_matches_as_indexes(folded[begin : end + 40]):
            if s + begin < end:
                yield from _gates_at(pack, text, folded, i, s + begin, e + begin)
            break


def scan(pack: Pack, text: str, folded: str, matches: list[tuple[int, int, int]]) -> list[Mention]:
    """All mentions in order, without overlaps (but for triggers that a cue ends in)."""
    out: list[Mention] = []
    done = 0
    for index, start, end in matches:
        if start >= done:
            done = _take(pack, text, folded, index, start, end, out)
    return out


def _take(pack: Pack, text: str, folded: str, index: int, start: int, end: int, out: list[Mention]) -> int:
    """Append what the match means; where a shorter form takes its place, or none, look again behind. Gives the end."""
    entries, forms = pack.entries, pack.forms
    found: tuple[Entry, ...] = ()
    stop = end
    if not start or not folded[start - 1].isalnum():
        if end == len(folded) or not folded[end].isalnum():
            found = _fitting(entries[index], text, start, end)
        if not found:
            for index in pack.shorter[index]:  # noqa: B020 (the shorter form takes the place of the longer)
                end = start + len(forms[index])
                if not folded[end].isalnum() and (found := _fitting(entries[index], text, start, end)):
                    break
    if found:
        tail = pack.tails[index]
        if tail is None:
            out.append(Mention(start, end, found))
        else:
            offset, hidden = tail
            out.append(Mention(start, start + offset - 1, found))
            out.append(Mention(start + offset, end, entries[hidden]))
    begin = end if found else folded.find(" ", start, stop)
    if begin == stop or begin < 0:
        return stop
    for index, s, e in pack.automaton.find_matches_as_indexes(folded[begin : stop + 80]):
        if s + begin >= stop:
            break
        return _take(pack, text, folded, index, s + begin, e + begin, out)
    return stop


def _fitting(meanings: tuple[Entry, ...], text: str, start: int, end: int) -> tuple[Entry, ...]:
    """The meanings whose capitals the text has."""
    capital = text[start].isupper()
    for entry in meanings:
        if entry.case:
            break
    else:
        return meanings
    surface = text[start:end]
    return tuple(
        e
        for e in meanings
        if not e.case or (capital and _capitals(e.form, surface) if e.case == "cap" else surface == e.form)
    )


def _capitals(form: str, surface: str) -> bool:
    """Every capital of the form stands in the text too (only the first letter of each word is looked at)."""
    for i, c in enumerate(form):
        if c.isupper() and (i == 0 or form[i - 1] in " -") and not surface[i].isupper():
            return False
    return True
