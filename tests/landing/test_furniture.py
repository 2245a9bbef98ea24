"""Page furniture: every pattern takes and leaves what stands beside it, and whole pages keep their sentences."""

from __future__ import annotations

import re

import pytest

from pipelines.landing import furniture

WHOLE_LINES = ("blocks", "lines", "top", "with_next", "credits", "tail")
TITLE = "Montenegro nhận trực thăng cứu hộ"
SENTENCES = [
    "Montenegro hôm 4/6 nhận hai trực thăng cứu hộ do Áo tặng, Bộ Nội vụ nước này thông báo.",
    "Bộ trưởng nói hai chiếc máy bay sẽ đóng ở Podgorica. “Chúng tôi đợi chúng từ lâu”, ông nói.",
    "Áo sẽ huấn luyện phi công trong ba tháng tới.",
]


def rule_examples(kind: str) -> list[object]:
    """Each example of a rule, named by the rule."""
    return [
        pytest.param(rule, example, id=f"{rule.section}-{rule.name}-{number}")
        for rule in furniture.rules()
        for number, example in enumerate(getattr(rule, kind))
    ]


def matches(rule: furniture.Rule, example: str) -> bool:
    """Whether the rule applies to the line, in the way that its section is used."""
    pattern = re.compile(rule.pattern)
    return bool(pattern.fullmatch(example) if rule.section in WHOLE_LINES else pattern.search(example))


@pytest.mark.parametrize(("rule", "example"), rule_examples("takes"))
def test_rule_takes(rule, example):
    assert matches(rule, example)


@pytest.mark.parametrize(("rule", "example"), rule_examples("leaves"))
def test_rule_leaves(rule, example):
    assert not matches(rule, example)


@pytest.mark.parametrize(("rule", "example"), rule_examples("takes"))
def test_what_a_rule_needs_is_in_what_it_takes(rule, example):
    if rule.section not in ("captions", "links", "inline"):
        assert not rule.needs
    else:
        taken = re.search(rule.pattern, example)[0]
        assert any(need in taken for need in rule.needs)


def remove(*lines: str) -> list[str]:
    """The lines of a titled text that stay, without the title."""
    kept = furniture.remove("\n".join([TITLE, *lines]), titled=True).split("\n")
    assert kept[0] == TITLE
    return [line for line in kept[1:] if line]


@pytest.mark.parametrize(
    "after",
    [
        ["Minh Khuê"],
        ["Minh Khuê (Theo Báo Mẫu)", "", "Published by", "Minh Khuê"],
        ["Quý vị tham khảo bản gốc từ Báo Mẫu", "Minh Khuê biên dịch"],
        ["Nguồn: Báo Mẫu", "Tags: Áo, Montenegro"],
        ["Chia sẻ", "486 lượt xem", "12 bình luận"],
        ["(TTXVN)"],
        ["Recent Posts", "", "Giá cà phê tăng trở lại", "", "Người trồng cà phê mừng ra mặt…", "", "4 giờ ago"],
        ["Tin liên quan", "Giá cà phê tăng trở lại", "Năm món ngon ngày mưa"],
        ["Recent Posts", "Giá cà phê tăng trở lại", "Nông dân mừng ra mặt.", "4 giờ ago", "Mưa to", "6 giờ ago"],
    ],
)
def test_what_follows_the_article_goes(after):
    assert remove(*SENTENCES, *after) == SENTENCES


@pytest.mark.parametrize("before", [["0", "486"], ["Thứ Ba, 04/06/2024, 08:15 GMT+7"], ["Tác giả: Minh Khuê"]])
def test_what_precedes_the_article_goes(before):
    assert remove(*before, *SENTENCES) == SENTENCES


@pytest.mark.parametrize(
    "between",
    [
        ["Trực thăng ở sân bay Podgorica. Ảnh: Báo Mẫu"],
        ["Trực thăng ở sân bay Podgorica (Nguồn: AFP/TTXVN)"],
        ["Trực thăng ở sân bay Podgorica - Ảnh: M.K."],
        ["Trực thăng ở sân bay Podgorica", "Ảnh: Báo Mẫu"],
        ["Trực thăng ở sân bay Podgorica. |"],
        ["Xem thêm: Áo tặng xe cứu hỏa cho Albania"],
        [">> Áo tặng xe cứu hỏa cho Albania"],
        ["Bấm vào ảnh để xem bản đầy đủ."],
    ],
)
def test_what_stands_between_goes(between):
    assert remove(SENTENCES[0], *between, *SENTENCES[1:]) == SENTENCES


def test_paragraphs_run_together_break_at_a_credit():
    first, second, third = SENTENCES
    assert remove(f"Trực thăng ở Podgorica. (Nguồn: AFP) {first} {second} Ảnh: Reuters {third}") == [
        f"{first} {second}",
        third,
    ]
    assert remove(f"{first} Trực thăng ở Podgorica (Ảnh: AFP) {third}") == [first, third]
    assert remove(f"{first} [Áo tặng xe cứu hỏa cho nước láng giềng Albania] {third}") == [first, third]


@pytest.mark.parametrize(
    "line",
    [
        "Ảnh vệ tinh cho thấy hai trực thăng đã rời căn cứ.",
        "Theo Bộ Nội vụ, hai chiếc máy bay còn mới.",
        "Nguồn tin ở Vienna nói khác.",
        "4 giờ trước, chiếc thứ hai mới cất cánh.",
        "Chia sẻ với báo giới, ông nói sẽ còn mua thêm.",
        "Xem thêm tài liệu, người ta mới biết giá thật.",
        "Hai chiếc máy bay bay tới Podgorica.",
        "Ảnh hưởng của việc này (Ảnh: một tờ báo) được nói tới nhiều.",
        "Bài viết khác của ông kể chuyện đó.",
        "Thẻ ra vào sân bay được cấp cho 12 người.",
    ],
)
def test_sentences_stay(line):
    assert remove(SENTENCES[0], line, SENTENCES[2]) == [SENTENCES[0], line, SENTENCES[2]]
    assert remove(*SENTENCES, line) == [*SENTENCES, line]


def test_several_sentences_before_a_credit_stay():
    line = "Áo giữ lại một chiếc. Chiếc này sẽ sang Albania vào mùa thu."
    assert remove(SENTENCES[0], f"{line} Ảnh: Báo Mẫu") == [SENTENCES[0], line]


def test_names_at_the_end_of_a_list_stay():
    names = ["Minh Khuê", "Thu Hà", "Lan Chi", "Hải Yến", "Thảo Nguyên"]
    assert remove(*SENTENCES, *names) == [*SENTENCES, *names]
    assert remove(*SENTENCES, "Hai người nhận huân chương:", *names[:2])[-2:] == names[:2]


def test_the_title_always_stays():
    assert furniture.remove("Tin liên quan\nMột câu.", titled=True) == "Tin liên quan\nMột câu."
