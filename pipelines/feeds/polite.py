"""HTTP as a guest: robots.txt kept to (RFC 9309), a pause between requests to a host, bounds on time and size."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from urllib.parse import urljoin, urlsplit

import httpx
from protego import Protego

_AGENT = "armswatch"
_TIMEOUT = httpx.Timeout(20, connect=10)
_LONGEST_ANSWER = 60  # seconds, all of it
_MOST_BYTES = 8 * 2**20  # what landing reads as one article
_MOST_ROBOTS = 500 * 2**10  # RFC 9309, 2.5
_MOST_REDIRECTS = 5


class NotFetchedError(Exception):
    """Something was not fetched; the message says why. `for_now`: another time it may be."""

    def __init__(self, message: str, for_now: bool = False) -> None:
        super().__init__(message)
        self.for_now = for_now


@dataclass(frozen=True)
class Answer:
    """What came back: 304 has no body."""

    status: int
    url: str
    headers: Mapping[str, str]
    body: bytes


class Polite:
    """Fetches one address after the other. Hosts that ask to be left alone are, until the next run."""

    def __init__(
        self,
        contact: str,
        seconds: float,
        pause: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._seconds, self._pause, self._clock = seconds, pause, clock
        self._client = httpx.Client(headers={"User-Agent": f"{_AGENT} ({contact})"}, timeout=_TIMEOUT)
        self._robots: dict[str, Protego] = {}
        self._last: dict[str, float] = {}
        self._busy: dict[str, str] = {}

    def __enter__(self) -> Polite:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def get(self, url: str, allowed: Callable[[str], bool], headers: Mapping[str, str] | None = None) -> Answer:
        """What is at the address, after redirects to addresses that are `allowed` too. Raises NotFetchedError."""
        for _ in range(_MOST_REDIRECTS + 1):
            if not allowed(url):
                raise NotFetchedError(f"{url} is on a host that the list does not name")
            robots = self._robots_of(url)
            if not robots.can_fetch(url, _AGENT):
                raise NotFetchedError(f"robots.txt forbids {url}")
            answer = self._ask(url, headers or {}, _MOST_BYTES, robots.crawl_delay(_AGENT) or 0)
            if answer.status in (301, 302, 303, 307, 308) and "location" in answer.headers:
                url = urljoin(url, answer.headers["location"])
                continue
            if answer.status not in (200, 304):
                raise NotFetchedError(f"{url} answered {answer.status}", for_now=answer.status >= 500)
            return answer
        raise NotFetchedError(f"more than {_MOST_REDIRECTS} redirects")

    def _robots_of(self, url: str) -> Protego:
        parts = urlsplit(url)
        place = f"{parts.scheme}://{parts.netloc}"
        if place not in self._robots:
            address = f"{place}/robots.txt"
            for _ in range(_MOST_REDIRECTS + 1):
                answer = self._ask(address, {}, _MOST_ROBOTS, 0)
                if answer.status not in (301, 302, 303, 307, 308) or "location" not in answer.headers:
                    break
                address = urljoin(address, answer.headers["location"])
                if urlsplit(address).netloc != parts.netloc:
                    raise NotFetchedError(f"{place}/robots.txt leads to another host")
            if answer.status >= 500:
                raise NotFetchedError(
                    f"{place}/robots.txt answered {answer.status}: nothing may be fetched", for_now=True
                )
            text = answer.body.decode("utf-8", "replace") if answer.status == 200 else ""
            self._robots[place] = Protego.parse(text)
        return self._robots[place]

    def _ask(self, url: str, headers: Mapping[str, str], most: int, delay: float) -> Answer:
        host = urlsplit(url).netloc
        if host in self._busy:
            raise NotFetchedError(self._busy[host], for_now=True)
        wait = self._last.get(host, float("-inf")) + max(self._seconds, delay) - self._clock()
        if wait > 0:
            self._pause(wait)
        try:
            return self._stream(url, headers, most)
        except httpx.HTTPError as error:
            raise NotFetchedError(f"{url}: {error or type(error).__name__}", for_now=True) from None
        finally:
            self._last[host] = self._clock()

    def _stream(self, url: str, headers: Mapping[str, str], most: int) -> Answer:
        began = self._clock()
        body = bytearray()
        with self._client.stream("GET", url, headers=headers) as response:
            if response.status_code in (429, 503):
                host = urlsplit(url).netloc
                self._busy[host] = f"{host} asked to be left alone (answered {response.status_code})"
                raise NotFetchedError(self._busy[host], for_now=True)
            if response.status_code == 200:
                for piece in response.iter_bytes(2**16):
                    body += piece
                    if len(body) > most:
                        raise NotFetchedError(f"{url} has more than {most} bytes")
                    if self._clock() - began > _LONGEST_ANSWER:
                        raise NotFetchedError(f"{url} took more than {_LONGEST_ANSWER} s", for_now=True)
            return Answer(response.status_code, url, dict(response.headers), bytes(body))
