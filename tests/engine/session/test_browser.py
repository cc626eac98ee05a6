"""Tabs opened ahead: each is given out once, and never as proof that the guard is still there."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import Error

from automation.engine.session.browser import Session
from tests.own_loop import in_own_loop


@dataclass(eq=False)
class Tab:
    """Stands for a tab."""

    closed: bool = False

    def is_closed(self) -> bool:
        """Whether somebody closed it."""
        return self.closed


@dataclass
class Browser:
    """Stands for a context and its guard."""

    broken: bool = False
    opened: list[Any] = field(default_factory=list)

    async def new_page(self) -> Any:  # noqa: ANN401  stands for a page
        """Open a tab, unless it is broken."""
        await asyncio.sleep(0)
        if self.broken:
            raise Error("the browser is gone")
        self.opened.append(Tab())
        return self.opened[-1]

    async def adopt(self, _page: object) -> bool:
        """Put every layer on it."""
        return True


def session_of(browser: Any, *, windowless: bool = True) -> Session:  # noqa: ANN401  stands for several
    """A session in it."""
    return Session(browser, browser, browser, windowless=windowless)


async def settle() -> None:
    """Let the tasks that were begun go on to their ends."""
    for _ in range(20):
        await asyncio.sleep(0)


def test_tabs_ahead_are_given_out_once_each() -> None:
    """GIVEN two tabs opened ahead WHEN three are wanted THEN these two come, and then a new one."""

    async def run() -> None:
        browser = Browser()
        session = session_of(browser)
        session.open_ahead(2)
        await settle()
        assert len(browser.opened) == 2
        given = [await session.fresh_page() for _ in range(3)]
        assert given == browser.opened

    in_own_loop(run())


def test_a_new_page_is_new() -> None:
    """GIVEN a tab ahead WHEN a new one is wanted, as proof of the guard, THEN another is opened."""

    async def run() -> None:
        browser = Browser()
        session = session_of(browser)
        session.open_ahead(1)
        await settle()
        assert await session.new_page() is not browser.opened[0]
        assert await session.fresh_page() is browser.opened[0]

    in_own_loop(run())


def test_no_more_are_opened_than_wanted() -> None:
    """GIVEN two tabs that nobody took WHEN two are to be ready again THEN no other is opened."""

    async def run() -> None:
        browser = Browser()
        session = session_of(browser)
        session.open_ahead(2)
        session.open_ahead(2)
        await settle()
        assert len(browser.opened) == 2

    in_own_loop(run())


def test_a_window_gets_no_tab_before_its_time() -> None:
    """GIVEN a window that a person sees, or another's browser THEN no tab comes to the front."""

    async def run() -> None:
        browser = Browser()
        session = session_of(browser, windowless=False)
        session.open_ahead(2)
        await settle()
        assert browser.opened == []
        assert await session.fresh_page() is browser.opened[0]

    in_own_loop(run())


def test_a_tab_that_failed_or_closed_is_opened_anew() -> None:
    """GIVEN tabs ahead of which one could not be opened and one was closed THEN a new one comes."""

    async def run() -> None:
        browser = Browser(broken=True)
        session = session_of(browser)
        session.open_ahead(1)
        await settle()
        browser.broken = False
        session.open_ahead(2)
        await settle()
        browser.opened[0].closed = True
        assert await session.fresh_page() is browser.opened[1]

    in_own_loop(run())


def test_the_end_waits_for_no_tab() -> None:
    """GIVEN a tab that never opens WHEN the session ends THEN it does not wait, and nothing is left."""

    async def run() -> None:
        browser = Browser()
        never = asyncio.Event()
        browser.adopt = lambda _page: never.wait()  # type: ignore[method-assign]
        session = session_of(browser)
        session.open_ahead(2)
        await settle()
        await session.end()
        assert len(asyncio.all_tasks()) == 1

    in_own_loop(run())
