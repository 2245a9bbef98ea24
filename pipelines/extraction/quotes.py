"""Who speaks in a quotation of several sentences: named behind the mark that closes it."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipelines.extraction.discourse import Speaker
from pipelines.extraction.passages import Passage
from pipelines.extraction.senses import ROLE, WHO
from pipelines.lexicons.model import Pack

# How far, in characters, a quotation is followed to its end, and its speaker behind that.
_QUOTATION, _ATTRIBUTION = 900, 120
_MARK = re.compile(r"[“”\"]")
_CLOSES = re.compile(r"(?:”|\"(?!\w))\s*[,–-]\s")
_NAMED = re.compile(r" ?[^\W\d_a-zà-ỹđ][\w’'-]*(?: [^\W\d_a-zà-ỹđ][\w’'-]*){0,3}")


def speaker_behind(
    pack: Pack, body: str, passages: list[Passage], number: int, lookup: Callable[[str], Speaker | None]
) -> Speaker | None:
    """ ""Chúng tôi sẽ mua. Đã đến lúc", Bộ trưởng Chile nói": for a sentence that its quotation does not end in.

    The country is None where the speaker has none that a name tells, or `lookup` knows for a person's name.
    """
    start = passages[number].end
    mark = _MARK.search(body, start, start + _QUOTATION)
    closed = _CLOSES.match(body, mark.start()) if mark else None
    if closed is None:
        return None
    at = closed.end()
    passage = next((p for p in passages[number + 1 :] if p.end > at), None)
    if passage is None or passage.start > at:
        return None
    behind = [hit for hit in passage.hits if at <= hit[0] < at + _ATTRIBUTION]
    said = next((hit for hit in behind if ("claim", "say") in hit[2].cues), None)
    if said is None:
        return None
    cited = body[said[0] : said[1]].lower() in pack.grammar["cites"]
    office: int | None = None
    for begin, end, sense in behind:
        if not sense.kinds & WHO or (begin > said[0]) != cited:
            continue
        office = begin if office is None and sense.kinds & ROLE else office
        if len(sense.countries) == 1:
            return next(iter(sense.countries)), None if office is None else body[office:end]
        name = _NAMED.match(body, end)
        if name and (known := lookup(name.group().strip())):
            return known
    return None
