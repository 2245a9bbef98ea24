"""Sentences with their offsets."""

from __future__ import annotations

import re

# No sentence is that long; a text without end marks is cut at blanks, as work grows with the square of this.
_LONGEST = 1500

# A line break, or an end mark (closing quotes allowed) before white space and something that opens a sentence; behind a
# closing quote anything does.
_BREAK = re.compile(
    r"[\n.!?…](?:(?<=\n)\s*|(?<!\n)(?:(?P<closing>[\"”’»\])]*)\s+(?=[\"“‘«'(\[]*[^\W\d_a-z]|[\"“‘«\[]*\d)"
    r"|(?P<quote>[\"”])\s+(?=\S)))"
)
_NO_END = re.compile(
    r"(?:\b(?:TP|Tp|Mr|Mrs|Ms|Dr|St|Gs|TS|GS|ThS|PGS|Th|Tr|vs|No|Jr|Sr|Inc|Ltd|Co|Corp|Gen|Lt|Col|Sen|Rep|Gov)|\b[A-ZĐ])\.$"
)


def split(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence, end exclusive, white space trimmed, none empty."""
    out: list[tuple[int, int]] = []
    start = 0
    for match in _BREAK.finditer(text):
        mark, behind = match.span()
        if text[mark] == "\n":
            cut = mark
        else:
            cut = mark + 1
            closing = match["closing"]
            if "\n" not in match.group():
                following = text[behind : behind + 3].lstrip("\"“‘«'([")[:1]
                if following.isalpha() and not following.isupper():
                    continue
                if closing is not None and _NO_END.search(text, max(start, cut - 6), cut):
                    continue
            cut += len(closing) if closing is not None else 1
        _append(out, text, start, cut)
        start = behind
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
