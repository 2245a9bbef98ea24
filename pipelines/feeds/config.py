"""The list of feeds: a YAML file, checked as a whole before anything is fetched."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from pipelines.settings import ExplainedError


class FeedListError(ExplainedError):
    """The list cannot be used; the message names the file, the place and the reason."""


def _http(url: str) -> str:
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        raise ValueError("say an address that begins with https:// or http://")
    return url


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Feed(_Strict):
    """One feed. `name` is its folder; articles lie on the feed's own host or on one of `hosts`."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,60}$")
    url: Annotated[str, AfterValidator(_http)]
    outlet: str = ""
    language: str = ""
    hosts: tuple[str, ...] = ()

    def may_hold(self, url: str) -> bool:
        """Whether an article at this address is one of the feed's: a feed must not send us anywhere it likes."""
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and parts.hostname in {urlsplit(self.url).hostname, *self.hosts}


class FeedList(_Strict):
    """All feeds, and how they are asked."""

    enabled: bool = False
    contact: str = ""
    seconds_between_requests: float = Field(default=5, ge=0)
    articles_per_run: int = Field(default=50, ge=1)
    feeds: tuple[Feed, ...] = ()

    @model_validator(mode="after")
    def _usable(self) -> FeedList:
        if self.enabled and not self.contact.strip():
            raise ValueError("contact: say how a site's owner can reach you")
        names = [feed.name for feed in self.feeds]
        if len(set(names)) < len(names):
            raise ValueError("feeds: two have the same name")
        return self


def load_feeds(path: Path) -> FeedList:
    """The list at `path`. Raises FeedListError."""
    try:
        return FeedList.model_validate(yaml.safe_load(path.read_text("utf-8")) or {})
    except OSError as error:
        raise FeedListError(f"The list of feeds {path} cannot be read: {error.strerror}.") from None
    except yaml.YAMLError as error:
        raise FeedListError(f"The list of feeds {path} is no YAML: {error}") from None
    except ValidationError as error:
        wrong = "; ".join(
            f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}".lstrip(": ") for problem in error.errors()
        )
        raise FeedListError(f"The list of feeds {path} cannot be used: {wrong}.") from None
