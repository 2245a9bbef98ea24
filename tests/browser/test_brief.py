"""The page as its readers use it: filter, follow a figure to its evidence; by keyboard, on paper, in the dark."""

from __future__ import annotations

import re

import pytest
from articles import HOSTILE
from axe_playwright_python.sync_playwright import Axe
from opening import Open
from playwright.sync_api import Browser, Page, expect

from pipelines.brief import Edition

KRAB = "Slovakia ngày 18/5 ký mua 24 khẩu Krab của Ba Lan."


def matches(page: Page) -> str:
    return page.locator("#matches").inner_text()


def choose(page: Page, name: str, value: str) -> None:
    page.locator(f"#filter [name={name}]").select_option(value)


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("country", "RU", 1),
        ("type", "meeting", 3),
        ("category", "sanction.arms_embargo", 1),
        ("status", "contested", 1),
        ("status", "claim.stated", 6),
        ("status", "news.new", 1),
        ("status", "stage.meeting.planned", 1),
    ],
)
def test_a_choice_leaves_what_it_names(open_page: Open, edition: Edition, name: str, value: str, found: int):
    page = open_page(edition.page)
    assert matches(page) == "7 events"
    choose(page, name, value)
    expect(page.locator("#matches")).to_contain_text(f"{found} of 7")


def test_a_period_leaves_what_can_have_been_in_it(open_page: Open, edition: Edition):
    page = open_page(edition.page)
    page.fill("#filter [name=from]", "2024-01-01")
    page.fill("#filter [name=to]", "2024-12-31")
    page.keyboard.press("Tab")
    expect(page.locator("#matches")).to_contain_text("2 of 7")
    expect(page.locator("#timeline-body")).to_contain_text("Poland – Slovakia")
    expect(page.locator("#timeline-body")).not_to_contain_text("North Korea")


def test_the_address_keeps_the_filter_and_back_undoes_it(open_page: Open, edition: Edition):
    page = open_page(edition.page)
    choose(page, "country", "VN")
    choose(page, "type", "meeting")
    expect(page.locator("#matches")).to_contain_text("2 of 7")
    page.reload()
    page.wait_for_selector("html.ready")
    assert "2 of 7" in matches(page)
    assert page.locator("#filter [name=country]").input_value() == "VN"
    page.go_back()
    page.go_back()
    expect(page.locator("#matches")).to_have_text("7 events")


def test_nonsense_in_the_address_is_ignored(open_page: Open, edition: Edition):
    page = open_page(
        edition.page, "lang=xx&country=__proto__&category=a.b.c&from=yesterday&year=1&open=constructor:1&report=a.b"
    )
    assert matches(page) == "7 events"
    expect(page.locator("#sheet-body")).to_contain_text("not in this edition")


def test_a_pair_of_the_timeline_shows_what_is_between_the_two(open_page: Open, edition: Edition):
    page = open_page(edition.page)
    page.get_by_role("button", name="Poland – Slovakia", exact=True).first.click()
    expect(page.locator("#matches")).to_contain_text("1 of 7")
    expect(page.locator("#timeline-body h3")).to_have_text("Poland – Slovakia")
    expect(
        page.locator("#timeline-body svg[aria-label='Events between Poland and Slovakia'] [role=button]")
    ).to_have_count(1)


def test_every_figure_opens_as_many_events_as_it_says(open_page: Open, edition: Edition):
    page = open_page(edition.page)
    page.wait_for_selector("#meetings-body svg")
    figures = page.eval_on_selector_all(
        "main [data-open]",
        """found => found.map((each) => ({
            open: each.dataset.open,
            says: each.matches('.figure') ? each.textContent
                : each.matches('svg *') ? each.getAttribute('aria-label') : null,
        }))""",
    )
    assert {figure["open"].split(":")[0] for figure in figures} >= {
        "news", "when", "undated", "pair", "flow", "arms", "regime", "claim", "planned", "event",
    }  # fmt: skip
    for figure in figures:
        page.evaluate("open => { location.hash = new URLSearchParams({ lang: 'en', open }) }", figure["open"])
        shown = page.locator("#sheet[open]:not([aria-busy]) .deck")
        number = re.search(r"(\d+)(?: events?)?$", figure["says"] or "")
        expect(shown).to_contain_text(f"{number[1] if number else ''} event")
        assert page.locator("#sheet-body .event").count() >= 1, figure
        page.evaluate("location.hash = 'lang=en'")
        expect(page.locator("#sheet")).not_to_have_attribute("open", "")


def test_a_report_opens_its_article_with_the_evidence_marked_in_place(open_page: Open, edition: Edition):
    page = open_page(edition.page)
    page.get_by_role("button", name="Poland → Slovakia: 1").click()
    quote = page.locator(".quote", has_text=KRAB)
    expect(quote).to_contain_text("24")
    quote.locator(".read").click()
    expect(page.locator("#sheet-title")).to_have_text("Slovakia mua pháo")
    assert page.locator("mark.evidence").all_inner_texts() == [KRAB]
    expect(page.locator(".text")).to_contain_text("𠀋🛰️ Mở đầu")
    expect(page.get_by_role("link", name="Original page")).to_have_attribute("href", "https://example.org/krab")
    page.get_by_role("button", name="Back to the list").click()
    expect(quote).to_be_visible()


def test_an_address_of_a_report_opens_it(open_page: Open, edition: Edition):
    page = open_page(edition.page)
    page.get_by_role("button", name="Poland → Slovakia: 1").click()
    page.locator("#sheet .read").first.click()
    expect(page.locator("mark.evidence")).to_be_visible()
    again = open_page(edition.page, page.url.partition("#")[2])
    expect(again.locator("mark.evidence")).to_be_visible()


def test_what_an_article_says_stays_text(open_page: Open, edition: Edition):
    page = open_page(edition.page, "lang=en&country=IR")
    expect(page.locator("#sanctions-body")).to_contain_text(HOSTILE)
    page.locator("#sanctions-body .figure").first.click()
    page.locator("#sheet .read").click()
    expect(page.locator("#sheet-title")).to_have_text(HOSTILE)
    expect(page.locator(".text")).to_contain_text(HOSTILE)
    assert page.get_by_role("link", name="Original page").count() == 0
    assert page.locator("img, #sheet script, main script").count() == 0
    assert page.title() == "armswatch – the brief"


@pytest.mark.parametrize(
    "attempt",
    [
        "document.body.innerHTML = '<b>'",
        "document.head.append(Object.assign(document.createElement('script'), { textContent: 'window.owned = 1' }))",
        "document.body.setAttribute('onclick', 'window.owned = 1'), document.body.click()",
        "setTimeout('window.owned = 1')",
    ],
)
def test_the_policy_refuses_foreign_code(chromium: Browser, edition: Edition, attempt: str):
    page = chromium.new_page()
    page.goto(edition.page.as_uri())
    page.wait_for_selector("html.ready")
    page.evaluate(f"() => {{ try {{ {attempt} }} catch {{}} }}")
    assert page.evaluate(
        "new Promise((done) => setTimeout(() => done([window.owned, document.querySelector('main') !== null])))"
    ) == [
        None,
        True,
    ]
    page.close()


def test_what_is_new_since_the_file_before(open_page: Open, edition: Edition):
    page = open_page(edition.page)
    news = page.locator("#news-body")
    expect(news).to_contain_text("1 new articles")
    tiles = dict(zip(news.locator("dt").all_inner_texts(), news.locator("dd").all_inner_texts(), strict=True))
    assert tiles == {
        "New arms transfers": "0", "New sanctions": "0", "New meetings": "1",
        "Changed events": "2", "Newly denied": "1",
    }  # fmt: skip
    expect(news.locator(".line", has_text="Krab")).to_contain_text("agreed → delivered")
    expect(news.locator(".line", has_text="North Korea")).to_contain_text("now denied")
    expect(news.locator(".line", has_text="Japan")).to_contain_text("new")


def test_a_contested_claim_shows_both_sides(open_page: Open, edition: Edition):
    page = open_page(edition.page)
    card = page.locator(".card")
    expect(card.locator(".said")).to_contain_text("Mỹ cáo buộc")
    expect(card.locator(".denied").first).to_contain_text("Nga bác bỏ")
    expect(page.locator("#claims-body tbody")).to_contain_text("United States")


def test_the_language_can_be_switched(open_page: Open, edition: Edition):
    page = open_page(edition.page, "country=JP")
    assert page.locator("html").get_attribute("lang") == "en"
    english = page.locator("body").inner_text()
    page.get_by_role("button", name="Tiếng Việt").click()
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    expect(page.locator("h1")).to_have_text("Chuyển giao vũ khí, trừng phạt, gặp gỡ")
    expect(page.locator("#matches")).to_have_text("2 trên 7 sự kiện khớp")
    expect(page.locator("#filter [name=country]")).to_have_value("JP")
    expect(page.locator("#meetings-body")).to_contain_text("Nhật Bản – Việt Nam")
    vietnamese = page.locator("body").inner_text()
    for text in (english, vietnamese):
        assert not re.search(r"\b(?:news|timeline|flows|sanctions|meetings|claims|filter|stage|standing)\.\w", text)


def test_a_vietnamese_browser_gets_vietnamese(open_page: Open, chromium: Browser, edition: Edition):
    context = chromium.new_context(locale="vi-VN")
    page = context.new_page()
    page.goto(edition.page.as_uri())
    page.wait_for_selector("html.ready")
    assert page.locator("html").get_attribute("lang") == "vi"
    context.close()


def test_all_can_be_done_by_keyboard(open_page: Open, edition: Edition):
    page = open_page(edition.page)
    page.wait_for_selector("#timeline-body svg")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('svg') !== null"):
            break
    first = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("ArrowRight")
    second = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert first != second
    page.keyboard.press("Enter")
    expect(page.locator("#sheet[open]:not([aria-busy]) .event").first).to_be_visible()
    assert page.evaluate("document.activeElement.id") == "sheet-title"
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.read')"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("mark.evidence").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#sheet")).not_to_be_visible()
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == second
    assert "open=" not in page.url


def test_a_screen_reader_finds_its_landmarks(open_page: Open, edition: Edition):
    page = open_page(edition.page)
    for role in ("banner", "navigation", "search", "main", "contentinfo"):
        assert page.get_by_role(role).count() == 1, role
    assert page.get_by_role("region").count() == 6
    assert page.get_by_role("heading", level=1).count() == 1


STATES = {
    "page": "lang=en",
    "pair": "lang=vi&country=PL&with=SK",
    "list": "lang=en&open=news:all",
    "article": "",
}


@pytest.fixture
def state(request: pytest.FixtureRequest, open_page: Open, edition: Edition) -> str:
    if STATES[request.param]:
        return STATES[request.param]
    page = open_page(edition.page, "lang=en&open=flow:PL:SK")
    page.locator("#sheet .read").first.click()
    expect(page.locator("mark.evidence")).to_be_visible()
    return page.url.partition("#")[2]


@pytest.mark.parametrize("state", STATES, indirect=True)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(open_page: Open, edition: Edition, state: str, scheme: str):
    page = open_page(edition.page, state, color_scheme=scheme)
    page.wait_for_selector("#meetings-body svg, #meetings-body .nothing", state="attached")
    if "open=" in state or "report=" in state:
        page.wait_for_selector("#sheet[open]:not([aria-busy])")
    found = Axe().run(page, options={"preload": False})
    serious = [
        (one["id"], [node["html"][:200] for node in one["nodes"]][:5])
        for one in found.response["violations"]
        if one["impact"] in ("serious", "critical")
    ]
    assert serious == []


@pytest.mark.parametrize("state", STATES, indirect=True)
def test_a_narrow_screen_is_not_scrolled_sideways(open_page: Open, edition: Edition, state: str):
    page = open_page(edition.page, state, width=360)
    page.wait_for_selector("#meetings-body svg, #meetings-body .nothing", state="attached")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    if page.locator("#sheet[open]").count():
        assert page.evaluate("document.getElementById('sheet-body').scrollWidth") <= 360


def test_the_dark_is_dark(open_page: Open, edition: Edition):
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    light, dark = (
        [int(part) for part in re.findall(r"\d+", open_page(edition.page, color_scheme=scheme).evaluate(paper))[:3]]
        for scheme in ("light", "dark")
    )
    assert min(light) > 240
    assert max(dark) < 40


def test_paper_carries_the_content_and_not_the_controls(open_page: Open, edition: Edition):
    page = open_page(edition.page)
    page.emulate_media(media="print")
    for name in ("nav", ".languages", "#filter label", "button.step", "#sheet"):
        for element in page.locator(name).all():
            expect(element).not_to_be_visible()
    for name in ("news", "timeline", "flows", "sanctions", "meetings", "claims"):
        expect(page.locator(f"#{name}-body")).to_be_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")
