"""Feeds of a site on this machine: what is fetched, what is left alone, and what landing then reads."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from local_site import Site

from pipelines.feeds import Feed, FeedList, FeedListError, Harvest, Polite, harvest, load_feeds
from pipelines.landing import read_folder

PAGE = """<!doctype html><html lang="vi"><head><title>Ba Lan giao xe</title></head>
<body><article><h1>Ba Lan giao xe</h1>
<p>Ngày 3/2, Ba Lan đã bàn giao 14 xe bọc thép cho Moldova tại một buổi lễ ở thủ đô.</p>
<p>Bộ trưởng Quốc phòng Moldova nói số xe này sẽ được đưa vào biên chế trong năm nay.</p></article></body></html>"""


class Clock:
    """Time that passes only when somebody waits."""

    def __init__(self) -> None:
        self.now, self.waits = 0.0, []

    def pause(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds


def fetch(site: Site, landing: Path, clock: Clock | None = None, most: int = 50, **feed: object) -> Harvest:
    clock = clock or Clock()
    listed = Feed(name="test", url=f"{site.url}/rss", outlet="Báo thử", language="vi", **feed)
    feeds = FeedList(enabled=True, contact="me@example.org", articles_per_run=most, feeds=(listed,))
    with Polite(feeds.contact, 5, clock.pause, lambda: clock.now) as guest:
        (result,) = harvest(feeds, landing, guest)
    return result


def pages(landing: Path) -> list[str]:
    return sorted(path.name for path in (landing / "fetched" / "test").glob("*.html"))


def test_what_is_fetched_is_read_by_landing_with_what_the_feed_says_of_it(site: Site, tmp_path: Path):
    site.feed("/a")
    site.put("/a", PAGE)
    assert fetch(site, tmp_path).fetched == 1
    (document,) = [
        row for batch in read_folder(tmp_path, today=date(2026, 2, 3)) for row in batch.documents.to_pylist()
    ]
    assert document["outlet"] == "Báo thử"
    assert document["url"] == f"{site.url}/a"
    assert document["published_on"] == date(2026, 2, 2)
    assert "14 xe bọc thép" in document["body"]


def test_an_article_is_fetched_once_and_an_unchanged_feed_not_read_again(site: Site, tmp_path: Path):
    site.feed("/a", ETag='"one"')
    site.put("/a", PAGE)
    fetch(site, tmp_path)
    before = (tmp_path / "fetched" / "test" / ".seen.json").stat().st_mtime_ns
    site.asked.clear()
    assert fetch(site, tmp_path).fetched == 0
    assert site.paths() == ["/robots.txt", "/rss"]
    assert site.asked[1][1]["If-None-Match"] == '"one"'
    assert (tmp_path / "fetched" / "test" / ".seen.json").stat().st_mtime_ns == before

    site.feed("/b", "/a", ETag='"two"')
    site.put("/b", PAGE)
    site.asked.clear()
    result = fetch(site, tmp_path)
    assert (result.fetched, result.known) == (1, 1)
    assert site.paths() == ["/robots.txt", "/rss", "/b"]
    assert len(pages(tmp_path)) == 2
    manifest = (tmp_path / "fetched" / "test" / "manifest.csv").read_text("utf-8").splitlines()
    assert len(manifest) == 3


def test_robots_txt_is_kept_to(site: Site, tmp_path: Path):
    site.put("/robots.txt", "User-agent: *\nDisallow: /closed/\nCrawl-delay: 30\n")
    site.feed("/closed/a", "/open/b")
    site.put("/closed/a", PAGE)
    site.put("/open/b", PAGE)
    clock = Clock()
    result = fetch(site, tmp_path, clock)
    assert result.fetched == 1
    assert "robots.txt forbids" in result.problems[0]
    assert "/closed/a" not in site.paths()
    assert max(clock.waits) == 30


def test_a_robots_txt_that_cannot_be_read_forbids_everything(site: Site, tmp_path: Path):
    site.put("/robots.txt", "", status=500)
    site.feed("/a")
    assert "nothing may be fetched" in fetch(site, tmp_path).problems[0]
    assert site.paths() == ["/robots.txt"]


def test_requests_to_a_host_are_spaced_out_and_say_whose_they_are(site: Site, tmp_path: Path):
    site.feed("/a", "/b")
    site.put("/a", PAGE)
    site.put("/b", PAGE)
    clock = Clock()
    fetch(site, tmp_path, clock)
    assert clock.waits == [5, 5, 5], "robots.txt, the feed, two articles"
    assert all("me@example.org" in headers["User-Agent"] for _, headers in site.asked)


def test_a_host_that_has_enough_is_left_alone_and_asked_again_another_time(site: Site, tmp_path: Path):
    site.feed("/a", "/b", ETag='"one"')
    site.put("/a", "", status=429)
    site.put("/b", PAGE)
    result = fetch(site, tmp_path)
    assert "/b" not in site.paths()
    assert result.waiting == 2
    site.put("/a", PAGE)
    assert fetch(site, tmp_path).fetched == 2


def test_what_is_too_many_for_one_run_waits_for_the_next(site: Site, tmp_path: Path):
    site.feed("/a", "/b", "/c", ETag='"one"')
    for path in ("/a", "/b", "/c"):
        site.put(path, PAGE)
    first = fetch(site, tmp_path, most=2)
    assert (first.fetched, first.waiting) == (2, 1)
    assert fetch(site, tmp_path, most=2).fetched == 1


def test_a_feed_cannot_send_us_to_another_host(site: Site, tmp_path: Path):
    site.feed("http://169.254.169.254/secret", "/away", "file:///etc/passwd")
    site.put("/away", "", status=302, Location="http://localhost:1/inside")
    result = fetch(site, tmp_path)
    assert result.fetched == 0
    assert len(result.problems) == 3
    assert all("does not name" in problem for problem in result.problems)


def test_what_is_too_large_or_no_page_is_not_kept(site: Site, tmp_path: Path):
    site.feed("/large", "/image", "/gone", "/good")
    site.put("/large", "x" * (8 * 2**20 + 1))
    site.put("/image", "x", Content_Type="image/png")
    site.put("/good", PAGE)
    result = fetch(site, tmp_path)
    assert result.fetched == 1
    assert len(result.problems) == 3
    assert not list((tmp_path / "fetched" / "test").glob(".*.part"))


def test_a_feed_that_fails_stops_no_other(site: Site, tmp_path: Path):
    site.feed("/a")
    site.put("/a", PAGE)
    site.put("/broken", "this is no feed", Content_Type="text/plain")
    listed = [Feed(name="broken", url=f"{site.url}/broken"), Feed(name="test", url=f"{site.url}/rss")]
    feeds = FeedList(enabled=True, contact="me@example.org", feeds=tuple(listed))
    clock = Clock()
    with Polite("me", 0, clock.pause, lambda: clock.now) as guest:
        broken, good = harvest(feeds, tmp_path, guest)
    assert broken.problems and good.fetched == 1


def test_a_memory_that_cannot_be_read_costs_only_requests(site: Site, tmp_path: Path):
    site.feed("/a")
    site.put("/a", PAGE)
    fetch(site, tmp_path)
    (tmp_path / "fetched" / "test" / ".seen.json").write_text("{half")
    fetch(site, tmp_path)
    assert len(pages(tmp_path)) == 1
    assert json.loads((tmp_path / "fetched" / "test" / ".seen.json").read_text())["done"] == [f"{site.url}/a"]


def test_the_list_of_the_project_is_off_and_asks_nobody(site: Site, tmp_path: Path):
    from pipelines.settings import Settings

    feeds = load_feeds(Settings.feeds)
    assert not feeds.enabled
    on_the_list = feeds.model_copy(update={"feeds": (Feed(name="test", url=f"{site.url}/rss"),)})
    with Polite("me", 0) as guest:
        assert list(harvest(on_the_list, tmp_path, guest)) == []
    assert not site.asked


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("enabled: true", "contact: say how"),
        ("feeds: [{name: ../up, url: 'https://a.example'}]", "feeds.0.name"),
        ("feeds: [{name: a, url: 'file:///etc/passwd'}]", "feeds.0.url"),
        ("feeds: [{name: a, url: 'https://a'}, {name: a, url: 'https://b'}]", "same name"),
        ("enable: true", "enable"),
        ("feeds: [", "is no YAML"),
    ],
)
def test_a_list_that_cannot_be_used_says_where_and_why(tmp_path: Path, text: str, message: str):
    (tmp_path / "feeds.yaml").write_text(text)
    with pytest.raises(FeedListError, match=r"feeds\.yaml") as error:
        load_feeds(tmp_path / "feeds.yaml")
    assert message in str(error.value)
