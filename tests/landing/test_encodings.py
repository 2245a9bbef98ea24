"""Decoding and normalisation: the same article in whatever encoding becomes the same document."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
import yaml
from landed import land

import pipelines.landing.decoding as decoding
from pipelines.landing.normalise import normalise
from pipelines.landing.rejects import Unreadable

TEXT = (
    "Hai nước láng giềng bàn chuyện mua tàu\n"
    "Bộ trưởng Quốc phòng Phần Lan hôm qua tới Tallinn để bàn việc mua bốn tàu quét mìn cũ của Estonia.\n"
    "Theo ông, những con tàu này còn tốt và được giữ gìn kỹ. Giá cả thì chưa ai nói tới.\n"
)
ENGLISH = (
    "Two neighbours talk about ships\nThe minister’s visit was said to be “short”, and it was the first of the year.\n"
)
TONES = "\u0300\u0301\u0303\u0309\u0323"


def windows_1258(text: str) -> bytes:
    """`text` as old Vietnamese Windows wrote it: letters with their hooks, tone marks after them."""
    letters = []
    for char in unicodedata.normalize("NFD", text):
        if letters and unicodedata.combining(char) and char not in TONES:
            at = next(i for i in range(len(letters) - 1, -1, -1) if letters[i] not in TONES)
            letters[at] = unicodedata.normalize("NFC", letters[at] + char)
        else:
            letters.append(char)
    return "".join(letters).encode("cp1258")


def old_encoding(text: str, table: str) -> bytes:
    """`text` in one of the font encodings, by the table that reads it."""
    room = Path(decoding.__file__).parent / "encodings"
    letters = yaml.safe_load((room / f"{table}.yaml").read_text("utf-8"))["letters"]
    back = {letter: sign for sign, letter in letters.items()}
    return "".join(back.get(char, char) for char in text).encode("cp1252")


SPELLINGS = {
    "utf-8": TEXT.encode(),
    "utf-8 with BOM": b"\xef\xbb\xbf" + TEXT.encode(),
    "utf-16 little endian": b"\xff\xfe" + TEXT.encode("utf-16-le"),
    "utf-16 big endian": b"\xfe\xff" + TEXT.encode("utf-16-be"),
    "utf-32": b"\xff\xfe\0\0" + TEXT.encode("utf-32-le"),
    "windows-1258": windows_1258(TEXT),
    "NFD": unicodedata.normalize("NFD", TEXT).encode(),
    "Windows newlines": TEXT.replace("\n", "\r\n").encode(),
    "old Mac newlines": TEXT.replace("\n", "\r").encode(),
    "invisible and hard blanks": TEXT.replace("Quốc phòng", "Quốc\u00a0phòng\u200b").replace("kỹ.", "kỹ. \t").encode(),
    "TCVN3": old_encoding(TEXT, "tcvn3"),
    "VNI": old_encoding(TEXT, "vni"),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_is_the_same_document(put, tmp_path, spelling):
    put("a.txt", SPELLINGS["utf-8"])
    put("b.txt", SPELLINGS[spelling])
    landed = land(tmp_path)
    assert landed.rejects == []
    first, second = landed.documents
    assert second["body"] == first["body"] == TEXT.strip()
    assert second["document_id"] == first["document_id"]
    assert second["language"] == "vi"


def test_utf16_without_bom(put, tmp_path):
    put("a.txt", ENGLISH.encode("utf-16-le"))
    (document,) = land(tmp_path).documents
    assert document["body"] == ENGLISH.strip()
    assert document["language"] == "en"


def test_english_in_windows_encoding(put, tmp_path):
    put("a.txt", ENGLISH.encode("cp1252"))
    assert land(tmp_path).documents[0]["body"] == ENGLISH.strip()


def test_page_in_the_encoding_that_it_declares(put, tmp_path):
    lines = TEXT.strip().split("\n")
    page = f"<html><head><meta charset=windows-1258><title>{lines[0]}</title></head><body><article>"
    page += "".join(f"<p>{line}</p>" for line in lines[1:]) + "</article></body></html>"
    put("a.html", windows_1258(page))
    assert land(tmp_path).documents[0]["body"] == "\n".join(lines[1:])


def test_jsonl_with_bom_and_escapes(put, tmp_path):
    put("a.jsonl", b"\xef\xbb\xbf" + json.dumps({"text": TEXT}).encode() + b"\n")
    assert land(tmp_path).documents[0]["body"] == TEXT.strip()


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        ("một\nhai\0ba", "nul_bytes", 2),
        ("một\nhai \u202eba", "bidi_control", 2),
        ("một \ud800", "lone_surrogate", 1),
        ("\x01\x02\x03\x04một", "binary", None),
    ],
)
def test_text_that_is_refused(text, reason, line):
    with pytest.raises(Unreadable) as raised:
        normalise(text)
    assert (raised.value.reason, raised.value.line) == (reason, line)
