"""Numbers of weapons and sums of money. The words are data (`lexicons/<language>/quantities.yaml`)."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

_YEAR = re.compile(r"(?:19|20)\d\d")


class Quantity(NamedTuple):
    """`low`/`high` count things; `high` is None where the text sets no upper bound. Offsets cover number and unit."""

    low: int | None
    high: int | None
    unit: str | None
    start: int
    end: int


class QuantityReader:
    """Compiles the number words of one language."""

    def __init__(self, spec: dict[str, Any]) -> None:
        def alternatives(words: Any) -> str:
            return "|".join(sorted(map(re.escape, map(str, words)), key=len, reverse=True))

        self.digits, self.scales = spec["digits"], spec["scales"]
        self.tens = frozenset(spec.get("tens", ()))
        self.floor, self.ceiling = frozenset(spec["floor"]), frozenset(spec["ceiling"])
        self.indefinite = frozenset(spec["indefinite"])
        word = rf"(?:{alternatives(self.digits)})"
        scale = rf"(?:{alternatives(self.scales)})"
        figure = r"\d[\d.,]*(?<=\d)"
        number = rf"(?:{figure}(?: {scale})*|{word}(?: (?:{word}|{scale}))*(?: {scale})*|{scale}(?: {scale})*)"
        leads = alternatives([*spec["floor"], *spec["ceiling"], *spec["about"], *spec["indefinite"]])
        lead = rf"(?P<lead>(?:(?:{leads}) )*)"
        units = alternatives(spec["units"])
        unit = rf"(?P<unit>(?: (?:{units}))*)"
        between = alternatives(spec.get("between", [""]))
        links = alternatives([f"{w} " for w in spec.get("links", [])])
        ranges = alternatives(spec.get("ranges", ["-"]))
        span = rf"(?P<a>{number})(?:\s?(?:{ranges})\s?(?P<b>{number}))?"
        self._before = re.compile(rf"(?<![\w.,/$€£-]){lead}{span}{unit}(?P<rest>(?: (?:{between}))*)\s?[\"“'(]?$")
        some = rf"(?P<a>{figure})(?:\s?(?:{ranges})\s?(?P<b>{figure}))?"
        self._after = re.compile(rf"\s?[(,:]?\s?(?:{links})?{lead}{some}(?P<unit> (?:{units}))(?!\w)")
        money = alternatives([w for words in spec["currencies"].values() for w in words])
        self._money = re.compile(
            rf"(?P<sign>\$\s?)?(?P<a>{figure}|{word})(?P<scale>(?:\s?(?:{scale}))*)(?:\s(?P<currency>{money}))?(?!\w)"
        )
        self._usd = frozenset(spec["currencies"]["usd"])
        parts = alternatives(spec["parts"])
        self._totals = re.compile(alternatives(spec["totals"]))
        self._parts = re.compile(rf"(?<![\w.,/$€£-]){lead}{span}(?P<unit>(?: (?:{units}))*) (?:{parts}) $")
        self._weights = frozenset(spec.get("weights", ()))
        self._ordinals = tuple(spec.get("ordinals", ()))
        self._phrasal = tuple(spec.get("phrasal", ()))

    def before(self, folded: str, start: int, at: int, whole: bool = False) -> Quantity | None:
        """The quantity that ends right before `at`; `whole`: of "6 trong số 24 tiêm kích" how many there are in all."""
        match = self._before.search(folded, max(start, at - 70), at)
        part = None
        if match and not whole:
            part = self._parts.search(folded, max(start, match.start() - 50), match.start())
        if part and not part["unit"] and (_YEAR.fullmatch(part["a"]) or self.value(part["a"]) == 1):
            part = None  # "một trong 13 chiếc được bàn giao"
        match = part or match  # "4 chiếc đầu tiên trong số 24 tiêm kích": four of them
        return self._quantity(match, folded) if match else None

    def after(self, folded: str, at: int, end: int) -> Quantity | None:
        """The quantity that opens right after `at`: "F-16 (24 chiếc)"."""
        match = self._after.match(folded, at, min(end, at + 60))
        if match is None or match["unit"].strip() in self._weights:  # "bom 900 kg"
            return None
        return self._quantity(match, folded)

    def _quantity(self, match: re.Match[str], folded: str) -> Quantity | None:
        lead = match["lead"].split()
        low = self.value(match["a"])
        before = folded[max(0, match.start() - 12) : match.start()].rstrip()
        if low is None or before.endswith(self._ordinals):
            return None
        joined = "" if before.endswith(self._phrasal) else match["lead"].strip()
        high: int | None = low
        if match["b"]:
            high = self.value(match["b"])
            if (
                high is not None
                and high < low
                and match["b"].split()[-1] in self.scales
                and match["a"].split()[-1] not in self.scales
            ):
                low *= self.scales[match["b"].split()[-1]]
        elif match["a"].split()[0] in self.scales and not any(c.isdigit() for c in match["a"]):
            high = low * 10 - 1 if lead and lead[-1] in self.indefinite else low
        elif lead and lead[-1] in self.indefinite and not match["a"][0].isdigit():  # "đặt hàng 5 chiếc" counts five
            return None
        if any(joined == w or joined.endswith(" " + w) or joined.startswith(w) for w in self.floor):
            high = None
        elif any(joined == w or joined.endswith(" " + w) for w in self.ceiling):
            low, high = None, low
        unit = match["unit"].strip() or None
        start = match.start() + (len(match["lead"]) - len(match["lead"].lstrip()))
        end = match.end("unit") if unit else match.end("b") if match["b"] else match.end("a")
        return Quantity(low, high, unit, start, end)

    def value(self, text: str) -> int | None:
        """ "1,5 triệu" -> 1500000, "hai chục" -> 20, "ngàn" -> 1000; None when it is no whole number of things."""
        words = text.split()
        total: float = 0
        group: float = 0
        current: float | None = None
        for word in words:
            if word[0].isdigit():
                current = self._figure(word)
                if current is None:
                    return None
            elif word in self.scales:
                scale = self.scales[word]
                if scale >= 1000:
                    total, group = total + ((group + (current or 0)) or 1) * scale, 0
                else:
                    group += (1 if current is None else current) * scale
                current = None
            else:
                digit = self.digits[word]
                if word in self.tens:
                    group, current = group + (current or 1) * 10, None
                elif current is not None and digit < 10 and current >= 10:
                    current += digit
                else:
                    current = digit
        total += group + (current or 0)
        return int(total) if total and total == int(total) and total < 10**12 else None

    @staticmethod
    def _figure(text: str) -> float | None:
        """Dots and commas: three digits behind each is grouping, else it is the decimal sign."""
        parts = re.split(r"[.,]", text)
        if len(parts) > 1 and all(len(p) == 3 for p in parts[1:]) and len(parts[0]) <= 3:
            return float("".join(parts))
        if len(parts) == 2 and parts[0] and parts[1]:
            return float(f"{parts[0]}.{parts[1]}")
        return float(text) if text.isdigit() else None

    def dollars(self, folded: str, start: int, end: int, of_all: bool = True) -> float | None:
        """The first sum in US dollars in the span; `of_all`: also one that is said to be the total."""
        for match in self._money.finditer(folded, start, end):
            if not (match["sign"] or match["currency"] in self._usd):
                continue
            if not of_all and self._totals.search(folded, start, match.start()):
                return None
            text = match["a"]
            base = self._figure(text) if text[0].isdigit() else float(self.digits[text])
            if base is None:
                continue
            for word in match["scale"].split():
                base *= self.scales[word]
            return base
        return None
