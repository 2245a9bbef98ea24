"""How tests open the page: see the fixture `open_page`."""

from collections.abc import Callable

from playwright.sync_api import Page

# open_page(path, state="lang=en", width=1280, **options of the browser's context)
Open = Callable[..., Page]
