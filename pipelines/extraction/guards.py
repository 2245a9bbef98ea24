"""Short names of countries that are other words too: "Anh" the pronoun, "Nga" the given name, "Trung" in compounds."""

from __future__ import annotations

import re

from pipelines.extraction.scan import Hit
from pipelines.extraction.senses import COUNTRY, SANCTION
from pipelines.lexicons.model import Entry, Pack

CAPITAL_TOKEN = re.compile(r"[^\W\d_a-zà-ỹđ][\w’-]+")
_DASH_LEFT = re.compile(r"\w\s?[-–]\s?$")
_DASH_RIGHT = re.compile(r"\s?[-–]\s?[^\W\d_a-zà-ỹđ]")


def last_word(text: str) -> str:
    """The last word of a piece of text, empty where there is none; what stands before it may end in a line break."""
    return (text.split() or [""])[-1]


class Guards:
    """What one document tells of such names; `starts` are the offsets where its sentences begin."""

    def __init__(self, pack: Pack, text: str, folded: str, hits: list[Hit], starts: set[int]) -> None:
        self.text, self.folded, self.starts = text, folded, starts
        self.sides = pack.grammar["sides"]
        self.surnames, self.list_gaps = pack.grammar["surnames"], pack.grammar["list_gaps"]
        self.seat_fronts = pack.grammar["seat_fronts"]
        self.private, self.not_private = pack.grammar["private"], pack.grammar["not_private"]
        self.hits = hits
        # The forms seen where they can only be countries.
        self.confirmed = {
            entry.form
            for i, (start, _, sense) in enumerate(hits)
            if sense.guarded and start not in starts and self._looks_like_country(hits, i)
            for entry in sense.guarded
        }

    def accept(self, entry: Entry, hits: list[Hit], i: int, sentence_start: int) -> bool:
        """Whether the country that `entry` guards is meant by hit i of a sentence with these hits."""
        start = hits[i][0]
        guard = entry.value[2]
        if guard == "hyphen_only":
            sides = self.folded[max(0, start - 9) : start].rstrip().endswith(self.sides)
            return sides or self._in_pair(hits, i) or (self._listed(hits, i) and self._stands_alone(hits[i][1]))
        if guard == "named_in_full":  # "Thổ" where the document says "Thổ Nhĩ Kỳ" elsewhere
            return self._in_pair(hits, i) or (self._in_full(entry.value[0]) and self._looks_like_country(hits, i))
        if guard in ("seat", "only_sanction"):  # "tại Brussels" is the city, "khắp châu Âu" the continent
            before = self.folded[max(0, start - 20) : start].rstrip()
            if (" " + before).endswith(self.seat_fronts):
                return False
            reach = 5 if self._listed(hits, i) else 3
            return guard == "seat" or any(sense.kinds & SANCTION for _, _, sense in hits[max(0, i - 3) : i + reach])
        if not self._looks_like_country(hits, i):
            return self._in_pair(hits, i) and not self.left_capital(start)
        if guard != "pronoun_anh" or entry.form in self.confirmed or self.text[sentence_start:start].strip("\"'“‘[( "):
            return True
        behind = hits[i + 1 : i + 9]  # a country, or somebody of the same one
        return any(sense.kinds & COUNTRY or entry.value[0] in sense.countries for _, _, sense in behind)

    def _looks_like_country(self, hits: list[Hit], i: int) -> bool:
        start, end, _ = hits[i]
        before = self.folded[max(0, start - 14) : start].rstrip()
        word = last_word(before).strip("\"'“‘(,.;:")
        left_capital = self.left_capital(start)
        private = (" " + before).endswith(self.private) and not before.endswith(self.not_private)
        if private or (left_capital and word in self.surnames):
            return False
        if left_capital and (i == 0 or hits[i - 1][1] < start - 1):
            return False
        following = CAPITAL_TOKEN.match(self.text, min(end + 1, len(self.text)))
        if following and self.text[end : end + 1] == " ":
            known = i + 1 < len(hits) and hits[i + 1][0] == end + 1
            token = following.group()
            if not known and (not token.isascii() or token.lower() in self.surnames):
                return False
        return True

    def left_capital(self, start: int) -> bool:
        """Whether the word right before is capitalised (and only a blank lies between)."""
        if start < 2 or self.text[start - 1] != " " or not self.text[start - 2].isalpha():
            return False
        begin = max(self.text.rfind(" ", 0, start - 1), self.text.rfind("\n", 0, start - 1)) + 1
        if begin in self.starts and self.folded[begin : start - 1] not in self.surnames:
            return False
        return self.text[begin : begin + 1].isupper()

    def _in_full(self, country: str) -> bool:
        """Whether the document names the country by a form that needs no guard."""
        return any(sense.kinds & COUNTRY and country in sense.countries for _, _, sense in self.hits)

    def _listed(self, hits: list[Hit], i: int) -> bool:
        """ "Mỹ, Nhật Bản và châu Âu", "Mỹ, Nhật, Hàn": whether the name stands in a list behind a country."""
        at = hits[i][0]
        for k in range(i - 1, max(-1, i - 5), -1):
            start, end, sense = hits[k]
            if not (sense.kinds & COUNTRY or sense.guarded):
                continue
            if self.folded[end:at].strip(" ,") not in self.list_gaps:
                return False
            if sense.kinds & COUNTRY or any(e.value[2] != "hyphen_only" for e in sense.guarded):
                return bool(sense.kinds & COUNTRY) or self._looks_like_country(hits, k)
            at = start
        return False

    def _stands_alone(self, end: int) -> bool:
        """ "Mỹ, Nhật, Hàn họp": no name goes on behind it."""
        return self.text[end : end + 1] != " " or not self.text[end + 1 : end + 2].isupper()

    def _in_pair(self, hits: list[Hit], i: int) -> bool:
        start, end, _ = hits[i]
        left = self.text[max(0, start - 4) : start]
        return bool(_DASH_LEFT.search(left) or _DASH_RIGHT.match(self.text[end : end + 4]))
