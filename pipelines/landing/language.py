"""The language of an article: given, or recognised from its letters, or by py3langid."""

from __future__ import annotations

import re

_VIETNAMESE = re.compile(r"[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]")
_ONLY_VIETNAMESE = re.compile(r"[ăđơưảạằắẳẵặầấẩẫậẻẽẹềếểễệỉịỏọồốổỗộờớởỡợủụừứửữựỷỹỵ]")
_LETTER = re.compile(r"[^\W\d_]")
_CODE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]{2,8})*")
_SAMPLE = 2000


def language_code(value: str) -> str | None:
    """The primary code of a language tag (`vi-VN` → `vi`), or None when it is not one."""
    found = _CODE.fullmatch(value.strip().lower())
    return found[1] if found else None


def detect(text: str) -> str | None:
    """The language of `text` as an ISO 639-1 code, or None when it holds no letters."""
    sample = text[:_SAMPLE].lower()
    letters = len(_LETTER.findall(sample))
    if not letters:
        return None
    if len(_VIETNAMESE.findall(sample)) > 0.1 * letters and len(_ONLY_VIETNAMESE.findall(sample)) > 0.04 * letters:
        return "vi"
    from py3langid import classify  # its model takes a second to load, and most runs never need it

    return classify(sample)[0]
