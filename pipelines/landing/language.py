"""The language of an article: given with it, or recognised by the common words of the languages that we know.

Which words are common is data: `patterns/<language>/common_words.yaml`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml

_PATTERNS = Path(__file__).parent / "patterns"
_CODE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]{2,8})*")
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 2000
_MIN_SHARE = 0.08  # of all words; prose has 0.2 and more


def language_code(value: str) -> str | None:
    """The primary code of a language tag (`vi-VN` → `vi`), or None when it is not one."""
    found = _CODE.fullmatch(value.strip().lower())
    return found[1] if found else None


def detect(text: str) -> str | None:
    """The language of `text` as an ISO 639-1 code, or None when it is none that we know."""
    share, language = max((common_share(text, language), language) for language in _common_words())
    return language if share >= _MIN_SHARE else None


def common_share(text: str, language: str) -> float:
    """Which part of the first words of `text` is among the common words of `language`."""
    words = _WORD.findall(text[:_SAMPLE].lower())
    common = _common_words()[language]
    return sum(word in common for word in words) / len(words) if words else 0.0


@lru_cache(maxsize=1)
def _common_words() -> dict[str, frozenset[str]]:
    return {
        path.parent.name: frozenset(map(str, yaml.safe_load(path.read_text("utf-8"))))
        for path in sorted(_PATTERNS.glob("*/common_words.yaml"))
    }
