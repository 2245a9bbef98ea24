"""Sentences with their offsets."""

from __future__ import annotations

import re

# No sentence is that long; a text without end marks is cut at blanks, as work grows with the square of this.
_LONGEST = 1500

# A line break, or an end mark (closing quotes allowed) before white space and something that opens a sentence.
_BREAK = re.compile(
    r"\n\s*|(?<=[.!?…])[\"”’»\])]*\s+(?=[\"“‘«'(\[]*[^\W\d_a-z]|[\"“‘«\[]*\d)|(?<=[.!?…][\"”])\s+(?=\S)"
)
_NO_END = re.compile(
    r"(?:\b(?:TP|Tp|Mr|Mrs|Ms|Dr|St|Gs|TS|GS|ThS|PGS|Th|Tr|vs|No|Jr|Sr|Inc|Ltd|Co|Corp|Gen|Lt|Col|Sen|Rep|Gov)|\b[A-ZĐ])\.$"
)


def split(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence, end exclusive, white space trimmed, none empty."""
    out, start = [], 0
    for match in _BREAK.finditer(text):
        cut = match.start()
        closing = len(match.group()) - len(match.group().lstrip('"”’»])'))
        if "\n" in match.group():
            cut += closing
        else:
            nxt = text[match.end() : match.end() + 3].lstrip("\"“‘«'([")[:1]
            if (nxt.isalpha() and not nxt.isupper()) or _NO_END.search(text, max(start, cut - 6), cut):
                continue
            cut += closing
        _append(out, text, start, cut)
        start = match.end()
    _append(out, text, start, len(text))
    return out


def _append(out: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + 1, start + _LONGEST)
        cut = cut if cut > start else start + _LONGEST
        out.append((start, cut))
        start = cut + 1 if text[cut] == " " else cut
    if start < end:
        out.append((start, end))
