"""Bad input: each is rejected with file, line and reason, and the good article beside it is loaded."""

from __future__ import annotations

import gzip
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from landed import land

from pipelines.landing.limits import MAX_ARTICLE_BYTES

GOOD = (
    "Tàu hàng cập cảng Batumi\nMột tàu hàng chở linh kiện vô tuyến đã cập cảng Batumi sáng nay, theo báo địa phương.\n"
)


def line(text: str = GOOD, **fields: object) -> bytes:
    """One JSON line."""
    return json.dumps({"text": text, **fields}, ensure_ascii=False).encode() + b"\n"


PAGE = b"<html><head><title>Trang</title></head><body><img src='a.jpg'><script>f()</script></body></html>"
DEEP = b"<html><body>" + b"<div>" * 10_000 + GOOD.encode() + b"</div>" * 10_000
WHOLE_FILES = {
    "empty.txt": (b"", "empty_file", None),
    "blank.txt": (b" \n\n ", "empty_file", None),
    "empty.jsonl": (b"", "empty_file", None),
    "empty.jsonl.gz": (b"", "empty_file", None),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "binary", None),
    "noise.txt": (bytes(range(128, 256)) * 20, "unknown_encoding", 1),
    "zipped.txt": (gzip.compress(GOOD.encode()), "binary", None),
    "nul.txt": (b"Mot dong\nhai\0 ba", "nul_bytes", 2),
    "broken_utf8.txt": (GOOD.encode() + b"\xff\xfe kh\xc3\xb4ng\n", "invalid_utf8", 3),
    "two_encodings.txt": (GOOD.encode() + "Tổng thống".encode("utf-16-le"), "nul_bytes", 3),
    "odd.txt": (b"\xff\xfea", "invalid_encoding", None),
    "bidi.txt": ("Một\nhai \u202eba".encode(), "bidi_control", 2),
    "page.txt": (b"<!DOCTYPE html><html><body>a</body></html>", "wrong_extension", None),
    "record.txt": (line(), "wrong_extension", None),
    "furniture.txt": (b"0\n486\n", "no_text", None),
    "no_text.html": (PAGE, "no_text", None),
    "deep.html": (DEEP, "nested_too_deep", None),
    "large.txt": (b"a" * (MAX_ARTICLE_BYTES + 1), "too_large", None),
    "notes.docx": (b"PK\x03\x04", "unknown_format", None),
    "no_extension": (GOOD.encode(), "unknown_format", None),
    "text.jsonl.gz": (line(), "not_gzip", 1),
    "zipped.jsonl": (gzip.compress(line()), "wrong_extension", None),
}
LINES = {
    "broken.jsonl": (b'{"text": "Mot dong\n', "bad_json"),
    "list.jsonl": (b"[1, 2]\n", "wrong_type"),
    "missing.jsonl": (b'{"title": "x"}\n', "missing_text"),
    "blank.jsonl": (line(" "), "missing_text"),
    "number.jsonl": (b'{"text": 5}\n', "wrong_type"),
    "title.jsonl": (line(title=["a"]), "wrong_type"),
    "utf8.jsonl": (b'{"text": "\xff"}\n', "invalid_utf8"),
    "nul.jsonl": (b'{"text": "a\\u0000b"}\n', "nul_bytes"),
    "surrogate.jsonl": (b'{"text": "a\\ud800b"}\n', "lone_surrogate"),
    "nested.jsonl": (b"[" * 100_000 + b"\n", "bad_json"),
    "giant.jsonl": (line("dài " * (MAX_ARTICLE_BYTES // 4)), "line_too_long"),
}
USED_WITHOUT = {
    "published_on": [("31/08/2023", "bad_date"), ("0000-01-01", "bad_date"), ("9999-12-31", "future_date")],
    "url": [("javascript:alert(1)", "bad_url")],
    "language": [("Tiếng Việt", "bad_language")],
}


@pytest.mark.parametrize("name", WHOLE_FILES)
def test_file_is_rejected(put, tmp_path, name):
    content, reason, number = WHOLE_FILES[name]
    put("a_good.txt", GOOD)
    put(name, content)
    put("z_good.jsonl", line("Bài thứ hai\nTàu rời cảng."))
    landed = land(tmp_path)
    assert landed.reasons() == [(name, number, reason)]
    assert sorted(landed.by_path()) == ["a_good.txt", "z_good.jsonl#1"]
    assert sorted(file["source_path"] for file in landed.files) == sorted(["a_good.txt", name, "z_good.jsonl"])
    assert len(landed.rejects[0]["detail"]) > 10


@pytest.mark.parametrize("name", LINES)
@pytest.mark.parametrize("zipped", [False, True])
def test_line_is_rejected(put, tmp_path, name, zipped):
    content, reason = LINES[name]
    content = line() + content + line("Bài thứ hai\nTàu rời cảng.")
    name = name + ".gz" if zipped else name
    put(name, gzip.compress(content) if zipped else content)
    landed = land(tmp_path)
    assert [reject[2] for reject in landed.reasons()][:1] == [reason]
    assert {reject[:2] for reject in landed.reasons()} <= {(name, 2)}
    assert sorted(landed.by_path()) == [f"{name}#1", f"{name}#3"]


@pytest.mark.parametrize(
    ("field", "value", "reason"), [(f, *case) for f, cases in USED_WITHOUT.items() for case in cases]
)
def test_field_is_rejected_and_the_article_used_without(put, tmp_path, field, value, reason):
    put("a.jsonl", line(**{field: value}))
    landed = land(tmp_path)
    assert landed.reasons() == [("a.jsonl", 1, reason)]
    assert landed.documents[0][field] in (None, "vi")


def test_truncated_gzip_gives_the_lines_before(put, tmp_path):
    whole = gzip.compress(b"".join(line(f"Bài số {n}\n{os.urandom(3000).hex()}") for n in range(60)))
    put("cut.jsonl.gz", whole[: len(whole) // 2])
    landed = land(tmp_path)
    (reject,) = landed.reasons()
    assert (reject[0], reject[2]) == ("cut.jsonl.gz", "truncated_gzip")
    assert 10 < len(landed.documents) < 60
    assert reject[1] == len(landed.documents) + 1


def test_damaged_gzip(put, tmp_path):
    whole = bytearray(gzip.compress(b"".join(line(f"Bài số {n}\n{os.urandom(3000).hex()}") for n in range(60))))
    whole[len(whole) // 2 : len(whole) // 2 + 40] = b"\xff" * 40
    put("bad.jsonl.gz", bytes(whole))
    assert {reason for _, _, reason in land(tmp_path).reasons()} & {"bad_gzip", "bad_json", "invalid_utf8"}


def test_gzip_bomb_stops_early(put, tmp_path):
    put("a_good.txt", GOOD)
    put("bomb.jsonl.gz", gzip.compress(b" " * (80 * 2**20), 9))
    landed = land(tmp_path)
    assert ("bomb.jsonl.gz", 1, "gzip_bomb") in landed.reasons()
    assert "a_good.txt" in landed.by_path()


def test_many_bad_lines_are_counted(put, tmp_path):
    put("a.jsonl", b"{\n" * 1500 + line())
    landed = land(tmp_path)
    assert len(landed.rejects) == 1001
    assert landed.reasons()[-1] == ("a.jsonl", None, "more_rejects")
    assert landed.rejects[-1]["detail"].startswith("500 ")
    assert len(landed.documents) == 1


MANIFEST = b"""file,outlet,published_on,url,language,colour
a.txt,B\xc3\xa1o M\xe1\xba\xabu,2023-08-31,https://baomau.example/a,vi,red
a.txt,Other,2020-01-01,,,
gone.txt,,,,,
../out.txt,,,,,
b.txt,,31.08.2023,,,
c.txt,too,many,cells,in,this,row
"""


def test_manifest_rows(put, tmp_path):
    for name in ("a.txt", "b.txt", "c.txt"):
        put(name, f"{name} {GOOD}")
    put("manifest.csv", MANIFEST)
    landed = land(tmp_path)
    assert sorted(landed.reasons(), key=lambda reject: (reject[1], reject[2])) == [
        ("manifest.csv", 1, "manifest_extra_column"),
        ("manifest.csv", 3, "manifest_duplicate_row"),
        ("manifest.csv", 4, "manifest_unknown_file"),
        ("manifest.csv", 5, "manifest_bad_path"),
        ("manifest.csv", 6, "bad_date"),
        ("manifest.csv", 7, "manifest_bad_row"),
    ]
    assert len(landed.documents) == 3
    first = landed.by_path()["a.txt"]
    assert (first["outlet"], str(first["published_on"]), first["published_on_source"]) == (
        "Báo Mẫu",
        "2023-08-31",
        "manifest",
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"name,outlet\na.txt,x\n", "manifest_missing_column"),
        (b"", "empty_file"),
        (b"\x89PNG\r\n", "binary"),
        (b'file\n"' + b"a" * 200_000, "manifest_bad_csv"),
    ],
)
def test_manifest_that_cannot_be_used(put, tmp_path, content, reason):
    put("a.txt", GOOD)
    put("manifest.csv", content)
    landed = land(tmp_path)
    assert reason in {reject[2] for reject in landed.reasons()}
    assert list(landed.by_path()) == ["a.txt"]


def test_links_pipes_and_loops(put, tmp_path, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.txt").write_text(GOOD, "utf-8")
    put("in/good.txt", GOOD)
    (tmp_path / "in" / "loop").symlink_to(tmp_path)
    (tmp_path / "secret.txt").symlink_to(outside / "secret.txt")
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.txt")
    landed = land(tmp_path)
    assert sorted(landed.reasons()) == [
        ("broken.txt", None, "symlink"),
        ("in/loop", None, "symlink"),
        ("pipe.txt", None, "not_a_file"),
        ("secret.txt", None, "symlink"),
    ]
    assert list(landed.by_path()) == ["in/good.txt"]


def test_names(put, tmp_path):
    put("Tin mới/bản tin  1.txt", GOOD)
    put("Tin mới/bản tin 2.txt", GOOD + "Thêm một câu.\n")
    put("Tin mới/manifest.csv", "file,outlet\nbản tin 2.txt,Báo Mẫu\n")
    put("x" * 251 + ".txt", GOOD)
    put("two\nlines.txt", GOOD)
    (tmp_path / os.fsdecode(b"\xff\xfe.txt")).write_text(GOOD, "utf-8")
    put(".hidden.txt", GOOD)
    landed = land(tmp_path)
    assert sorted(reason for _, _, reason in landed.reasons()) == ["bad_name", "bad_name"]
    assert all(path.isprintable() for path, _, _ in landed.reasons())
    assert len(landed.documents) == 3
    assert {document["outlet"] for document in landed.documents} == {None, "Báo Mẫu"}


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Root may read everything, and so becomes an ordinary user meanwhile."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)


def test_without_permission():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "good.txt").write_text(GOOD, "utf-8")
        (folder / "locked.txt").write_text(GOOD, "utf-8")
        (folder / "locked").mkdir()
        (folder / "locked.txt").chmod(0)
        (folder / "locked").chmod(0)
        with ordinary_user():
            landed = land(folder)
        (folder / "locked").chmod(0o700)
    assert sorted(landed.reasons()) == [("locked", None, "unreadable"), ("locked.txt", None, "unreadable")]
    assert list(landed.by_path()) == ["good.txt"]
