"""Where the pages of a guarded window went while the buyer looked for their dispute."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from playwright.async_api import Error

from automation.aliexpress.site.addresses import dispute_ids_in, is_dispute_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.async_api import Frame, Page


@dataclass
class Trail:
    """Where each page of a context was before."""

    _before: dict[Page, list[str]] = field(default_factory=dict)
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages that are open."""
        return tuple(page for page in self._before if not page.is_closed())

    def add(self, page: Page) -> None:
        """Follow a page."""
        self._before[page] = [page.url]
        page.on("framenavigated", self._moved)
        self._news.set()

    def leave(self) -> None:
        """Follow no page any more."""
        for page in self._before:
            page.remove_listener("framenavigated", self._moved)

    async def goes_on(self, seconds: float) -> None:
        """Wait until a page moves, for at most so many seconds."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._news.wait(), seconds)
        self._news.clear()

    async def dispute(self) -> tuple[Page, str] | None:
        """The page that shows a dispute now, and the address that led there."""
        for page in self.pages:
            if not is_dispute_page(page.url) or not dispute_ids_in(page.url):
                continue
            before = self._before[page]
            earlier = [at for at in before if not is_dispute_page(at) and at != "about:blank"]
            return page, next(iter(earlier[-1:]), "") or await _opener(page)
        return None

    def _moved(self, frame: Frame) -> None:
        if frame.parent_frame is None and frame.page in self._before:
            self._before[frame.page].append(frame.url)
            self._news.set()


@contextlib.contextmanager
def trail_of(first: Page) -> Iterator[Trail]:
    """Follow a page and every other one of its context, also those that open later."""
    trail = Trail()
    for page in first.context.pages:
        trail.add(page)
    first.context.on("page", trail.add)
    try:
        yield trail
    finally:
        first.context.remove_listener("page", trail.add)
        trail.leave()


async def _opener(page: Page) -> str:
    with contextlib.suppress(Error):
        opener = await page.opener()
        return opener.url if opener else ""
    return ""
