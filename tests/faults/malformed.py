"""Makes a folder of malformed inputs: `python malformed.py <folder> [<files>]`. The same folder each time.

Every file that `make` returns must be rejected, wholly or in part, for the reason that is given with it; `None` is for
damage of which nobody can say beforehand how a reader will notice it.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

TEXT = (
    "Tàu hàng cập cảng Batumi số {}\nMột tàu hàng chở linh kiện vô tuyến đã cập cảng Batumi sáng nay, theo báo địa "
    "phương. Nhà chức trách chưa cho biết hàng sẽ đi đâu.\n"
)
MANY = 400
Made = tuple[str, bytes, str | None]

_MAGIC = {
    "gzip": b"\x1f\x8b\x08\0", "zip": b"PK\x03\x04", "pdf": b"%PDF-1.7", "png": b"\x89PNG\r\n\x1a\n",
    "jpeg": b"\xff\xd8\xff\xe0", "gif": b"GIF89a", "elf": b"\x7fELF", "office": b"\xd0\xcf\x11\xe0",
    "bzip2": b"BZh9", "xz": b"\xfd7zXZ", "sqlite": b"SQLite format 3\0", "parquet": b"PAR1",
}  # fmt: skip
_BIDI = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068"
_NAMES = {
    "line\nbreak.txt": "bad_name", "bell\a.txt": "bad_name", "turned\u202etxt.exe.txt": "bad_name",
    "back\\slash.txt": "bad_name", "delete\x7f.txt": "bad_name", "separator\u2028.txt": "bad_name",
}  # fmt: skip


def text(number: int) -> bytes:
    """An article that no other number gives."""
    return TEXT.format(number).encode()


def record(number: int, **fields: object) -> bytes:
    """One as a line of JSON."""
    return json.dumps({"text": TEXT.format(number), **fields}, ensure_ascii=False).encode() + b"\n"


def _files(random: random.Random) -> Iterator[Made]:
    for suffix in ("txt", "html", "htm", "jsonl", "ndjson", "jsonl.gz", "jsonl.zst", "csv", "tsv", "parquet", "warc"):
        yield f"empty.{suffix}", b"", "empty_file"
    for name, magic in _MAGIC.items():
        for suffix in ("txt", "html"):
            yield f"{name}.{suffix}", magic + random.randbytes(300), "binary"
    for suffix in (
        "doc",
        "docx",
        "pdf",
        "zip",
        "tar",
        "exe",
        "xml",
        "rtf",
        "eml",
        "pkl",
        "yaml",
        "sqlite",
        "txt~",
        "TMP",
    ):
        yield f"other.{suffix}", text(random.randrange(10**6)), "unknown_format"
    for number in range(30):
        good = text(number)
        place = random.randrange(good.index(b"\n") + 10, len(good) - 4)
        broken = good[:place] + random.choice([b"\xff", b"\xc0\xaf", b"\xf8\x88\x80"]) + good[place:]
        yield f"utf8-{number}.txt", broken, "invalid_utf8"
        yield f"nul-{number}.txt", good[:place] + b"\0" * (1 + number % 3) + good[place:], None
    for number, encoding in enumerate(("utf-16-le", "utf-16-be", "utf-32-le", "cp1258", "cp437", "shift_jis")):
        mixed = text(number) + "Tổng thống nói".encode(encoding, "ignore") + b"\xff\xfe"
        yield f"mixed-{number}.txt", mixed, None
    for number, control in enumerate(_BIDI):
        good = text(number).decode()
        yield f"bidi-{number}.txt", (good[:40] + control + good[40:]).encode(), "bidi_control"
        yield f"bidi-{number}.jsonl", record(number, title=f"a{control}b"), "bidi_control"
    for number, tag in enumerate(("div", "b", "blockquote", "span", "section", "table", "font", "ul")):
        for depth in (300, 10_000):
            page = f"<html><body>{f'<{tag}>' * depth}{TEXT.format(number)}{f'</{tag}>' * depth}</body></html>"
            yield f"nested-{tag}-{depth}.html", page.encode(), "nested_too_deep"
    for number in range(10):
        page = f"<html><head><title>{number}</title></head><body><img src='{number}.jpg'></body></html>"
        yield f"no-article-{number}.html", page.encode(), "no_text"
    yield "large.txt", b"a " * (5 * 2**20), "too_large"
    yield "large.html", b"<p>a</p>" * (2 * 2**20), "too_large"
    yield "one-line.txt", b"a" * (200 * 2**20), "too_large"


def _records(random: random.Random) -> Iterator[Made]:
    wrong = {
        "number": b'{"text": 5}', "list": b'["text"]', "null": b'{"text": null}', "object": b'{"text": {"a": 1}}',
        "title": b'{"text": "a b", "title": 7}', "date": b'{"text": "a b", "published_on": 20240102}',
        "url": b'{"text": "a b", "url": ["http://a.example"]}', "bare": b"5", "string": b'"text"',
    }  # fmt: skip
    for name, line in wrong.items():
        for suffix in ("jsonl", "ndjson"):
            yield f"{name}.{suffix}", record(1) + line + b"\n" + record(2), "wrong_type"
    bad = {
        "cut": b'{"text": "a', "comma": b'{"text": "a",}', "single": b"{'text': 'a'}",
        "two": b'{"text": "a"}{"text": "b"}', "deep": b"[" * 50_000, "digits": b'{"text": ' + b"9" * 6000 + b"}",
        "control": b'{"text": "a\x01"}', "html": b"<p>", "yaml": b"!!python/object/apply:os.system ['true']",
        "pickle": b"cos\nsystem\n(S'true'\ntR.",
    }  # fmt: skip
    for name, line in bad.items():
        yield f"json-{name}.jsonl", record(1) + line + b"\n" + record(2), "bad_json"
    for number, line in enumerate((b'{"title": "a"}', b"{}", b'{"text": ""}', b'{"text": "  \\n "}')):
        yield f"missing-{number}.jsonl", line + b"\n", "missing_text"
    yield "surrogate.jsonl", b'{"text": "a \\ud800 b"}\n', "lone_surrogate"
    yield "nul.jsonl", b'{"text": "a \\u0000 b"}\n', "nul_bytes"
    for number, day in enumerate(("0000-01-01", "9999-12-31", "2024-02-30", "31/08/2023", "tomorrow", "10000-01-01")):
        yield f"day-{number}.jsonl", record(number, published_on=day), "future_date" if "9999" in day else "bad_date"
    for number, url in enumerate(("javascript:alert(1)", "file:///etc/passwd", "http://", "http://a b", "\n")):
        yield f"address-{number}.jsonl", record(number, url=url), "bad_url"
    yield "long.jsonl", b'{"text": "' + b"a" * (200 * 2**20) + b'"}\n' + record(1), "line_too_long"
    whole = gzip.compress(b"".join(record(n, title=random.randbytes(2000).hex()) for n in range(40)))
    for number in range(40):
        cut = random.randrange(20, len(whole) - 10)
        yield f"cut-{number}.jsonl.gz", whole[:cut], "truncated_gzip"
        damaged = bytearray(whole)
        for _ in range(5):
            damaged[random.randrange(20, len(whole))] ^= 1 + random.randrange(255)
        yield f"damaged-{number}.jsonl.gz", bytes(damaged), None
    yield "plain.jsonl.gz", record(1), "not_gzip"
    yield "zipped.jsonl", gzip.compress(record(1)), "wrong_extension"
    bomb = gzip.compress(b" " * (300 * 2**20), 9)
    for suffix in ("jsonl.gz", "csv.gz", "ndjson.gz"):
        yield f"bomb.{suffix}", bomb, "gzip_bomb"
    yield "bomb.jsonl.zst", pa.compress(b" " * (300 * 2**20), "zstd", asbytes=True), None
    yield "twice.jsonl.gz", gzip.compress(gzip.compress(record(1))), None


def _tables(random: random.Random) -> Iterator[Made]:
    header = b"text,title,published_on\n"
    row = f'"{TEXT.format(1)}",Tin,2024-01-02\n'.encode()
    for number in range(10):
        yield f"row-{number}.csv", header + row + b"a," * (3 + number) + b"\n" + row, "bad_row"
    yield "no-text.csv", b"title,url\na,b\n", "missing_text"
    yield "utf8.csv", header + b'"a \xff b",Tin,2024-01-02\n', "invalid_utf8"
    yield "open-quote.csv", header + b'"' + b"a" * (20 * 2**20), None
    yield "day.csv", header + row.replace(b"2024-01-02", b"2024-13-02"), "bad_date"
    sink = io.BytesIO()
    pq.write_table(pa.table({"text": [TEXT.format(n) + random.randbytes(500).hex() for n in range(200)]}), sink)
    whole = sink.getvalue()
    for number in range(15):
        yield f"cut-{number}.parquet", whole[: random.randrange(10, len(whole) - 9)], "bad_parquet"
    for number, kind in enumerate((pa.int64(), pa.list_(pa.string()), pa.float64(), pa.bool_())):
        sink = io.BytesIO()
        pq.write_table(pa.table({"text": pa.nulls(3, kind)}), sink)
        yield f"type-{number}.parquet", sink.getvalue(), "wrong_type"
    sink = io.BytesIO()
    large = pa.DictionaryArray.from_arrays(pa.array([0] * 3000, pa.int32()), pa.array(["a" * (9 * 2**20)]))
    pq.write_table(pa.table({"text": large}), sink)
    yield "bomb.parquet", sink.getvalue(), "parquet_bomb"
    for number in range(10):
        yield f"noise-{number}.warc", b"WARC/1.0\r\n" + random.randbytes(400), "bad_warc"
        yield f"noise-{number}.warc.gz", gzip.compress(random.randbytes(400)), "bad_warc"


def _manifests(random: random.Random) -> Iterator[Made]:
    header = b"file,outlet,published_on,url,language\n"
    rows = {
        "missing": (b"outlet,url\na,b\n", "manifest_missing_column"),
        "extra": (b"file,colour\na.txt,red\n", "manifest_extra_column"),
        "twice": (header + b"a.txt,A,,,\na.txt,B,,,\n", "manifest_duplicate_row"),
        "unknown": (header + b"nowhere.txt,A,,,\n", "manifest_unknown_file"),
        "outside": (header + b"../a.txt,A,,,\n/etc/passwd,A,,,\n", "manifest_bad_path"),
        "cells": (header + b"a.txt,A\n", "manifest_bad_row"),
        "year-0": (header + b"a.txt,A,0000-01-01,,\n", "bad_date"),
        "year-9999": (header + b"a.txt,A,9999-12-31,,\n", "future_date"),
        "no-day": (header + b"a.txt,A,2023-02-29,,\n", "bad_date"),
        "address": (header + b"a.txt,A,,javascript:alert(1),\n", "bad_url"),
        "language": (header + b"a.txt,A,,,Ti\xe1\xba\xbfng\n", "bad_language"),
        "binary": (b"\x89PNG" + random.randbytes(100), "binary"),
        "empty": (b"", "empty_file"),
        "quote": (header + b'"a.txt,' + b"a" * 200_000, "manifest_bad_csv"),
        "utf8": (header + "a.txt,Báo".encode() + b"\xff,,,\n", "invalid_utf8"),
    }
    for name, (content, reason) in rows.items():
        yield f"manifest-{name}/manifest.csv", content, reason


def make(folder: Path, files: int = MANY, seed: int = 6) -> dict[str, str | None]:
    """Write malformed inputs into `folder`, about `files` of them; returns their paths as they are shown, and why."""
    source = random.Random(seed)
    made = [*_files(source), *_records(source), *_tables(source), *_manifests(source)]
    source.shuffle(made)
    expected: dict[str, str | None] = {}
    for name, content, reason in made[:files]:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        expected[name] = reason
        if path.name == "manifest.csv":
            (path.parent / "a.txt").write_bytes(text(len(expected)))
    return expected | _no_files(folder)


def _no_files(folder: Path) -> dict[str, str | None]:
    for name in _NAMES:
        (folder / name).write_bytes(text(0))
    (folder / os.fsdecode(b"no-\xff\xfe-text.txt")).write_bytes(text(0))
    os.mkfifo(folder / "pipe.txt")
    os.mkfifo(folder / "pipe.jsonl.gz")
    with socket.socket(socket.AF_UNIX) as server:
        here = os.open(folder, os.O_RDONLY)
        server.bind(f"/proc/self/fd/{here}/socket.txt")
        os.close(here)
    (folder / "loop").symlink_to(folder)
    (folder / "self.txt").symlink_to(folder / "self.txt")
    (folder / "outside.txt").symlink_to("/etc/passwd")
    (folder / "broken.txt").symlink_to(folder / "nowhere")
    shown = {name.encode("unicode_escape").decode(): reason for name, reason in _NAMES.items() if "\\" not in name}
    return shown | {
        "back\\\\slash.txt": "bad_name",
        "no-\\udcff\\udcfe-text.txt": "bad_name",
        **dict.fromkeys(("pipe.txt", "pipe.jsonl.gz", "socket.txt"), "not_a_file"),
        **dict.fromkeys(("loop", "self.txt", "outside.txt", "broken.txt"), "symlink"),
    }


if __name__ == "__main__":
    print(f"{len(make(Path(sys.argv[1]), *map(int, sys.argv[2:3])))} malformed inputs")
