"""What could not be read, and why: the exceptions and the record of this room.

`reason` is a short stable code that people count by; `detail` is a sentence that tells them what to do about it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

MAX_DETAIL = 400
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Reject(NamedTuple):
    """One input that could not be loaded: a file, or one line of it."""

    source_path: str
    line: int | None
    reason: str
    detail: str


class Unreadable(Exception):
    """Raised by a reader; becomes a `Reject`."""

    def __init__(self, reason: str, detail: str, line: int | None = None) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason, self.detail, self.line = reason, detail, line

    def at(self, source_path: str, line: int | None = None) -> Reject:
        """The reject row for this failure in the file `source_path`."""
        return Reject(source_path, self.line if line is None else line, self.reason, shown(self.detail))


class OtherLanguage(Exception):
    """Raised for an article in a language that we do not read; it is counted, not rejected."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def shown(text: object) -> str:
    """`text` in a form that is safe to store and to show: control characters escaped, bounded in length."""
    clean = _UNPRINTABLE.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), str(text))
    return clean if len(clean) <= MAX_DETAIL else clean[: MAX_DETAIL - 1] + "…"
