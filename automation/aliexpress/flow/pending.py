"""Track the requests of a page that are still running, since they may change it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from playwright.async_api import Page, Request

_BRINGS_WORDS: Final = frozenset(("xhr", "fetch", "script"))


@contextmanager
def pending_requests(page: Page) -> Iterator[Collection[Request]]:
    """The requests that the page started inside the block and that have not finished."""
    running: set[Request] = set()

    def begin(request: Request) -> None:
        if request.resource_type in _BRINGS_WORDS:
            running.add(request)

    def end(request: Request) -> None:
        running.discard(request)

    page.on("request", begin)
    page.on("requestfinished", end)
    page.on("requestfailed", end)
    try:
        yield running
    finally:
        page.remove_listener("request", begin)
        page.remove_listener("requestfinished", end)
        page.remove_listener("requestfailed", end)
