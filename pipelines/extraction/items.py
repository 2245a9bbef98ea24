"""The parts that a sentence is read as: parties, weapons, triggers, markers, cues, in order."""

from __future__ import annotations

from dataclasses import dataclass, field

# Markers that open a clause of its own.
CLAUSE_OPENERS = frozenset(["because", "after", "conditional", "that", "contrast"])
_QUOTES = frozenset([("claim", "say"), ("claim", "accuse"), ("claim", "deny")])


@dataclass(slots=True)
class Party:
    """One side: a state, somebody who acts for it, or a group. Offsets cover title, country and name."""

    start: int
    end: int
    country: str | None
    kind: str  # country | capital | place | person | group | institution | bloc | anaphor
    actor: str | None = None  # the words that name who acts for the country
    person: str | None = None
    group: str | None = None  # an armed group, company or bank, by its canonical name
    title: bool = False
    former: bool = False
    others: tuple[str, ...] = ()  # countries that an anaphor may stand for as well, best first


@dataclass(slots=True)
class Weapon:
    """What moves. `weak` words are weapons only in company of a military word."""

    start: int
    end: int
    category: str
    weak: bool = False
    designation: str | None = None
    maker: str | None = None


@dataclass(slots=True)
class Item:
    """One part of a sentence; which of the fields is filled says what it is. A word may be several things at once."""

    start: int
    end: int
    parties: list[Party] = field(default_factory=list)
    weapon: Weapon | None = None
    frames: tuple[str, ...] = ()
    marker: str | None = None
    cues: tuple[tuple[str, str], ...] = ()
    role: tuple[str, str] | None = None
    governor: str | None = None  # for parties: the marker right before them

    def cued(self, family: str) -> bool:
        """Whether a cue of the family stands here."""
        return any(cue[0] == family for cue in self.cues)

    @property
    def quotes(self) -> bool:
        """Whether a verb of saying, accusing or denying stands here."""
        return any(cue in _QUOTES for cue in self.cues)


@dataclass(slots=True)
class Sentence:
    """A sentence with its items in order of text; offsets are those of the whole text."""

    start: int
    end: int
    items: list[Item]
    is_title: bool = False
    quoted: bool = False  # inside quotation marks, whole or to its end
