"""The publication date: manifest or record, then page, then dateline, else none."""

from __future__ import annotations

import json
from datetime import date

import pytest
import yaml
from landed import TODAY, land

from pipelines.landing import dates

BODY = "Hai nước bàn chuyện mua tàu.\nCuộc gặp kéo dài ba giờ.\nKhông bên nào nói về giá.\n"
PAGE = """<html><head><title>Hai nước bàn chuyện mua tàu</title>
<meta property="article:published_time" content="2020-05-06T07:00:00Z"></head>
<body><article><p>Hà Nội, ngày 1/2/2019 – Hai nước bàn chuyện mua tàu, theo một quan chức ngoại giao.</p>
<p>Cuộc gặp kéo dài ba giờ và không bên nào nói về giá.</p></article></body></html>"""


def examples() -> list[tuple[str, date]]:
    """Every dateline that the pattern files show."""
    files = sorted(dates._PATTERNS.glob("*/datelines.yaml"))
    rules = [rule for path in files for rule in yaml.safe_load(path.read_text("utf-8"))["datelines"]]
    return [(example["line"], example["date"]) for rule in rules for example in rule["examples"]]


@pytest.mark.parametrize(("line", "day"), examples())
def test_datelines_of_the_pattern_files(line, day):
    assert dates.dateline(f"Tiêu đề\n{line}\n{BODY}", TODAY) == day


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"Hà Nội, 12/5 – {BODY}",  # no year
        f"31/02/2021\n{BODY}",  # no such day
        f"12/05/2031\n{BODY}",  # in the future
        f"Thỏa thuận ngày 12/05/2021 vẫn còn hiệu lực.\n{BODY}",  # a date of the story
        f"12/05/2021\n13/05/2021\n{BODY}",  # two that differ
        f"{BODY * 5}12/05/2021\n{BODY * 5}",  # in the middle
    ],
)
def test_no_dateline(text):
    assert dates.dateline(text, TODAY) is None


def test_first_publication_counts_before_a_later_change():
    assert dates.dateline(f"Cập nhật: 08:15 14/05/2021\n12/05/2021\n{BODY}", TODAY) == date(2021, 5, 12)


def source(landed) -> tuple[str, str | None]:
    """Day and source of the only document."""
    (document,) = landed.documents
    return str(document["published_on"]), document["published_on_source"]


def test_dateline_of_a_file(put, tmp_path):
    put("a.txt", f"Tiêu đề\nHà Nội, ngày 1/2/2019 – {BODY}")
    assert source(land(tmp_path)) == ("2019-02-01", "dateline")


def test_page_before_dateline(put, tmp_path):
    put("a.html", PAGE)
    assert source(land(tmp_path)) == ("2020-05-06", "metadata")


def test_manifest_before_page(put, tmp_path):
    put("a.html", PAGE)
    put("manifest.csv", "file,published_on\na.html,2020-05-07\n")
    assert source(land(tmp_path)) == ("2020-05-07", "manifest")


def test_record(put, tmp_path):
    put("a.jsonl", json.dumps({"text": f"1/2/2019\n{BODY}", "published_on": "2020-05-08T10:00:00+07:00"}))
    assert source(land(tmp_path)) == ("2020-05-08", "record")


def test_undated(put, tmp_path):
    put("a.txt", f"Tiêu đề\n{BODY}")
    assert source(land(tmp_path)) == ("None", None)
