"""Reads `.jsonl` and `.ndjson`, also compressed: one article a line."""

from __future__ import annotations

import json
from datetime import date

from pipelines.landing.articles import Article
from pipelines.landing.readers import records
from pipelines.landing.rejects import Unreadable


def article(line: bytes, today: date) -> tuple[Article, list[tuple[str, str]]]:
    """The article of a line, and reason and detail for each value of it that cannot be used."""
    try:
        found = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Unreadable("invalid_utf8", f"Not UTF-8 at byte {error.start} of the line.") from None
    except (ValueError, RecursionError) as error:
        raise Unreadable("bad_json", f"Not JSON: {error}.") from None
    if not isinstance(found, dict):
        raise Unreadable("wrong_type", "The line is not a JSON object.")
    record = {field: found[name] for field, name in records.named(found.keys()).items()}
    for field, value in record.items():
        if not isinstance(value, str) and (field == "text" or value is not None):
            raise Unreadable("wrong_type", f"{field} is a {type(value).__name__}, not a string.")
    return records.article(record, today)
