"""What the readers of all fact types share while they go through one document."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pipelines.extraction import claims
from pipelines.extraction.clauses import View
from pipelines.extraction.dates import DateFinder
from pipelines.extraction.discourse import Discourse
from pipelines.extraction.items import Party, Sentence
from pipelines.extraction.quantities import QuantityReader
from pipelines.extraction.rows import Row
from pipelines.extraction.when import Calendar, When
from pipelines.lexicons.model import Pack

# How far back, in characters, "the meeting" may have been told.
_NEAR = 300


@dataclass
class Tools:
    """What is compiled of a language's data."""

    finder: DateFinder
    quantities: QuantityReader
    fighting: re.Pattern[str]


@lru_cache(maxsize=8)
def tools_of(pack: Pack) -> Tools:
    """Compiled once per language and process."""
    grammar = pack.grammar
    return Tools(DateFinder(grammar["dates"]), QuantityReader(grammar["quantities"]), grammar["fighting"])


class Reader:
    """Memory, calendar and number words of the document at hand."""

    def __init__(self, tools: Tools, text: str, folded: str, memory: Discourse, published_on: dt.date | None) -> None:
        self.memory, self.quantities, self.folded = memory, tools.quantities, folded
        self.rows: list[Row] = []  # of the sentences before, in order
        self.named: set[str] = set()  # countries that the document names anywhere
        self.calendar = Calendar(tools.finder, text, folded, published_on)
        self._fighting = tools.fighting

    @cached_property
    def tells_of_fighters(self) -> bool:
        """Whether the document says anywhere that somebody fights for another."""
        return bool(self._fighting.search(self.folded))

    def deals(self) -> list[Row]:
        """The arms transfers so far of which the text says who gives."""
        return [row for row in self.rows if row.fact_type == "arms_transfer" and row.directed]

    def told_near(self, sentence: Sentence) -> Row | None:
        """The meeting that stands last, not far before a sentence."""
        row = next((row for row in reversed(self.rows) if row.fact_type == "meeting"), None)
        return row if row and sentence.start - row.end <= _NEAR else None

    def when(self, view: View, left: int, doers: Set[str] = frozenset()) -> When:
        """The trigger's date; those that belong to verbs of saying are left out, unless who says it does it thereby."""
        said = []
        for s in claims.speakers(view):
            cue = view.items[s.at]
            if s.party and s.party.country in doers and _does(view, s.at):
                continue  # "Mỹ hôm 22/8 công bố lệnh trừng phạt"
            start = s.party.start if s.party and s.party.start < cue.start else cue.start
            if s.party and start < cue.start and _owns_what_is_said(view, s.party):
                start = max(view.folded.rfind(",", view.sentence.start, start), view.sentence.start)
            fronted = view.frame.fact_type == "arms_transfer" and cue.end < view.trigger.start
            if fronted and view.pack.grammar["statements"].match(view.folded, view.sentence.start):
                start = view.sentence.start  # "Trong thông báo hôm qua, ông A cho biết ..."
            if start < view.trigger.start < cue.start:  # "..., Kommersant ngày 18/3 dẫn lời"
                comma = view.folded.rfind(",", view.trigger.end, cue.start)
                start = comma if comma >= 0 else cue.start
            elif s.party is None and cue.start > view.trigger.end:  # "..., các nguồn tin hôm 28/5 cho biết"
                start = max(view.folded.rfind(",", view.trigger.end, cue.start), view.trigger.end)
            said.append((start, cue.end))
        clause = view.items[left].start if left >= 0 else view.sentence.start
        return self.calendar.of(view, clause, said)


def _owns_what_is_said(view: View, party: Party) -> bool:
    """ "báo cáo năm ngoái của Bộ Ngoại giao cho biết"."""
    return any(party in item.parties and item.governor == "of" for item in view.items)


def _does(view: View, i: int) -> bool:
    """Whether the verb of saying at item i does what it says; of arms, "tuyên bố ngừng bàn giao" does."""
    cue = view.items[i]
    if view.frame.fact_type != "arms_transfer":
        return cue.cued(view.frame.fact_type)
    if view.folded[cue.start : cue.end] not in view.pack.grammar["declares"] or i + 1 >= view.t:
        return False
    stops = {("arms_transfer", "cancelled"), ("arms_transfer", "refused")}
    return bool(stops & set(view.items[i + 1].cues)) and not view.between(i, i + 1).strip()
