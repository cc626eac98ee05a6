"""Which requests of a browser's pages have no answer yet, and which calls of them were refused."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from playwright.async_api import Error

from automation.aliexpress.walk.responses import answer_in, refusal_in

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from playwright.async_api import BrowserContext, Page, Request

# What a page may wait for before it shows anything. Beacons, pictures and streams are no part.
_AWAITED: Final = frozenset({"document", "script", "stylesheet", "xhr", "fetch"})
_BRINGS_WORDS: Final = frozenset(("xhr", "fetch", "script"))
_SECONDS: Final = 2.0
_CLIENT_ERROR: Final = 400


class UnderWay:
    """Counts the requests of a context's pages; one that was held back is over at once.

    Args:
        api_of: the name of the site's API that an address calls; empty for any other address.
    """

    def __init__(self, context: BrowserContext, api_of: Callable[[str], str]) -> None:
        self._open: dict[Request, Page] = {}
        self._answered: Counter[Page] = Counter()
        self._api_of = api_of
        # Of each API the last call alone: a page repeats one whose token had expired.
        self._calls: defaultdict[Page, dict[str, Request]] = defaultdict(dict)
        self._codes: dict[Request, str] = {}
        context.on("request", self._on_request)
        context.on("requestfinished", self._on_finished)
        context.on("requestfailed", self._on_failed)

    def of(self, page: Page) -> tuple[int, int]:
        """How many requests of a page are without an answer, and how many have one."""
        return sum(each is page for each in self._open.values()), self._answered[page]

    async def refused(self, page: Page, matters: Callable[[str], bool]) -> tuple[str, ...]:
        """The calls of a page that the site refused, and that the page has not repeated since.

        Answers are read only here: most pages show what they should, and need no such look.

        Args:
            matters: whether the API of this name counts.
        """
        calls = {name: call for name, call in self._calls[page].items() if matters(name)}
        codes = {name: await self._code_of(call) for name, call in calls.items()}
        return tuple(f"{name} ({code})" for name, code in codes.items() if code)

    async def _code_of(self, call: Request) -> str:
        """The code of a refusal; empty for an answer that is none, or that cannot be read."""
        if call not in self._codes:
            self._codes[call] = await _refusal(call)
        return self._codes[call]

    def _on_request(self, request: Request) -> None:
        if request.resource_type not in _AWAITED:
            return
        try:
            frame = request.frame
            leaves = request.is_navigation_request() and frame.parent_frame is None
        except Error:
            return  # a worker's, or the first of a popup
        if leaves:
            self._begin(frame.page)
        self._open[request] = frame.page

    def _begin(self, page: Page) -> None:
        """Forget what the earlier document asked: no one waits for it any longer."""
        self._open = {each: of for each, of in self._open.items() if of is not page}
        for gone in [each for each in {*self._answered, *self._calls} if each.is_closed()]:
            self._answered.pop(gone, None)
            self._calls.pop(gone, None)
        self._calls.pop(page, None)
        self._codes.clear()

    def _on_finished(self, request: Request) -> None:
        page = self._open.pop(request, None)
        if page is None:
            return
        self._answered[page] += 1
        if name := self._api_of(request.url):
            self._calls[page][name] = request

    def _on_failed(self, request: Request) -> None:
        self._open.pop(request, None)


async def _refusal(call: Request) -> str:
    try:
        async with asyncio.timeout(_SECONDS):
            response = await call.response()
            if response is None:
                return ""
            if response.status >= _CLIENT_ERROR:
                return f"HTTP {response.status}"
            return refusal_in(answer_in(await response.body()))
    except (Error, TimeoutError, ValueError, RecursionError):
        return ""


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
