"""What is new in the feeds, as files of the landing folder: `fetched/<feed>/<day>-<hash>.html` and a manifest.

`fetched/<feed>/.seen.json`, which landing does not read, has the feed's ETag and the addresses that are done with.
Every page is in place before the manifest names it, and both before the memory says so: a run that dies fetches again.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import feedparser

from pipelines.feeds.config import Feed, FeedList
from pipelines.feeds.polite import NotFetchedError, Polite

FOLDER = "fetched"
_MANIFEST, _MEMORY = "manifest.csv", ".seen.json"
_COLUMNS = ("file", "outlet", "published_on", "url", "language")
_REMEMBERED = 10_000
_PAGES = ("text/html", "application/xhtml+xml")


@dataclass
class Harvest:
    """What one feed gave: pages fetched, entries known already, entries left for later, and what went wrong."""

    feed: str
    fetched: int = 0
    known: int = 0
    waiting: int = 0
    problems: list[str] = field(default_factory=list)


def harvest(feeds: FeedList, landing: Path, guest: Polite) -> Iterator[Harvest]:
    """Fetch what each feed has new. What fails in one is in its `problems`, and stops no other."""
    for feed in feeds.feeds if feeds.enabled else ():
        yield _Folder(feed, landing / FOLDER / feed.name).fill(guest, feeds.articles_per_run)


class _Folder:
    def __init__(self, feed: Feed, folder: Path) -> None:
        self._feed, self._folder = feed, folder
        self._memory: dict[str, Any] = self._remembered()
        # In order, so that the oldest can be forgotten.
        self._seen: dict[str, None] = dict.fromkeys(self._memory.get("done", ()))

    def fill(self, guest: Polite, most: int) -> Harvest:
        result = Harvest(self._feed.name)
        try:
            entries = self._entries(guest)
        except NotFetchedError as error:
            result.problems.append(str(error))
            return result
        new = [entry for entry in entries if entry["link"] not in self._seen]
        result.known = len(entries) - len(new)
        result.waiting = max(0, len(new) - most)
        rows = []
        for entry in new[:most]:
            try:
                rows.append(self._page(guest, entry))
            except NotFetchedError as error:
                result.problems.append(str(error))
                if error.for_now:
                    result.waiting += 1
                    continue
            self._seen[entry["link"]] = None
        result.fetched = len(rows)
        if rows:
            self._add_to_manifest(rows)
        # While entries wait, the feed must be read again even if it says that it has not changed.
        self._remember({} if result.waiting else self._memory.get("validators", {}))
        return result

    def _entries(self, guest: Polite) -> list[dict[str, str]]:
        answer = guest.get(self._feed.url, self._feed.may_hold, self._memory.get("validators", {}))
        if answer.status == 304:
            return []
        self._memory["validators"] = {
            ask: answer.headers[told]
            for ask, told in (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified"))
            if told in answer.headers
        }
        found = feedparser.parse(answer.body, response_headers={"content-location": answer.url, **answer.headers})
        if found.bozo and not found.entries:
            raise NotFetchedError(f"{self._feed.url} is no feed: {found.get('bozo_exception', 'nothing in it')}")
        entries = {
            entry["link"]: {"link": entry["link"], "day": _day(entry)} for entry in found.entries if entry.get("link")
        }
        return list(entries.values())

    def _page(self, guest: Polite, entry: dict[str, str]) -> tuple[str, ...]:
        answer = guest.get(entry["link"], self._feed.may_hold)
        kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in _PAGES:
            raise NotFetchedError(f"{entry['link']} is no page but {kind or 'of no type'}")
        name = f"{entry['day'] or 'undated'}-{hashlib.sha256(entry['link'].encode()).hexdigest()[:16]}.html"
        _replace(self._folder / name, answer.body)
        return name, self._feed.outlet, entry["day"], entry["link"], self._feed.language

    def _add_to_manifest(self, rows: list[tuple[str, ...]]) -> None:
        path = self._folder / _MANIFEST
        known = list(csv.reader(path.read_text("utf-8").splitlines()))[1:] if path.exists() else []
        merged = {row[0]: tuple(row) for row in known} | {row[0]: row for row in rows}
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows([_COLUMNS, *merged.values()])
        _replace(path, text.getvalue().encode())

    def _remembered(self) -> dict[str, Any]:
        try:
            return json.loads((self._folder / _MEMORY).read_text("utf-8"))
        except (OSError, ValueError):
            return {}

    def _remember(self, validators: dict[str, str]) -> None:
        memory = {"validators": validators, "done": list(self._seen)[-_REMEMBERED:]}
        if memory != self._remembered():
            _replace(self._folder / _MEMORY, json.dumps(memory, indent=0).encode())


def _day(entry: Any) -> str:
    told = entry.get("published_parsed") or entry.get("updated_parsed")
    return date(*told[:3]).isoformat() if told else ""


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    os.replace(part, path)  # noqa: PTH105 - named as the promise it keeps
