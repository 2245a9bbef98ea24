"""Reads `.txt`: one article, its first line the title."""

from __future__ import annotations

import json
import re

from pipelines.landing.articles import Article, Given
from pipelines.landing.decoding import decode
from pipelines.landing.rejects import Unreadable

_HTML = re.compile(r"\s*(?:<!doctype html|<html[\s>]|<\?xml)", re.IGNORECASE)


def read(data: bytes) -> Article:
    """The article in a text file."""
    text = decode(data)
    if _HTML.match(text):
        raise Unreadable("wrong_extension", "The file is a web page or XML, whatever its name says.")
    if text.lstrip().startswith("{") and _is_json(text.lstrip().split("\n", 1)[0]):
        raise Unreadable("wrong_extension", "The file is JSON, whatever its name says.")
    return Article(text, None, True, Given())


def _is_json(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
