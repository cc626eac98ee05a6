"""Which requests of a browser's pages have no answer yet."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from playwright.async_api import Error

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from playwright.async_api import BrowserContext, Page, Request

# What a page may wait for before it shows anything. Beacons, pictures and streams are no part.
_AWAITED: Final = frozenset({"document", "script", "stylesheet", "xhr", "fetch"})
_BRINGS_WORDS: Final = frozenset(("xhr", "fetch", "script"))


class UnderWay:
    """Counts the requests of a context's pages; one that was held back is over at once."""

    def __init__(self, context: BrowserContext) -> None:
        self._open: dict[Request, Page] = {}
        self._answered: Counter[Page] = Counter()
        context.on("request", self._on_request)
        context.on("requestfinished", self._on_finished)
        context.on("requestfailed", self._on_failed)

    def of(self, page: Page) -> tuple[int, int]:
        """How many requests of a page are without an answer, and how many have one."""
        return sum(each is page for each in self._open.values()), self._answered[page]

    def _on_request(self, request: Request) -> None:
        if request.resource_type not in _AWAITED:
            return
        try:
            frame = request.frame
            leaves = request.is_navigation_request() and frame.parent_frame is None
        except Error:
            return  # a worker's, or the first of a popup
        if leaves:
            # No one waits any longer for what the earlier document asked.
            self._open = {each: page for each, page in self._open.items() if page is not frame.page}
            for page in [each for each in self._answered if each.is_closed()]:
                del self._answered[page]
        self._open[request] = frame.page

    def _on_finished(self, request: Request) -> None:
        page = self._open.pop(request, None)
        if page is not None:
            self._answered[page] += 1

    def _on_failed(self, request: Request) -> None:
        self._open.pop(request, None)


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
