"""Pages in the buyer's own browser: nothing passes before their layers are on."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.async_api import Error

from automation.engine.guard.browser.own_pages import OwnPages, Turn
from tests.own_loop import in_own_loop


class Page:
    """A page of the tool."""

    closed = False

    def is_closed(self) -> bool:
        """Whether it is."""
        return self.closed


def request(page: object, method: str = "GET", *, navigates: bool = True) -> Any:  # noqa: ANN401  Playwright's
    """A request of a page; one of a page that is not reported yet has none."""

    class Frame:
        @property
        def page(self) -> object:
            if page is None:
                raise Error("Frame for this navigation request is not available")
            return page

    return SimpleNamespace(
        method=method, is_navigation_request=lambda: navigates, frame=Frame(), service_worker=None
    )


@pytest.mark.parametrize("works", [True, False])
def test_a_page_may_go_once_its_layers_are_on(*, works: bool) -> None:
    """GIVEN a page THEN it waits while they are put on, once, and never passes if that failed."""
    prepared: list[object] = []

    async def prepare(page: object) -> None:
        prepared.append(page)
        await asyncio.sleep(0)
        if not works:
            raise Error("the page closed")

    async def work() -> None:
        pages, page = OwnPages(prepare), Page()
        given: Any = page
        assert pages.turn(request(page)) is Turn.LATER
        pages.opened(given)
        assert pages.turn(request(page)) is Turn.LATER
        assert pages.turn(request(page, "POST")) is Turn.NEVER
        assert pages.turn(request(page, navigates=False)) is Turn.NEVER
        assert await pages.ready(given) is works
        assert pages.turn(request(page)) is (Turn.GO if works else Turn.NEVER)
        assert pages.turn(request(page, "POST")) is (Turn.GO if works else Turn.NEVER)
        assert prepared == [page]

    in_own_loop(work())


def test_closed_pages_are_forgotten() -> None:
    """GIVEN pages that closed THEN they are unknown again, and the open ones stay ready."""

    async def prepare(_page: object) -> None:
        return

    async def work() -> None:
        pages, stays, closes = OwnPages(prepare), Page(), Page()
        for page in (stays, closes):
            given: Any = page
            assert await pages.ready(given)
        closes.closed = True
        pages.forget_closed()
        assert pages.turn(request(stays)) is Turn.GO
        assert pages.turn(request(closes)) is Turn.LATER

    in_own_loop(work())
