"""Text as it is stored: NFC, `\\n` newlines, no invisible characters, no blanks at line ends.

Bidirectional overrides are refused, since they make a reader see another text than the one that is stored.
"""

from __future__ import annotations

import re
import unicodedata

from pipelines.landing.rejects import Unreadable

_NEWLINES = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile(r"[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile(r"[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u061c\u2060\ufeff\ufffe\uffff]")
_BIDI = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# Whatever one of the above or the code below looks for: most texts hold none of it, and then one look is enough.
_UNUSUAL = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\xa0\xad\u061c\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2069\u3000\ud800-\udfff\ufeff\ufffe\uffff]"
)
_EDGES = re.compile(r" *\n *")
_RUNS = re.compile(r" {2,}")
_GAPS = re.compile(r"\n{3,}")


def normalise(text: str) -> str:
    """`text` in the form that bodies and titles are stored in, or `Unreadable` when it is not plain text."""
    if _UNUSUAL.search(text):
        text = _without_unusual(text)
    text = unicodedata.normalize("NFC", text)
    if " \n" in text or "\n " in text:
        text = _EDGES.sub("\n", text)
    if "  " in text:
        text = _RUNS.sub(" ", text)
    return close_gaps(text).strip()


def close_gaps(text: str) -> str:
    """`text` with no more than one empty line in a row."""
    return _GAPS.sub("\n\n", text) if "\n\n\n" in text else text


def _without_unusual(text: str) -> str:
    if "\0" in text:
        raise Unreadable("nul_bytes", "The text holds NUL characters.", _line_of(text, text.index("\0")))
    if found := _SURROGATE.search(text):
        raise Unreadable("lone_surrogate", "The text holds half a surrogate pair.", _line_of(text, found.start()))
    if found := _BIDI.search(text):
        raise Unreadable(
            "bidi_control",
            f"The text holds the bidirectional control character U+{ord(found[0]):04X}.",
            _line_of(text, found.start()),
        )
    if len(_CONTROLS.findall(text)) > max(2, len(text) // 200):
        raise Unreadable("binary", "Too many control characters for a text.")
    return _INVISIBLE.sub("", _BLANKS.sub(" ", _NEWLINES.sub("\n", text)))


def _line_of(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
