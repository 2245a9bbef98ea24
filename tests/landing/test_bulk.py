"""Bulk formats: the same articles come out of each, bad records cost only themselves, other languages are counted."""

from __future__ import annotations

import csv
import gzip
import io
import json
from datetime import date
from itertools import islice

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from landed import TODAY, land

from pipelines.engines import process_map
from pipelines.engines.pool import AHEAD
from pipelines.landing import read_folder

TEXTS = [
    "Một tàu hàng chở linh kiện vô tuyến đã cập cảng Batumi sáng nay, theo báo địa phương.",
    'Bộ trưởng nói: "Chúng tôi sẽ gặp lại".\nHai bên chưa định ngày; cuộc gặp trước bị hoãn, không rõ vì sao.',
    "The two ministers have been in touch over the delivery, and said that they will meet again before the end of it.",
]
ARTICLES = [
    {
        "text": text,
        "title": f"Bài {number}, phần đầu",
        "outlet": "Báo Mẫu",
        "published_on": "2023-08-31",
        "url": f"https://a.example/{number}",
        "language": None,
    }
    for number, text in enumerate(TEXTS)
]
FRENCH = (
    "Le ministre de la défense a annoncé mardi que son pays livrerait douze véhicules blindés à son voisin avant la "
    "fin de l'année, sans préciser le montant du contrat."
)


def zstd(data: bytes) -> bytes:
    """One Zstandard frame."""
    return pa.compress(data, "zstd", asbytes=True)


def json_lines(articles: list[dict] = ARTICLES) -> bytes:
    return b"".join(json.dumps(article, ensure_ascii=False).encode() + b"\n" for article in articles)


def table(delimiter: str) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(ARTICLES[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(ARTICLES)
    return text.getvalue().encode()


def parquet(rows: pa.Table, **options: object) -> bytes:
    sink = io.BytesIO()
    pq.write_table(rows, sink, **options)
    return sink.getvalue()


COLLECTION_NAMES = {"text": "maintext", "published_on": "date", "outlet": "domain"}
FILES = {
    "a.jsonl": json_lines(),
    "a.ndjson.gz": gzip.compress(json_lines()),
    "a.jsonl.zst": zstd(json_lines(ARTICLES[:1])) + zstd(json_lines(ARTICLES[1:])),
    "a.csv": table(","),
    "semicolons.csv.gz": gzip.compress(b"\xef\xbb\xbf" + table(";")),
    "a.tsv.zst": zstd(table("\t")),
    "a.parquet": parquet(pa.Table.from_pylist(ARTICLES), row_group_size=2),
    "collection.parquet": parquet(
        pa.Table.from_pylist(
            [
                {COLLECTION_NAMES.get(name, name): value for name, value in article.items()}
                | {"date": date(2023, 8, 31), "image_url": "x"}
                for article in ARTICLES
            ]
        )
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_every_format_gives_the_same_articles(put, tmp_path, name):
    put("lines.jsonl", FILES["a.jsonl"])
    put(f"other/{name}", FILES[name])
    landed = land(tmp_path)
    assert landed.rejects == []
    assert len(landed.documents) == 2 * len(ARTICLES)
    first, other = landed.documents[: len(ARTICLES)], landed.documents[len(ARTICLES) :]
    assert {row["source_path"].split("#")[0] for row in other} == {f"other/{name}"}
    for row, same in zip(first, other, strict=True):
        assert {**row, "source_path": ""} == {**same, "source_path": ""}
    assert [row["language"] for row in first] == ["vi", "vi", "en"]


def test_places_are_lines_and_rows(put, tmp_path):
    put("a.csv", table(","))
    put("a.parquet", FILES["a.parquet"])
    assert list(land(tmp_path).by_path()) == [
        "a.csv#2",
        "a.csv#3",
        "a.csv#5",
        "a.parquet#1",
        "a.parquet#2",
        "a.parquet#3",
    ]


BAD_ROWS = {
    "cells": (b'more,cells,than,the,header,has,"here"\n', "bad_row"),
    "utf8": (b"Kh\xff ng,b,,,,\n", "invalid_utf8"),
    "text": (b",only a title,,,,\n", "missing_text"),
    "size": (b'"' + b"x" * (8 * 2**20 - 2) + b'\nmore than allowed",b,,,,\n', "bad_csv"),
}


@pytest.mark.parametrize("name", BAD_ROWS)
def test_a_bad_row_of_a_csv_file_costs_only_itself(put, tmp_path, name):
    row, reason = BAD_ROWS[name]
    head, *rows = table(",").split(b"\r\n", 1)
    put("a.csv", head + b"\r\n" + row + rows[0])
    landed = land(tmp_path)
    assert landed.reasons()[0] == ("a.csv", 2, reason)
    assert len(landed.documents) == len(ARTICLES)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.csv", b"name,colour\nx,y\n", "missing_text"),
        ("a.parquet", parquet(pa.table({"headline": ["x"]})), "missing_text"),
        ("a.parquet", parquet(pa.table({"text": [1, 2]})), "wrong_type"),
        ("a.parquet", b"PAR1 and no more", "bad_parquet"),
        ("a.jsonl.zst", json_lines(), "not_zstd"),
        ("a.jsonl", zstd(json_lines()), "wrong_extension"),
        ("a.warc", b"no archive at all", "bad_warc"),
    ],
)
def test_a_file_that_cannot_be_used(put, tmp_path, name, content, reason):
    put("good.txt", TEXTS[0])
    put(name, content)
    landed = land(tmp_path)
    assert [reject[2] for reject in landed.reasons()] == [reason]
    assert list(landed.by_path()) == ["good.txt"]


def test_a_row_without_text_costs_only_itself(put, tmp_path):
    put("a.parquet", parquet(pa.table({"text": [TEXTS[0], None, TEXTS[1]]})))
    landed = land(tmp_path)
    assert landed.reasons() == [("a.parquet", 2, "missing_text")]
    assert list(landed.by_path()) == ["a.parquet#1", "a.parquet#3"]


def test_truncated_zstd_gives_the_lines_before(put, tmp_path):
    lines = json_lines([{"text": f"{n} {TEXTS[0]}"} for n in range(5000)])
    put("a.jsonl.zst", zstd(lines) + zstd(lines)[:-100])
    landed = land(tmp_path)
    ((path, place, reason),) = [reject for reject in landed.reasons() if reject[2] != "bad_json"]
    assert (path, reason) == ("a.jsonl.zst", "truncated_zstd")
    assert 5000 < place <= 10_000
    assert len(landed.documents) >= 5000


def page(text: str) -> bytes:
    paragraphs = "".join(f"<p>{part} {part}</p>" for part in (text, text))
    return f"<html><head><title>Trang</title></head><body><article>{paragraphs}</article></body></html>".encode()


def response(url: str, body: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK") -> bytes:
    """A WARC record as CC-NEWS has it."""
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{url}>\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: 2023-08-31T05:00:00Z\r\nContent-Type: application/http\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


RECORDS = [
    b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Type: application/warc-fields\r\nContent-Length: 0\r\n\r\n\r\n\r\n",
    response("https://www.baomau.example/1", page(TEXTS[0])),
    response("https://baomau.example/a.png", b"\x89PNG", "image/png"),
    response("https://baomau.example/gone", page(TEXTS[1]), status="404 Not Found"),
    response("https://journal.example/2", page(FRENCH)),
    response("https://news.example/3", page(TEXTS[2])),
]


@pytest.mark.parametrize("zipped", [False, True])
def test_web_archive(put, tmp_path, zipped):
    records = [gzip.compress(record) if zipped else record for record in RECORDS]
    name = "news.warc.gz" if zipped else "news.warc"
    put(name, b"".join(records))
    landed = land(tmp_path)
    assert landed.rejects == []
    first = len(records[0])
    last = sum(map(len, records[:5]))
    assert list(landed.by_path()) == [f"{name}#{first}", f"{name}#{last}"]
    document = landed.documents[0]
    assert TEXTS[0] in document["body"]
    assert (document["outlet"], document["url"]) == ("baomau.example", "https://www.baomau.example/1")
    assert landed.skipped == [{"source_path": name, "language": "fr", "articles": 1}]


def test_damaged_web_archive_gives_the_pages_before(put, tmp_path):
    records = [gzip.compress(record) for record in RECORDS]
    records[4] = records[4][: len(records[4]) // 2]
    put("news.warc.gz", b"".join(records))
    landed = land(tmp_path)
    assert next(iter(landed.by_path())) == f"news.warc.gz#{len(records[0])}"
    assert {reason for _, _, reason in landed.reasons()} == {"bad_warc"}


def test_other_languages_are_counted_not_rejected(put, tmp_path):
    put(
        "a.jsonl",
        json_lines([*ARTICLES, {"text": FRENCH}, {"text": FRENCH + " Encore."}, {"text": TEXTS[0], "language": "ja"}]),
    )
    put("short.txt", "Ça va")
    landed = land(tmp_path)
    assert landed.rejects == []
    assert len(landed.documents) == len(ARTICLES) + 1
    assert sorted((row["language"], row["articles"]) for row in landed.skipped) == [("fr", 2), ("ja", 1)]


def test_other_processes_read_the_same(put, tmp_path):
    for name, content in FILES.items():
        put(name, content)
    put("broken.jsonl", b"{\n" + json_lines())
    alone = list(read_folder(tmp_path, batch_size=2, today=TODAY))
    with process_map(2, here=1) as mapper:
        assert list(read_folder(tmp_path, batch_size=2, today=TODAY, mapper=mapper)) == alone


def test_reading_does_not_run_ahead_of_loading():
    taken = []
    with process_map(1) as mapper:
        results = mapper(abs, (taken.append(number) or number for number in range(1000)))
        assert list(islice(results, 3)) == [0, 1, 2]
        assert len(taken) == 3 + AHEAD
