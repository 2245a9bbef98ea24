"""One text in many outlets is one story; texts that only look alike are not; what was told once stays."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from pipelines.contract import DOCUMENT_SCHEMA
from pipelines.loading import connect_store, tell_stories, unsigned_batches, unsigned_count, write_signatures
from pipelines.loading import stories as loading_stories
from pipelines.stories import SIGNATURE_VERSION, sign

DAY = date(2024, 3, 1)
AGENCY = (
    "Bộ Quốc phòng Slovenia ngày 1/3 thông báo đã ký hợp đồng mua mười hai khẩu pháo tự hành của Pháp. "
    "Theo thông cáo, hai khẩu đầu tiên sẽ được giao vào cuối năm tới, số còn lại trong ba năm tiếp theo. "
    "Bộ trưởng nói việc mua sắm này nằm trong kế hoạch hiện đại hóa lục quân được quốc hội thông qua hồi năm ngoái. "
    "Phe đối lập cho rằng giá quá cao và đòi công bố các điều khoản. Phía Pháp chưa bình luận về thông tin trên. "
    "Hai nước đã hợp tác về huấn luyện pháo binh từ nhiều năm nay, và binh sĩ Slovenia sẽ sang Pháp học từ mùa hè. "
)
TEXTS = {
    "agency": AGENCY,
    "with another lead": "Tin từ Ljubljana cho hay một hợp đồng lớn vừa được ký. " + AGENCY,
    "without the end": AGENCY[: AGENCY.index("Hai nước đã")],
    "in capitals": AGENCY.upper().replace(",", ""),
    "own report of the same deal": (
        "Lục quân Slovenia sắp có pháo mới. Thỏa thuận với Paris, đặt bút hôm thứ Sáu, gồm một tá khẩu đội bánh lốp, "
        "kèm đạn và phụ tùng. Các nghị sĩ đối lập đã yêu cầu giải trình về chi phí. Giới quan sát xem đây là bước tiến "
        "của quan hệ quốc phòng song phương. Chiếc đầu tiên dự kiến về đến căn cứ vào tháng 12 năm sau."
    ),
    "same form, another deal": (
        "Bộ Quốc phòng Croatia ngày 2/3 thông báo đã ký hợp đồng mua tám trực thăng vận tải của Ý. "
        "Theo thông cáo, chiếc đầu tiên sẽ được giao vào mùa xuân, số còn lại trong năm năm. "
        "Bộ trưởng nói việc mua sắm này giúp thay thế đội bay cũ từ thời Nam Tư. Phe đối lập chưa lên tiếng. "
        "Nhà sản xuất cho biết sẽ mở trung tâm bảo dưỡng tại Zagreb và đào tạo ba mươi kỹ thuật viên địa phương. "
    ),
}
ONE_STORY = {"agency", "with another lead", "without the end", "in capitals"}


def documents(texts: Iterable[tuple[str, str, date | None]]) -> pa.Table:
    rows = [
        {
            "document_id": name,
            "source_path": name,
            "body": body,
            "content_sha256": name,
            "published_on": day,
            "published_on_source": "record" if day else None,
        }
        for name, body, day in texts
    ]
    return pa.Table.from_pylist(rows, schema=DOCUMENT_SCHEMA)


@pytest.fixture
def con(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with connect_store(tmp_path / "store.duckdb") as con:
        yield con


def tell(con: duckdb.DuckDBPyConnection, texts: Iterable[tuple[str, str, date | None]]) -> dict[str, str]:
    """Add documents, and give the story of each that is there."""
    con.register("added", documents(texts))
    con.execute("insert into raw.documents by name select *, now()::timestamp as loaded_at from added")
    con.unregister("added")
    unsigned_count(con, SIGNATURE_VERSION)
    for batch in unsigned_batches(con):
        write_signatures(con, SIGNATURE_VERSION, pa.Table.from_batches([sign(batch)]))
    tell_stories(con)
    return dict(con.execute("select document_id, story_id from raw.document_stories").fetchall())


def test_one_text_in_many_outlets_is_one_story_and_look_alikes_are_not(con):
    told = tell(con, [(name, text, DAY) for name, text in TEXTS.items()])
    assert {told[name] for name in ONE_STORY} == {"agency"}
    for name in TEXTS.keys() - ONE_STORY:
        assert told[name] == name


def test_a_text_that_comes_back_after_weeks_is_a_new_story(con):
    days = {name: DAY + timedelta(days=number) for name, number in {"a": 0, "b": 9, "c": 60, "d": 61}.items()}
    assert tell(con, [(name, AGENCY, day) for name, day in days.items()]) == {"a": "a", "b": "a", "c": "c", "d": "c"}
    assert tell(con, [("e", AGENCY, DAY + timedelta(days=66))])["e"] == "c"


def test_a_copy_without_a_date_joins_whatever_came_first(con):
    told = tell(con, [("dated", AGENCY, DAY), ("undated", AGENCY + "Hết.", None)])
    assert told == {"dated": "dated", "undated": "dated"}
    assert tell(con, [("later", AGENCY + "Xong.", DAY + timedelta(days=3))])["later"] == "dated"


def test_short_texts_are_like_nothing(con):
    told = tell(con, [("a", "Tin vắn", DAY), ("b", "Tin vắn", DAY), ("c", "…", DAY)])
    assert told == {"a": "a", "b": "b", "c": "c"}


def variants(count: int) -> list[tuple[str, str, date]]:
    """Many texts, of which about a third are copies with a word or two changed."""
    dice = random.Random(7)
    vocabulary = [f"từ{number}" for number in range(500)]
    texts: list[list[str]] = []
    found = []
    for number in range(count):
        if texts and dice.random() < 0.4:
            words = list(dice.choice(texts))
            words[dice.randrange(len(words))] = "khác"
        else:
            words = dice.choices(vocabulary, k=120)
        texts.append(words)
        found.append((f"{number:03}", " ".join(words), DAY + timedelta(days=dice.randrange(10))))
    return found


def test_the_order_of_reading_and_the_size_of_rounds_change_nothing(tmp_path, monkeypatch):
    texts = variants(150)
    told = []
    for number, (order, taken) in enumerate([(texts, 50_000), (texts[::-1], 50_000), (texts, 20)]):
        monkeypatch.setattr(loading_stories, "_TAKEN", taken)
        with connect_store(tmp_path / f"{number}.duckdb") as con:
            told.append(tell(con, order))
    assert told[0] == told[1] == told[2]
    assert 60 < len(set(told[0].values())) < 120


def test_new_documents_never_move_old_ones(con):
    texts = variants(120)
    before = tell(con, texts[:80])
    after = tell(con, texts[80:])
    assert before.items() <= after.items()
    assert any(after[name] in before for name, _, _ in texts[80:])


def test_signatures_do_not_depend_on_the_batch():
    rows = documents([(name, text, DAY) for name, text in TEXTS.items()]).combine_chunks().to_batches()[0]
    whole = sign(rows).to_pylist()
    assert [sign(rows.slice(number, 1)).to_pylist()[0] for number in range(rows.num_rows)] == whole


def test_a_new_way_to_sign_signs_all_again(con):
    tell(con, [("a", AGENCY, DAY)])
    assert unsigned_count(con, SIGNATURE_VERSION) == 0
    assert unsigned_count(con, "another") == 1
    assert con.execute("select count(*) from raw.story_buckets").fetchone() == (0,)
