"""One edition of the page: a folder of its own, and an `index.html` that is put in the old one's place in one step.

    brief/index.html          names its edition's folder
    brief/edition-<time>/     the page's code, the index of events, and reports and articles in shards

A page opened from the file system may load scripts but not fetch files, so all data are scripts that call
`brief.receive`. The index comes with the page, shards when they are asked for. The last edition but one stays, so that
a page that is open while a run ends goes on working.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import as_file, files
from pathlib import Path
from string import Template
from typing import Any

import orjson
import yaml

from pipelines.brief.marts import Marts, open_marts
from pipelines.loading import MEMORY

LANGUAGES = ("en", "vi")
KEPT_EDITIONS = 2

# Reports in a shard, and characters of article text: each loads in a few milliseconds.
_REPORTS = 400
_CHARACTERS = 250_000

_EDITION = re.compile(r"edition-\w+")
_NAMED = re.compile(r'data-edition="([\w-]+)"')
# The style sheet that Observable Plot writes into each chart whose class name is `chart`; the page's policy allows it.
_PLOT_STYLE = """:where(.chart) {
  --plot-background: white;
  display: block;
  height: auto;
  height: intrinsic;
  max-width: 100%;
}
:where(.chart text),
:where(.chart tspan) {
  white-space: pre;
}"""


@dataclass(frozen=True)
class Edition:
    """What was written.

    page: the file to open.
    events, new, changed: how many the page shows, and how many of them are news since the previous warehouse.
    size_bytes: of all files of the edition.
    """

    page: Path
    events: int
    new: int
    changed: int
    size_bytes: int


def write_edition(warehouse: Path, previous: Path | None, folder: Path, memory: int = MEMORY) -> Edition:
    """Write the page over `warehouse` into `folder`; what is new is what `previous`, the file before it, lacks.

    memory: bytes that the queries may have.

    Raises duckdb.Error when a file is no warehouse, OSError when the folder cannot be written. The old page stays then.
    """
    folder.mkdir(parents=True, exist_ok=True)
    now = datetime.now(UTC)
    edition = folder / f"edition-{now:%Y%m%dT%H%M%S%f}"
    draft = edition.with_suffix(".draft")
    page = folder / "index.html"
    _remove(_left_behind(folder, page))
    try:
        draft.mkdir()
        _copy_page(draft)
        with open_marts(warehouse, previous, memory, draft / "scratch") as marts:
            index = _write_data(marts, draft)
        index |= {
            "published": _moment(warehouse),
            "before": _moment(previous) if previous else None,
        }
        _write(draft / "index.js", "index", 0, index)
        draft.rename(edition)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    waiting = page.with_suffix(".draft")
    waiting.write_text(_html(edition.name), encoding="utf-8")
    os.replace(waiting, page)  # noqa: PTH105 - named as the promise it keeps
    _remove(_editions(folder)[:-KEPT_EDITIONS])
    news = index["events"]["news"]
    count = {name: news["at"].count(code) for code, name in enumerate(news["codes"])}
    return Edition(
        page=page,
        events=index["counts"]["events"],
        new=count.get("new", 0),
        changed=count.get("changed", 0),
        size_bytes=sum(path.stat().st_size for path in edition.rglob("*") if path.is_file()),
    )


def texts() -> dict[str, dict[str, Any]]:
    """What the page says, by language."""
    room = files(__package__) / "page" / "texts"
    return {language: yaml.safe_load((room / f"{language}.yaml").read_text("utf-8")) for language in LANGUAGES}


def _copy_page(draft: Path) -> None:
    with as_file(files(__package__)) as room:
        shutil.copytree(room / "page", draft / "page", ignore=shutil.ignore_patterns("*.html", "texts"))
        shutil.copytree(room / "vendor", draft / "vendor")
    _write(draft / "texts.js", "texts", 0, texts())


def _write_data(marts: Marts, draft: Path) -> dict[str, Any]:
    """Write the shards; returns the index: counts, names, events by column, and the first number in each shard."""
    return {
        "counts": marts.counts(),
        "names": marts.names(),
        "events": _columns(marts.events()),
        "report_shards": list(_write_reports(marts, draft)),
        "article_shards": list(_write_articles(marts, draft)),
    }


def _columns(rows: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Rows by column. Texts and lists are numbers into `codes`, -1 for none; others are as they are, null for none."""
    event_ids: list[str] = []
    columns: dict[str, _Column] = {name: _Column() for name in ("fact_type", "sides", "category", "news")}
    for place, row in enumerate(rows):
        event_ids.append(row.pop("event_id"))
        for name, value in row.items():
            columns.setdefault(name, _Column()).put(place, value)
    return {"event_id": event_ids, **{name: column.filled(len(event_ids)) for name, column in columns.items()}}


class _Column:
    """One column of the index, which grows by the rows that have a value."""

    def __init__(self) -> None:
        self._values: list[Any] = []
        self._codes: dict[Any, int] = {}

    def put(self, place: int, value: Any) -> None:
        self._fill(place)
        if isinstance(value, str | list):
            key = tuple(value) if isinstance(value, list) else value
            self._values.append(self._codes.setdefault(key, len(self._codes)))
        else:
            self._values.append(int(value) if isinstance(value, bool) else value)

    def filled(self, rows: int) -> Any:
        self._fill(rows)
        if not self._codes and any(value is not None for value in self._values):
            return self._values
        return {"at": [-1 if value is None else value for value in self._values], "codes": list(self._codes)}

    def _fill(self, rows: int) -> None:
        self._values += [None] * (rows - len(self._values))


def _write_reports(marts: Marts, draft: Path) -> Iterator[int]:
    """Shards of whole events; yields the first event in each."""
    shard: list[list[dict[str, Any]]] = []
    held = number = first = 0
    for event, report in marts.reports():
        if held >= _REPORTS and event - first >= len(shard):
            _write(draft / f"reports-{number}.js", "reports", number, shard)
            yield first
            shard, held, number, first = [], 0, number + 1, event
        while event - first >= len(shard):
            shard.append([])
        shard[-1].append(report)
        held += 1
    if shard:
        _write(draft / f"reports-{number}.js", "reports", number, shard)
        yield first


def _write_articles(marts: Marts, draft: Path) -> Iterator[int]:
    """Shards of about equally much text; yields the first article in each."""
    shard: list[dict[str, Any]] = []
    held = number = first = 0
    for article in marts.articles():
        shard.append(article)
        held += len(article["body"])
        if held >= _CHARACTERS:
            _write(draft / f"articles-{number}.js", "articles", number, shard)
            yield first
            first += len(shard)
            shard, held, number = [], 0, number + 1
    if shard:
        _write(draft / f"articles-{number}.js", "articles", number, shard)
        yield first


def _write(path: Path, kind: str, number: int, data: Any) -> None:
    # A browser reads JSON much faster than the same as a piece of program.
    text = orjson.dumps(orjson.dumps(data).decode())
    path.write_bytes(b'brief.receive("%s",%d,JSON.parse(%s));\n' % (kind.encode(), number, text))


def _html(edition: str) -> str:
    page = (files(__package__) / "page" / "index.html").read_text("utf-8")
    style = base64.b64encode(hashlib.sha256(_PLOT_STYLE.encode()).digest()).decode()
    return Template(page).substitute(edition=edition, nonce=secrets.token_urlsafe(18), plot_style=f"sha256-{style}")


def _moment(path: Path) -> str:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat(timespec="seconds")


def _editions(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if _EDITION.fullmatch(path.name))


def _left_behind(folder: Path, page: Path) -> list[Path]:
    """Drafts, and editions that no page came to name, of runs that were killed."""
    named = _NAMED.search(page.read_text("utf-8")) if page.exists() else None
    return [*folder.glob("edition-*.draft"), *(path for path in _editions(folder) if not named or path.name > named[1])]


def _remove(folders: Iterable[Path]) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
