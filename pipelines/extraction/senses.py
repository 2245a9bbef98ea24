"""What one spelling may mean: the meanings whose capitals it has, learned once, and what the kernel asks of them.

A text holds the same few thousand spellings over and over; so all that depends on the spelling alone is kept.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.lexicons.model import Entry, Pack

# Spellings kept at most: more than a language has, so that a hostile text cannot fill the memory.
_MOST = 200_000

# Kinds of meaning, as bits. Who: whatever may stand for a party; a country's name, any name with its country, a country
# that guards must accept, a person, only part of a person's name, a title or body, a title, "he", "this country",
# what stands for two at once.
WHO, COUNTRY, NAME, GUARDED, PERSON, SURNAME, ROLE, TITLE, HE, STAND_IN, TWO = (1 << n for n in range(11))
# What may move, and what opens a row: an arms transfer, a sanction, a meeting, a meeting where somebody goes to; and of
# meetings those that count only when somebody comes in person, of arms transfers the words for the deal itself.
WEAPON, ARMS, SANCTION, MEETING, VISIT, STRICT, DEAL = (1 << n for n in range(11, 18))
TRIGGER = ARMS | SANCTION | MEETING | VISIT
_FACTS = {"arms_transfer": ARMS, "sanction": SANCTION, "meeting": MEETING}

# Words of the grammar, which are written small.
_FUNCTION = frozenset(["marker", "cue"])
_PARTIES = frozenset(["country", "place", "person", "group", "anaphor"])


@dataclass(slots=True, eq=False)
class Sense:
    """One spelling. `entries` is empty where its capitals fit no meaning.

    form: its place in `Pack.forms`. tail: offset and sense of the trigger that it ends in. who: the meanings that make
    a party of it; what all others come to stands below, in the shape of an `Item`. divided: whether it has several
    words, so that a part may stand for the whole. countries: those that it names by itself. may: those that it names
    at most. guarded: meanings as a country that `guards` must accept. homes: countries of the people who are called so.
    kinds: the bits above.
    """

    entries: tuple[Entry, ...]
    form: int
    spelling: str
    tail: tuple[int, Sense] | None = None
    who: tuple[Entry, ...] = ()
    weapon: tuple[str, bool, str | None, str | None] | None = None
    frames: tuple[str, ...] = ()
    marker: str | None = None
    cues: tuple[tuple[str, str], ...] = ()
    role: tuple[str, str] | None = None
    countries: frozenset[str] = frozenset()
    may: frozenset[str] = frozenset()
    guarded: tuple[Entry, ...] = ()
    homes: frozenset[str] = frozenset()
    kinds: int = 0
    divided: bool = False

    def __post_init__(self) -> None:
        self.divided = " " in self.spelling
        entries = self.entries
        if any(e.kind == "blocker" for e in entries):
            entries = tuple(e for e in entries if e.kind not in ("blocker", "weapon", "frame"))
        self.who = tuple(e for e in entries if e.kind in _PARTIES)
        self.frames = tuple(e.value[0] for e in entries if e.kind == "frame")
        self.cues = tuple(e.value for e in entries if e.kind == "cue")
        for e in entries:
            if e.kind == "weapon":
                self.weapon = (e.value[0], e.value[1], None, None)
            elif e.kind == "designation":
                self.weapon = (e.value[0], False, self.spelling.split(maxsplit=e.value[2])[-1], e.value[1])
            elif e.kind == "marker":
                self.marker = e.value[0]
            elif e.kind == "role":
                self.role = e.value


class Senses(dict[str, Sense]):
    """Spelling -> its sense, for all spellings met so far."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack

    def learn(self, form: int, spelling: str) -> Sense:
        """The sense of a form (its place in `Pack.forms`) that is spelled so."""
        sense = self._sense(_fitting(self.pack.entries[form], spelling), form, spelling)
        if not sense.entries and not sense.divided:
            sense = NOTHING
        elif tail := self.pack.tails[form]:
            offset, hidden = tail
            sense.tail = offset, self._sense(self.pack.entries[hidden], hidden, spelling[offset:])
        if len(self) >= _MOST:
            self.clear()
        self[spelling] = sense
        return sense

    def _sense(self, entries: tuple[Entry, ...], form: int, spelling: str) -> Sense:
        sense = Sense(entries, form, spelling)
        countries: set[str | None] = set()
        people, strict = [], []
        for entry in entries:
            kind, value = entry.kind, entry.value
            if kind == "frame":
                frame = self.pack.frames[value[0]]
                sense.kinds |= VISIT if frame.options.get("kind") == "visit" else _FACTS[frame.fact_type]
                if frame.fact_type == "meeting":
                    strict.append(bool(frame.options.get("strict")))
                sense.kinds |= DEAL if entry.form in self.pack.grammar["deals"] else 0
            elif kind in ("weapon", "designation"):
                sense.kinds |= WEAPON
            elif kind == "anaphor":
                sense.kinds |= WHO | (HE if value[0] == "he" else STAND_IN)
                sense.kinds |= TWO if value[0].startswith(("two_", "pair:")) else 0
                countries.update(value[0].split(":")[1:])
            elif kind == "role":
                sense.kinds |= WHO | ROLE | (TITLE if value[0] == "titles" else 0)
            elif kind == "person":
                people.append(value)
            elif kind in ("country", "place", "group"):
                sense.kinds |= WHO | (COUNTRY if kind == "country" else 0)
                if kind == "country" and value[2]:
                    sense.guarded += (entry,)
                else:
                    countries.add(value[0])
        sense.kinds |= STRICT if strict and all(strict) else 0
        if people:
            sense.homes = frozenset(filter(None, (value[0] for value in people)))
            full = any(value[3] == "full" for value in people)
            sense.kinds |= WHO | PERSON | (0 if full else SURNAME)
            if full or (len(sense.homes) == 1 and len(spelling) >= 5 and spelling.isascii()):
                countries |= sense.homes
        sense.countries = frozenset(filter(None, countries))
        sense.may = sense.countries.union(e.value[0] for e in sense.guarded)
        sense.may |= sense.homes if len(sense.homes) == 1 else frozenset()
        sense.kinds |= (NAME if sense.countries else 0) | (GUARDED if sense.guarded else 0)
        return sense


NOTHING = Sense((), -1, "")


def _fitting(meanings: tuple[Entry, ...], spelling: str) -> tuple[Entry, ...]:
    """The meanings whose capitals the spelling has."""
    capital = spelling[0].isupper()
    last = spelling[spelling.rfind(" ") + 1 :]
    into_name = not capital and last[0].isupper() and last[1:2].islower()  # "tới Nay Pyi Taw" holds no "tới nay"
    return tuple(
        e
        for e in meanings
        if (not e.case and not (into_name and e.kind in _FUNCTION))
        or (e.case and (capital and _capitals(e.form, spelling) if e.case == "cap" else spelling == e.form))
    )


def _capitals(form: str, spelling: str) -> bool:
    """Every capital of the form stands in the text too (only the first letter of each word is looked at)."""
    for i, c in enumerate(form):
        if c.isupper() and (i == 0 or form[i - 1] in " -") and not spelling[i].isupper():
            return False
    return True
