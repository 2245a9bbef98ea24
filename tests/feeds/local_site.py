"""A site on this machine: its pages are a dict, and it notes what it was asked for."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Site:
    """`pages`: by path, status, headers and body. `asked`: path and headers of each request, in order."""

    url: str = ""
    pages: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def put(self, path: str, body: str, status: int = 200, **headers: str) -> None:
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = (status, {"Content-Type": "text/html; charset=utf-8", **told}, body.encode())

    def feed(self, *paths: str, **headers: str) -> None:
        items = "".join(
            f"<item><title>{path}</title><link>{path if '://' in path else self.url + path}</link>"
            "<pubDate>Mon, 02 Feb 2026 23:30:00 +0000</pubDate></item>"
            for path in paths
        )
        self.put("/rss", f'<rss version="2.0"><channel><title>t</title>{items}</channel></rss>', **headers)

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]
