from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from automation.engine.guard.transport.browser_sender import HeaderNames
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.async_api import BrowserContext, Request

URL = "https://acs.aliexpress.com/h5/x/1.0/"


@dataclass
class Session:
    """A DevTools session that reports on request."""

    tell: Callable[[dict[str, object]], None] = field(default=lambda _: None)

    def on(self, _event: str, listener: Callable[[dict[str, object]], None]) -> None:
        """Keep the listener."""
        self.tell = listener

    async def send(self, _method: str) -> None:
        """Accept every command."""


@dataclass
class Context:
    """A context of one page."""

    session: Session = field(default_factory=Session)
    pages: tuple[int, ...] = (1,)

    async def new_cdp_session(self, _page: int) -> Session:
        """The session of that page."""
        return self.session


@dataclass
class Call:
    """A request as a route sees it."""

    method: str = "POST"
    url: str = f"{URL}#top"
    headers: dict[str, str] = field(default_factory=lambda: {"content-type": "a/b", "x-abc": "7"})


def test_names_that_are_reported_late_are_waited_for() -> None:
    """GIVEN a report after the request THEN the names are as written; at once they would not be."""

    async def work() -> None:
        context, call, names = Context(), cast("Request", Call()), HeaderNames()
        await names.listen(cast("BrowserContext", context))
        assert dict(names.rows(call.headers)) == {"Content-Type": "a/b", "X-Abc": "7"}  # control
        waiting = asyncio.ensure_future(names.of(call))
        await asyncio.sleep(0)
        other = {"method": "POST", "url": "https://x/", "headers": {}}
        context.session.tell({"request": other, "type": "XHR"})
        await asyncio.sleep(0)
        assert not waiting.done()
        own = {"method": "POST", "url": URL, "headers": {"Content-type": "a/b", "X-abC": "7"}}
        context.session.tell({"request": own, "type": "XHR"})
        assert dict(await waiting) == {"Content-type": "a/b", "X-abC": "7"}

    in_own_loop(work())


def test_without_a_listener_nothing_is_waited_for() -> None:
    """A page without a listener gets the usual capitals at once."""
    rows = in_own_loop(HeaderNames().of(cast("Request", Call(headers={"content-type": "a/b"}))))
    assert rows == (("Content-Type", "a/b"),)
