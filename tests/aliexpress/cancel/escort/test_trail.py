"""Where the pages of a window went while the buyer looked for their dispute."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from playwright.async_api import Error

from automation.aliexpress.cancel.escort.trail import Trail, trail_of
from tests.listening import Heard
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from playwright.async_api import Page

SITE = "https://www.aliexpress.com"
ORDERS = f"{SITE}/p/order/index.html"
DETAILS = f"{SITE}/p/order/detail.html?orderId=8194370215560042"
DISPUTE = f"{SITE}/p/reverse-pages/detail.html?reverseOrderLineId=1100482913300042"


class Context(Heard):
    """A window with pages."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: list[Tab] = []


class Tab(Heard):
    """A page of it."""

    def __init__(self, context: Context, url: str, opened_by: Tab | None = None) -> None:
        super().__init__()
        self.context, self.url, self.opened_by = context, url, opened_by
        self.closed = False
        context.pages.append(self)

    def goes(self, url: str, *, inside: object = None) -> None:
        """Move it, or a frame in it."""
        self.url = url if inside is None else self.url
        frame = SimpleNamespace(page=self, url=url, parent_frame=inside)
        self.tell("framenavigated", frame)

    def is_closed(self) -> bool:
        """Whether it is."""
        return self.closed

    async def opener(self) -> Tab | None:
        """The page that opened it."""
        if self.closed:
            raise Error("closed")
        return self.opened_by


def led(trail: Trail) -> tuple[object, str] | None:
    """The page with a dispute, and what led there."""
    return in_own_loop(trail.dispute())


def test_the_page_before_the_dispute_led_there() -> None:
    """GIVEN a tab that went to a dispute THEN its last other page; frames inside it do not count."""
    first = Tab(Context(), ORDERS)
    with trail_of(cast("Page", first)) as trail:
        first.goes(DETAILS)
        first.goes(ORDERS, inside=object())
        assert led(trail) is None
        first.goes(DISPUTE)
        assert led(trail) == (first, DETAILS)


def test_a_dispute_in_a_new_tab_was_led_to_by_its_opener() -> None:
    """GIVEN a tab that opened as the dispute THEN the page that opened it."""
    context = Context()
    first = Tab(context, DETAILS)
    with trail_of(cast("Page", first)) as trail:
        opened = Tab(context, "about:blank", first)
        context.tell("page", opened)
        opened.goes(DISPUTE)
        assert led(trail) == (opened, DETAILS)
        opened.closed = True
        assert led(trail) is None


def test_an_address_without_a_disputes_number_is_none() -> None:
    """GIVEN the page of disputes without a number THEN it shows no dispute of an order."""
    first = Tab(Context(), ORDERS)
    with trail_of(cast("Page", first)) as trail:
        first.goes(DISPUTE.partition("?")[0])
        assert led(trail) is None


def test_nobody_listens_afterwards() -> None:
    """GIVEN the end THEN no page and no context is followed any more."""
    context = Context()
    first = Tab(context, ORDERS)
    with trail_of(cast("Page", first)):
        pass
    assert not any((*context.listeners.values(), *first.listeners.values()))
