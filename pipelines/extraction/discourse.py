"""What the article introduced so far: who is "ông Kim", "nước này", "hai bên"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from pipelines.extraction.items import Party, Sentence

Speaker = tuple[str | None, str | None]  # country, actor


@dataclass
class Discourse:
    """Memory of one document, filled from left to right.

    hear: who is quoted last in a sentence; foretell: who is named behind the quotation that a passage stands in. Both
    are asked only when somebody wants to know.
    """

    hear: Callable[[Sentence], Speaker | None]
    foretell: Callable[[int], Speaker | None]
    passage: int = 0  # that which is read
    people: dict[str, tuple[str | None, str]] = field(default_factory=dict)  # token, folded -> (country, name)
    named: Counter = field(default_factory=Counter)  # full name -> how often
    subject: str | None = None  # country of the first party of the sentence before
    subject_person: Party | None = None
    pair: tuple[str, str] | None = None  # the last two countries that one sentence named
    listed: bool = False  # the pair stood as one list ("Nga và Triều Tiên")
    recent: list[str] = field(default_factory=list)  # countries, latest last
    unheard: list[Sentence] = field(default_factory=list)  # read since the speaker was last asked for
    home: str | None = None  # the country of "nước ta"
    holders: dict[tuple[str, str | None], str] = field(default_factory=dict)  # (title, country) -> name
    offices: dict[str, Party] = field(default_factory=dict)  # title, folded -> who held it last
    city: str | None = None  # the country of the city that stood last
    body: Party | None = None  # the company or organisation that stood last
    people_pair: list[Party] = field(default_factory=list)  # the last two of two countries whom one sentence named
    leaders: dict[str, Party] = field(default_factory=dict)  # country -> last person who acted for it

    _speaker: Speaker | None = None

    @property
    def speaker(self) -> Speaker | None:
        """Who is named behind the quotation, or was quoted last."""
        if coming := self.foretell(self.passage):
            return coming
        self._speaker = next(filter(None, map(self.hear, reversed(self.unheard))), self._speaker)
        self.unheard.clear()
        return self._speaker

    def _goes_before(self, name: str, other: str) -> bool:
        """Whether a part of a name means this person: the fuller name of one, the more often named of two."""
        a, b = set(name.lower().replace("-", " ").split()), set(other.lower().replace("-", " ").split())
        if a <= b or b <= a:
            return len(other) <= len(name)
        return self.named[name] > self.named[other]

    def introduce(self, country: str | None, name: str, known: bool = False) -> None:
        """Remember a person by full name and by each part of it that can stand alone."""
        tokens = name.replace("-", " ").split()
        self.named[name] += 3 if known else 1
        for key in {name.lower(), tokens[0].lower(), tokens[-1].lower()}:
            known = self.people.get(key)
            if len(key) > 1 and (known is None or known[0] is None or self._goes_before(name, known[1])):
                self.people[key] = (country, name)

    def lookup(self, name: str) -> tuple[str | None, str] | None:
        """The person whom the text calls by this name or part of a name."""
        folded = name.lower()
        if folded in self.people:
            return self.people[folded]
        tokens = folded.replace("-", " ").split()
        hit = self.people.get(tokens[-1]) or self.people.get(tokens[0])
        return (
            hit if hit and len(tokens) <= 3 and set(tokens) <= set(hit[1].lower().replace("-", " ").split()) else None
        )

    def see(self, countries: Iterable[str], aside: set[str | None], pair: tuple[str, ...] | None) -> None:
        """Countries of a finished sentence, in order of text; `aside` only report; `pair` stands as one list."""
        distinct = list(dict.fromkeys(countries))
        if pair:
            self.pair, self.listed = (pair[0], pair[1]), True
        elif not self.listed and len(others := [c for c in distinct if c not in aside]) >= 2:
            self.pair = (others[0], others[1])
        for code in distinct:
            if code in self.recent:
                self.recent.remove(code)
            self.recent.append(code)
        if distinct and self.pair is None and len(self.recent) >= 2:
            self.pair = (self.recent[-2], self.recent[-1])
