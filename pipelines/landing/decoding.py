"""Bytes → text. Unicode first; else the encodings of old Vietnamese files, if the result reads as Vietnamese.

Nothing is ever decoded with replacement characters: a file that no encoding explains is refused, with the place.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

import yaml

from pipelines.landing.language import common_share
from pipelines.landing.rejects import Unreadable

_TABLES = Path(__file__).parent / "encodings"
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_MAGIC = (
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "ZIP"),
    (b"%PDF-", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x7fELF", "ELF"),
    (b"\xd0\xcf\x11\xe0", "old Office"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"\x28\xb5\x2f\xfd", "Zstandard"),
    (b"PAR1", "Parquet"),
    (b"SQLite format 3\0", "SQLite"),
)
# Typographic signs that windows-1258 shares with windows-1252: enough to read an English text by.
_TYPOGRAPHIC = frozenset(b"\x80\x82\x84\x85\x91\x92\x93\x94\x95\x96\x97\x99\xa0\xa3\xa9\xab\xae\xb0\xb7\xbb")
_MIN_COMMON_SHARE = 0.05  # of all words, found in the list of common Vietnamese words; prose has 0.2


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of a file.

    data: the whole file.
    declared: the encoding that the file itself names (a page's `charset`), tried after Unicode.
    """
    if not data.strip():
        raise Unreadable("empty_file", "The file is empty.")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data[len(bom) :], encoding)
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise Unreadable("binary", f"The file is a {name} file, whatever its name says.")
    if b"\0" in data:
        return _utf16_without_bom(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _legacy(data, declared, error)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable("invalid_encoding", f"Not valid {encoding} at byte {error.start}.") from None


def _utf16_without_bom(data: bytes) -> str:
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        latin = sum(char < "\u0250" or "\u1e00" <= char < "\u2100" for char in text)
        if "\0" not in text and latin > 0.95 * len(text):
            return text
    position = data.index(b"\0")
    raise Unreadable("nul_bytes", f"NUL byte at byte {position}.", data.count(b"\n", 0, position) + 1)


def _legacy(data: bytes, declared: str | None, error: UnicodeDecodeError) -> str:
    place = f"byte {error.start}"
    line = data.count(b"\n", 0, error.start) + 1
    replaced = data.decode("utf-8", "replace")
    wrong = replaced.count("\ufffd")
    if sum(char > "\x7f" for char in replaced) - wrong >= wrong:
        raise Unreadable("invalid_utf8", f"UTF-8 text with bytes that are not, the first at {place}.", line)
    if declared:
        try:
            return unicodedata.normalize("NFC", data.decode(declared))
        except (LookupError, UnicodeDecodeError):
            pass
    if all(byte < 0x80 or byte in _TYPOGRAPHIC for byte in data):
        return data.decode("cp1258")
    share, text = max(((common_share(text, "vi"), text) for text in _readings(data)), default=(0.0, ""))
    if share < _MIN_COMMON_SHARE:
        raise Unreadable("unknown_encoding", f"Not UTF-8 ({place}), nor any other encoding that reads as text.", line)
    return text


def _readings(data: bytes) -> list[str]:
    readings = []
    with suppress(UnicodeDecodeError):
        readings.append(unicodedata.normalize("NFC", data.decode("cp1258")))
    latin = data.decode("cp1252", "ignore")
    for table in _tables():
        pattern, letters = table
        readings.append(pattern.sub(lambda match, letters=letters: letters[match[0]], latin))
    return readings


@lru_cache(maxsize=1)
def _tables() -> tuple[tuple[re.Pattern[str], dict[str, str]], ...]:
    tables = []
    for path in sorted(_TABLES.glob("*.yaml")):
        letters = yaml.safe_load(path.read_text("utf-8"))["letters"]
        longest = sorted(letters, key=len, reverse=True)
        tables.append((re.compile("|".join(map(re.escape, longest))), letters))
    return tuple(tables)
