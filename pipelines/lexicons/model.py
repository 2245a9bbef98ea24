"""The lexicon in memory: packs of one language each, every surface form with all that it may mean."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

# The category of words like "hệ thống này": that of the weapon named before.
NAMED_BEFORE = "named_before"


class Entry(NamedTuple):
    """One meaning of a surface form.

    kind: country | place | person | group | weapon | designation | blocker | frame | marker | cue | role | anaphor
    value: what the kind needs, a tuple of plain values (see `loader`).
    case: "" any capitalisation, "cap" first letter a capital, "exact" spelled exactly like `form`.
    form: the form as the data file spells it.
    """

    kind: str
    value: tuple
    case: str
    form: str


class Frame(NamedTuple):
    """One row-opening construction: where each role stands (names of functions in `extraction.roles`)."""

    fact_type: str
    name: str
    roles: dict[str, tuple[str, ...]]
    default: str
    options: dict[str, Any]


@dataclass(eq=False)
class Pack:
    """All that one language knows, compiled for one Aho-Corasick pass over folded text."""

    language: str
    forms: list[str]
    entries: list[tuple[Entry, ...]]
    shorter: list[tuple[int, ...]]
    tails: list[tuple[int, int] | None]
    frames: dict[str, Frame]
    grammar: dict[str, Any]

    @cached_property
    def automaton(self) -> AhoCorasick:
        return _automaton(self.forms)

    def __getstate__(self) -> dict[str, Any]:
        return {k: v for k, v in self.__dict__.items() if k != "automaton"}


def _automaton(forms: list[str]) -> AhoCorasick:
    return AhoCorasick(
        forms, matchkind=MatchKind.LeftmostLongest, store_patterns=False, implementation=Implementation.ContiguousNFA
    )


@dataclass
class Lexicon:
    """Every language pack, the memberships of blocs, and the content hash of all data and rules behind them."""

    packs: dict[str, Pack]
    version: str
