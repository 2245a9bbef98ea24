"""An article as a reader hands it over, and the document row that becomes of it."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import NamedTuple
from urllib.parse import urlsplit

from pipelines.landing import dates, furniture, language
from pipelines.landing.limits import MAX_FIELD, MAX_TITLE
from pipelines.landing.normalise import normalise
from pipelines.landing.rejects import OtherLanguage, Unreadable


class Given(NamedTuple):
    """What came with an article besides its text."""

    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    published_on: date | None = None
    published_on_source: str | None = None

    def over(self, other: Given) -> Given:
        """These values, and where there is none, the other's."""
        first = self if self.published_on else other
        return Given(
            self.outlet or other.outlet,
            self.url or other.url,
            self.language or other.language,
            first.published_on,
            first.published_on_source,
        )


class Article(NamedTuple):
    """What a reader finds. `title` None: the first line of `text` is the title, and opens the body as well."""

    text: str
    title: str | None
    title_in_text: bool
    given: Given


def checked(fields: dict[str, str | None], source: str, today: date) -> tuple[Given, list[tuple[str, str]]]:
    """The usable ones among given values, and a reason and detail for each of the others.

    fields: `outlet`, `published_on`, `url`, `language`, as they were written.
    source: what `published_on_source` becomes when the date is usable.
    """
    problems: list[tuple[str, str]] = []
    outlet, url = _line(fields.get("outlet"), "outlet", problems), fields.get("url")
    if url and not _is_web_address(url):
        problems.append(("bad_url", f"url {url!r} is not a web address; used without."))
        url = None
    code = fields.get("language")
    if code and (parsed := language.language_code(code)) is None:
        problems.append(("bad_language", f"language {code!r} is not a language code; recognised from the text."))
    value = None
    if written := fields.get("published_on"):
        value = dates.given(written)
        if value is None:
            problems.append(("bad_date", f"published_on {written!r} is not a date like 2023-08-31; used without."))
        elif not dates.plausible(value, today):
            reason = "future_date" if value > today else "bad_date"
            problems.append((reason, f"published_on {written!r} cannot be right; used without."))
            value = None
    return Given(outlet, url or None, parsed if code else None, value, source if value else None), problems


def _line(value: str | None, name: str, problems: list[tuple[str, str]]) -> str | None:
    if not value:
        return None
    try:
        clean = " ".join(normalise(value).split())
    except Unreadable as error:
        problems.append((error.reason, f"{name}: {error.detail} Used without."))
        return None
    return clean[:MAX_FIELD] or None


def _is_web_address(url: str) -> bool:
    if len(url) > MAX_FIELD or not url.isprintable() or any(char in url for char in " <>\"'`\\"):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def document(article: Article, source_path: str, today: date) -> dict[str, object]:
    """The document row of an article; `Unreadable` when no text is left, `OtherLanguage` when it is none of ours."""
    text = normalise(article.text)
    code = article.given.language or language.detect(text)
    if code and code not in language.known():
        raise OtherLanguage(code)
    if article.title_in_text:
        first = text.split("\n", 1)[0]
        title = first if len(first) <= MAX_TITLE else None
    else:
        title = " ".join(normalise(article.title or "").split())[:MAX_TITLE] or None
    given = article.given
    if given.published_on is None and (stated := dates.dateline(text, today)):
        given = given._replace(published_on=stated, published_on_source="dateline")
    body = furniture.remove(text, titled=article.title_in_text)
    if not any(char.isalpha() for char in body):
        raise Unreadable("no_text", "Nothing is left once page furniture is taken out.")
    digest = hashlib.sha256(f"{title or ''}\0{body}".encode()).hexdigest()
    return {
        "document_id": digest[:16],
        "source_path": source_path,
        "title": title,
        "outlet": given.outlet,
        "url": given.url,
        "language": code,
        "published_on": given.published_on,
        "published_on_source": given.published_on_source,
        "body": body,
        "content_sha256": digest,
    }
