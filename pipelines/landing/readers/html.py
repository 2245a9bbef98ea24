"""Reads `.html`: the article that trafilatura finds in a page, with the page's own title, outlet, address and date."""

from __future__ import annotations

import re
from datetime import date

from pipelines.landing import language
from pipelines.landing.articles import Article, checked
from pipelines.landing.decoding import decode
from pipelines.landing.limits import MAX_TAG_DEPTH
from pipelines.landing.rejects import Unreadable

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^>]{0,20000}>", re.IGNORECASE)
_UNSEEN = re.compile(r"<(script|style|noscript|template|svg|head)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li tr td th option".split()  # noqa: SIM905
)


def read(data: bytes, today: date, charset: str | None = None) -> Article:
    """The article in a page.

    charset: the encoding that whoever sent the page named; the page's own word comes first.
    """
    declared = _CHARSET.search(data, 0, 4096)
    page = decode(data, declared[1].decode("ascii") if declared else charset)
    if _depth(page) > MAX_TAG_DEPTH:
        raise Unreadable("nested_too_deep", f"Tags are nested more than {MAX_TAG_DEPTH} deep.")
    language.refuse_others(_visible(page))
    import trafilatura  # slow to import, and many runs hold no page

    try:
        found = trafilatura.bare_extraction(
            page,
            with_metadata=True,
            include_comments=False,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception as error:  # whatever a parser does with a page that was made to break it
        raise Unreadable("bad_html", f"The page cannot be parsed: {type(error).__name__}.") from error
    if found is None or not (found.text or "").strip():
        raise Unreadable("no_text", "No article was found in the page.")
    fields = {"outlet": found.sitename, "url": found.url, "language": found.language, "published_on": found.date}
    given, _ = checked(fields, "metadata", today)
    return Article(_without_heading(found.text, found.title), found.title, False, given)


def _visible(page: str) -> str:
    """Roughly the words of a page: enough to tell its language before the article is looked for, which is slow."""
    return _TAG.sub(" ", _UNSEEN.sub(" ", page))


def _without_heading(text: str, title: str | None) -> str:
    """`text` without the page's heading: the title is kept apart, as with every record that has one."""
    first, _, rest = text.partition("\n")
    return rest if rest.strip() and first.strip() == (title or "").strip() else text


def _depth(page: str) -> int:
    deepest = depth = 0
    for closing, name in _TAG.findall(page):
        if name.lower() not in _VOID:
            depth = max(0, depth - 1) if closing else depth + 1
            deepest = max(deepest, depth)
    return deepest
