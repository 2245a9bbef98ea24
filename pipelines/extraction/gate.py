"""Which passages can hold the first row of a document: a trigger with what it needs, and two sides.

The gate asks for less than the readers of rows do, from the hits alone: what "he", "this country" or a bare title can
mean at most is looked up in the document as a whole. So it may let a passage through that gives no row; one that it
holds back gives none. Behind the first row, context may supply a side, and all that follows is read.
"""

from __future__ import annotations

from pipelines.extraction.guards import Guards, last_word
from pipelines.extraction.passages import Passage
from pipelines.extraction.scan import Hit
from pipelines.extraction.senses import (
    ARMS,
    GUARDED,
    HE,
    MEETING,
    PERSON,
    ROLE,
    SANCTION,
    STAND_IN,
    STRICT,
    SURNAME,
    TITLE,
    TRIGGER,
    VISIT,
    WEAPON,
    WHO,
    Sense,
)
from pipelines.lexicons.model import Pack

# How far apart, in characters, a title and its country may stand: before it, also in an apposition, and behind.
_BEFORE, _BEHIND = 150, 5
# How many words may stand between a visit and its host (`roles.host`).
_HOST_WITHIN = 9


class Gate:
    """The sides that a document offers."""

    def __init__(self, pack: Pack, text: str, folded: str, guards: Guards, hits: list[Hit]) -> None:
        self.text, self.folded, self.guards = text, folded, guards
        self.implied = pack.grammar.get("implied_authority", {})
        self.honorifics = pack.grammar["honorifics"]
        self.countries: set[str] = set()  # all that the document names
        self.of_people: set[str] = set()  # those of people, and those that a title stands near
        self.offices: set[int] = set()  # forms of titles and bodies that a country stands near
        self.names: set[str] = set()  # parts of the names of people
        self.at: dict[int, frozenset[str]] = {}  # what a hit names here, by its start, where its spelling does not tell
        self._survey(hits)

    def _survey(self, hits: list[Hit]) -> None:
        title = country = -_BEFORE  # where the last one ends
        named: frozenset[str] = frozenset()
        roles: list[tuple[int, int]] = []
        for i, (start, end, sense) in enumerate(hits):
            kinds = sense.kinds
            if not kinds & WHO:
                continue
            here = self._here(hits, i) if kinds & (GUARDED | SURNAME) else sense.countries
            if kinds & (ROLE | PERSON) and start - country <= _BEHIND:
                self.of_people |= named
            if kinds & ROLE:
                if start - country <= _BEHIND:
                    self.offices.add(sense.form)
                roles.append((end, sense.form))
                self._introduce(end)
                if kinds & TITLE:
                    title = end
            if here:
                self.countries |= here
                if kinds & PERSON:
                    self.of_people |= here
                    if not kinds & SURNAME:
                        self._name(self.folded[start:end])
                elif start - title <= _BEFORE:
                    self.of_people |= here
                    self._introduce(end)
                while roles:
                    at, form = roles.pop()
                    if start - at > _BEFORE:
                        break
                    self.offices.add(form)
                roles.clear()
                country, named = end, here

    def _here(self, hits: list[Hit], i: int) -> frozenset[str]:
        """The countries that a guarded name or a surname stands for at its place."""
        start, _, sense = hits[i]
        here = sense.countries
        for entry in sense.guarded:
            opens = start in self.guards.starts or start - 1 in self.guards.starts
            if self.guards.accept(entry, hits, i, start if opens else max(0, start - 20)):
                here |= {entry.value[0]}
        if sense.kinds & SURNAME and len(sense.homes) == 1:
            before = last_word(self.folded[max(0, start - 10) : start])
            if before in self.honorifics:  # "ông Tập": a surname of people of one country only
                here |= sense.homes
        if here != sense.countries:
            self.at[start] = here
        return here

    def _introduce(self, end: int) -> None:
        """Take up the name behind a title or its country."""
        if self.text[end : end + 1] == " " and self.text[end + 1 : end + 2].isupper():
            words = self.text[end + 1 : end + 60].split(" ")
            n = next((n for n, word in enumerate(words) if not word[:1].isupper()), len(words))
            self._name(" ".join(words[:n]).lower())

    def _name(self, folded: str) -> None:
        words = folded.replace("-", " ").split()
        self.names.update((words[0], words[-1].rstrip(".,")))

    def may_hold_row(self, passage: Passage) -> bool:
        """Whether the passage has a trigger with what that needs, and two sides."""
        kinds = passage.kinds
        if not kinds & TRIGGER or not (kinds & (SANCTION | MEETING | VISIT) or kinds & WEAPON):
            return False
        found: set[str] = set()
        places: list[int] = []
        for start, end, sense in passage.hits:
            if sense.kinds & WHO and (here := self._meant(start, end, sense)):
                found |= here
                places.append(start)
            elif sense.weapon and sense.weapon[3] in self.countries:
                found.add(sense.weapon[3])
                places.append(start)
        if kinds & SANCTION:
            for word, country in self.implied.items():
                if self.folded.find(word, passage.start, passage.end) >= 0:
                    found.add(country)
                    places.append(passage.end)
        if len(found) < 2 or (len(places) < 2 and not kinds & STAND_IN):
            return False
        if kinds & SANCTION or (kinds & ARMS and kinds & WEAPON):
            return True
        for _, end, sense in passage.hits:
            kind = sense.kinds
            if kind & STRICT and not kinds & (PERSON | ROLE | HE | STAND_IN):
                continue
            if kind & MEETING or (kind & VISIT and self._goes_somewhere(end, places)):
                return True
        return False

    def _meant(self, start: int, end: int, sense: Sense) -> set[str] | frozenset[str]:
        """The countries that a hit can stand for."""
        who = sense.kinds
        here = self.at.get(start, sense.countries) if who & (GUARDED | SURNAME) else sense.countries
        if who & STAND_IN:
            return self.countries | here
        if (
            who & HE
            or (who & SURNAME and (here or self.folded[start:end] in self.names))
            or (who & ROLE and (sense.form in self.offices or self._named(end)))
        ):
            return self.of_people | here
        return here

    def _named(self, end: int) -> bool:
        return self.text[end : end + 1] == " " and self.text[end + 1 : end + 2].isupper()

    def _goes_somewhere(self, end: int, places: list[int]) -> bool:
        return any(place >= end and len(self.folded[end:place].split()) <= _HOST_WITHIN for place in places)
