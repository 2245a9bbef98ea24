"""What a record of any kind may say about an article, under the names that collections give it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pipelines.landing.articles import Article, checked
from pipelines.landing.rejects import Unreadable

# Our own names first, then those of public news collections (CC-News, news-please, RSS exports).
NAMES = {
    "text": ("text", "body", "content", "maintext"),
    "title": ("title", "headline"),
    "outlet": ("outlet", "source_domain", "domain", "publisher"),
    "published_on": ("published_on", "date_publish", "published_at", "date"),
    "url": ("url", "link"),
    "language": ("language", "lang"),
}
FIELDS = tuple(NAMES)


def named(present: set[str]) -> dict[str, str]:
    """Which of the names that are `present` stands for each field."""
    return {field: name for field, names in NAMES.items() for name in reversed(names) if name in present}


def article(record: Mapping[str, str | None], today: date) -> tuple[Article, list[tuple[str, str]]]:
    """The article of a record whose keys are `FIELDS`, and reason and detail for each value that cannot be used."""
    text = record.get("text")
    if text is None:
        raise Unreadable("missing_text", "The record has no text.")
    if not text.strip():
        raise Unreadable("missing_text", "The record's text is empty.")
    given, problems = checked({name: record.get(name) for name in FIELDS[2:]}, "record", today)
    title = record.get("title") or None
    return Article(text, title, title is None, given), problems
