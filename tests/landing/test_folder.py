"""The folder as a whole: manifests, duplicates, unchanged files, batches, and the articles of the first run."""

from __future__ import annotations

import gzip
import hashlib
import json
import unicodedata
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from landed import TODAY, land

from pipelines.contract import DOCUMENT_SCHEMA, REJECT_SCHEMA
from pipelines.landing import FILE_SCHEMA, READER_VERSION, read_folder
from pipelines.landing.articles import Article, Given, document
from pipelines.landing.normalise import normalise
from pipelines.landing.rejects import OtherLanguage, Unreadable

ARTICLES = Path(__file__).parents[2] / "seeds" / "articles"
TEXT = "Tàu hàng cập cảng Batumi\nMột tàu hàng chở linh kiện đã cập cảng Batumi sáng nay."


def test_title_and_body_of_a_text_file(put, tmp_path):
    put("a.txt", f"\n{TEXT}\n")
    (document,) = land(tmp_path).documents
    assert document["title"] == "Tàu hàng cập cảng Batumi"
    assert document["body"] == TEXT
    assert document["content_sha256"] == hashlib.sha256(f"{document['title']}\0{TEXT}".encode()).hexdigest()
    assert document["document_id"] == document["content_sha256"][:16]


def test_title_of_a_record_is_not_in_the_body(put, tmp_path):
    record = {
        "text": TEXT,
        "title": " Tiêu  đề ",
        "outlet": "Báo Mẫu",
        "url": "https://a.example/1",
        "language": "vi-VN",
    }
    put("a.jsonl.gz", gzip.compress(json.dumps(record).encode()))
    (document,) = land(tmp_path).documents
    assert (document["title"], document["body"]) == ("Tiêu đề", TEXT)
    assert (document["outlet"], document["url"], document["language"]) == ("Báo Mẫu", "https://a.example/1", "vi")
    assert document["source_path"] == "a.jsonl.gz#1"


def test_same_article_in_several_places_is_one_document(put, tmp_path):
    put("a.txt", TEXT)
    put("b/copy.txt", unicodedata.normalize("NFD", TEXT) + "\r\n")
    put("c.jsonl", json.dumps({"text": TEXT}) + "\n" + json.dumps({"text": TEXT + "\nMinh Khuê"}) + "\n")
    documents = land(tmp_path).documents
    assert len(documents) == 4
    assert len({document["document_id"] for document in documents}) == 1


def test_nearest_manifest_speaks(put, tmp_path):
    for name in ("a.txt", "b/a.txt", "b/c.txt", unicodedata.normalize("NFD", "b/tập tin.txt")):
        put(name, f"{name}\n{TEXT}")
    put("manifest.csv", "\ufefffile,outlet\na.txt,Gốc\nb/a.txt,Gốc\nb/c.txt,Gốc\n")
    put("b/manifest.csv", "file,outlet\na.txt,Nhánh\ntập tin.txt,Nhánh\n")
    landed = land(tmp_path)
    assert landed.rejects == []
    outlets = {unicodedata.normalize("NFC", path): row["outlet"] for path, row in landed.by_path().items()}
    assert outlets == {"a.txt": "Gốc", "b/a.txt": "Nhánh", "b/c.txt": "Gốc", "b/tập tin.txt": "Nhánh"}


def test_unchanged_files_are_skipped(put, tmp_path):
    put("a.txt", TEXT)
    put("b.jsonl", json.dumps({"text": TEXT + " Thêm."}) + "\n{\n")
    put("manifest.csv", "file,outlet\na.txt,Báo Mẫu\ngone.txt,Báo Mẫu\n")
    first = land(tmp_path)
    known = {(file["source_path"], file["file_sha256"]) for file in first.files}

    def skip(path: str, digest: str) -> bool:
        return (path, digest) in known

    again = land(tmp_path, skip=skip)
    assert (again.documents, again.rejects) == ([], [])
    assert again.files == first.files

    put("manifest.csv", "file,outlet\na.txt,Báo Khác\n")
    changed = land(tmp_path, skip=skip)
    assert [(row["source_path"], row["outlet"]) for row in changed.documents] == [("a.txt", "Báo Khác")]

    put("b.jsonl", json.dumps({"text": TEXT + " Thêm nữa."}) + "\n")
    assert sorted(land(tmp_path, skip=skip).by_path()) == ["a.txt", "b.jsonl#1"]


def test_batches_are_bounded_and_close_a_file_with_its_last_article(put, tmp_path):
    put("a.jsonl", "".join(json.dumps({"text": f"Bài {n}\n{TEXT}"}) + "\n" for n in range(25)))
    put("b.txt", TEXT)
    batches = list(read_folder(tmp_path, batch_size=10, today=TODAY))
    assert [batch.documents.num_rows for batch in batches] == [10, 10, 6]
    assert [batch.files.column("source_path").to_pylist() for batch in batches] == [[], [], ["a.jsonl", "b.txt"]]
    for batch in batches:
        assert batch.documents.schema == DOCUMENT_SCHEMA
        assert batch.rejects.schema == REJECT_SCHEMA
        assert batch.files.schema == FILE_SCHEMA


def test_empty_folder(tmp_path):
    assert land(tmp_path) == ([], [], [], [])


def test_reader_version_is_a_content_hash():
    assert len(READER_VERSION) == 16
    assert int(READER_VERSION, 16) >= 0


def test_articles_of_the_first_run():
    landed = land(ARTICLES)
    assert landed.rejects == []
    assert len(landed.documents) == 30
    assert len({row["document_id"] for row in landed.documents}) == 29
    assert {row["language"] for row in landed.documents} == {"vi", "en"}
    assert {row["published_on_source"] for row in landed.documents} == {
        "manifest", "record", "metadata", "dateline", None,
    }  # fmt: skip
    for word in ("Recent Posts", "Xem thêm", "Tags", "lượt xem", "Ảnh:", "Published by", "Tin liên quan", "Biên dịch"):
        assert not any(word in row["body"] for row in landed.documents), word


PIECES = st.text(
    st.sampled_from("aAĐđếẾ\u0301\u0323 \n\r\t.,:“”()[]|>0123\u00a0\u200b\u2028ộNguồnẢnhTheo"), max_size=60
)
ANY_TEXT = st.text(max_size=200) | st.lists(PIECES, max_size=8).map("\n".join)


def made(text: str, title: str | None, given: Given, path: str) -> dict[str, object] | None:
    """The document of a text, or None when it is refused."""
    try:
        return document(Article(text, title, title is None, given), path, TODAY)
    except (Unreadable, OtherLanguage):
        return None


@settings(derandomize=True, deadline=None, max_examples=300)
@given(text=ANY_TEXT, title=st.none() | PIECES)
def test_body_is_stored_text_and_the_id_depends_on_content_only(text, title):
    row = made(text, title, Given(), "a.txt")
    if row is None:
        return
    body = row["body"]
    assert unicodedata.is_normalized("NFC", body)
    assert normalise(body) == body
    assert any(char.isalpha() for char in body)
    other = Given("Báo Mẫu", "https://a.example", "vi", TODAY, "manifest")
    for spelling in (text, text.replace("\n", "\r\n"), unicodedata.normalize("NFD", text), f"\ufeff{text}\n"):
        again = made(spelling.replace("\r\r\n", "\r\n"), title, other, "b/c.jsonl#17")
        assert again is not None
        assert (again["document_id"], again["body"]) == (row["document_id"], body)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(text=ANY_TEXT)
def test_normalising_twice_changes_nothing(text):
    try:
        once = normalise(text)
    except Unreadable:
        return
    assert normalise(once) == once
    assert once == once.strip()
    assert "\r" not in once and "\n\n\n" not in once and " \n" not in once


@settings(derandomize=True, deadline=None, max_examples=150)
@given(content=st.binary(max_size=300), suffix=st.sampled_from([".txt", ".html", ".jsonl", ".jsonl.gz", ".csv"]))
def test_no_bytes_stop_the_run(tmp_path_factory, content, suffix):
    folder = tmp_path_factory.mktemp("bytes")
    (folder / f"any{suffix}").write_bytes(content)
    (folder / "good.txt").write_text(TEXT, "utf-8")
    landed = land(folder)
    assert "good.txt" in landed.by_path()
    assert len(landed.files) == 2
