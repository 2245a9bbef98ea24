"""Articles for measuring at scale: a real sample repeated with other names and dates, the same ones for the same seed.

Each copy of an article has every person, place and country of the original under another name, and all its dates moved
by the same number of days, so that no two articles are one document. Without the sample, text made of `seeds/articles`.
"""

from __future__ import annotations

import csv
import gzip
import json
import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from pipelines.settings import SEEDS
from tests.benchmarks.texts import BULK, generate

ARTICLES_PER_FILE = 10_000
_UPPER = "".join(sign for sign in map(chr, range(0x41, 0x1EFA)) if sign.isupper())
_NAME = rf"\b[{_UPPER}][^\W\d_]*(?: [{_UPPER}][^\W\d_]*)+"
_DAY = r"\b[0-3]?\d[/-][01]?\d(?:[/-](?:19|20)\d\d)?\b"
_FIRST_DAY, _DAYS = date(2015, 1, 1), 3650


class Template:
    """An article cut at its names and dates."""

    def __init__(self, record: dict[str, str], pattern: re.Pattern[str]) -> None:
        self.title = record["title"]
        self.parts = pattern.split(record["text"])


def templates() -> tuple[str, list[Template], list[str], list[str]]:
    """What the text is, the articles to repeat, and the names and the countries that may stand in for others."""
    sample = BULK / "sample.jsonl.gz"
    if sample.exists():
        with gzip.open(sample, "rt", encoding="utf-8") as lines:
            records = [json.loads(line) for line in lines]
        text = "`sample.jsonl.gz` repeated with other names and dates"
    else:
        records = list(generate(0))
        text = "shuffled paragraphs from `seeds/articles`, repeated with other names and dates"
    countries = _countries()
    known = "|".join(map(re.escape, sorted(countries, key=len, reverse=True)))
    pattern = re.compile(rf"(\b(?:{known})\b|{_NAME}|{_DAY})")
    cut = [Template(record, pattern) for record in records]
    known_countries = frozenset(countries)
    names = {part for template in cut for part in template.parts[1::2] if part[0].isalpha()} - known_countries
    return text, cut, sorted(names), countries


def articles(count: int, seed: int) -> Iterator[dict[str, str]]:
    """So many articles; the first ones are the same however many follow."""
    _, cut, names, countries = templates()
    known_countries = frozenset(countries)
    for number in range(count):
        copy, place = divmod(number, len(cut))
        dice = random.Random(seed * 1_000_000_007 + number)
        yield _vary(cut[place], number, copy, dice, names, countries, known_countries)


def write(folder: Path, count: int, seed: int, start: int = 0) -> None:
    """Write articles `start` to `count` as JSON Lines, gzipped, `ARTICLES_PER_FILE` to a file."""
    folder.mkdir(parents=True, exist_ok=True)
    waiting = islice(articles(count, seed), start, None)
    for first in range(start, count, ARTICLES_PER_FILE):
        with gzip.open(folder / f"{first:09}.jsonl.gz", "wt", encoding="utf-8", compresslevel=1) as lines:
            for article in islice(waiting, ARTICLES_PER_FILE):
                lines.write(json.dumps(article, ensure_ascii=False) + "\n")


def _vary(
    template: Template,
    number: int,
    copy: int,
    dice: random.Random,
    names: list[str],
    countries: list[str],
    known_countries: frozenset[str],
) -> dict[str, str]:
    published = _FIRST_DAY + timedelta(days=dice.randrange(_DAYS))
    parts = template.parts
    if copy:
        renamed: dict[str, str] = {}
        parts = list(parts)
        for place in range(1, len(parts), 2):
            old = parts[place]
            if old not in renamed:
                if old[0].isdigit():
                    renamed[old] = _near(published, old, dice)
                else:
                    renamed[old] = dice.choice(countries if old in known_countries else names)
            parts[place] = renamed[old]
        parts.append(f"\n{dice.choice(names)} và {dice.choice(names)} cho biết thêm, theo {dice.choice(names)}.")
    return {
        "title": template.title if not copy else f"{template.title} ({dice.choice(names)})",
        "outlet": f"Báo {dice.randrange(200)}",
        "published_on": published.isoformat(),
        "url": f"https://bench.example/{number}",
        "language": "vi",
        "text": "".join(parts),
    }


def _near(published: date, old: str, dice: random.Random) -> str:
    day = published - timedelta(days=dice.randrange(20))
    return f"{day.day}/{day.month}/{day.year}" if len(old) > 5 else f"{day.day}/{day.month}"


def _countries() -> list[str]:
    with (SEEDS / "reference" / "countries.csv").open(encoding="utf-8", newline="") as rows:
        return sorted({row["name_vi"] for row in csv.DictReader(rows) if row["kind"] == "country"})
