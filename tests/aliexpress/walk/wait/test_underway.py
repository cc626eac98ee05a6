"""Which requests of a page have no answer yet."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from playwright.async_api import Error

from automation.aliexpress.walk.wait.underway import UnderWay, pending_requests
from tests.listening import Heard

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, Page, Request


class Tab(Heard):
    """A page that is open."""

    def is_closed(self) -> bool:
        """It is not."""
        return False


class Worker:
    """A request that no frame has sent."""

    resource_type = "fetch"

    @property
    def frame(self) -> object:
        """None."""
        raise Error("no frame")


@dataclass(frozen=True, eq=False)
class Sent:
    """A request of a page's frame."""

    resource_type: str
    frame: SimpleNamespace
    leaves: bool

    def is_navigation_request(self) -> bool:
        """Whether it is for a new document."""
        return self.leaves


def sent(
    page: object, kind: str = "fetch", *, leaves: bool = False, parent: object = None
) -> Request:
    """A request of a page, or of a frame in it."""
    frame = SimpleNamespace(page=page, parent_frame=parent)
    return cast("Request", Sent(kind, frame, leaves))


def watched() -> tuple[Heard, UnderWay, Page]:
    """A context, the count of its requests, and a page."""
    context = Heard()
    return context, UnderWay(cast("BrowserContext", context)), cast("Page", Tab())


def test_a_request_is_under_way_until_it_is_answered() -> None:
    """GIVEN requests of two pages THEN each page has its own count, without beacons and workers."""
    context, under_way, page = watched()
    call, other = sent(page), sent(Tab())
    for each in (call, other, sent(page, "ping"), sent(page, "image"), Worker()):
        context.tell("request", each)
    assert under_way.of(page) == (1, 0)

    context.tell("requestfinished", call)

    assert under_way.of(page) == (0, 1)


def test_what_failed_is_over_and_no_answer() -> None:
    """GIVEN a request that was held back THEN nobody waits for it."""
    context, under_way, page = watched()
    call = sent(page)
    context.tell("request", call)
    context.tell("requestfailed", call)
    assert under_way.of(page) == (0, 0)


def test_a_new_document_ends_the_wait_for_the_earlier_ones_calls() -> None:
    """GIVEN a page that leaves THEN only the new document counts; a frame in it ends nothing."""
    context, under_way, page = watched()
    context.tell("request", sent(page))
    context.tell("request", sent(page, "document", leaves=True, parent=object()))
    assert under_way.of(page) == (2, 0)

    context.tell("request", sent(page, "document", leaves=True))

    assert under_way.of(page) == (1, 0)


def test_requests_of_a_block_are_those_begun_inside() -> None:
    """GIVEN a block THEN what begins in it is pending until its end, and nobody listens after it."""
    page = Tab()
    call, script = sent(page), sent(page, "script")
    with pending_requests(cast("Page", page)) as pending:
        for each in (call, script, sent(page, "stylesheet")):
            page.tell("request", each)
        page.tell("requestfinished", call)
        assert list(pending) == [script]
        page.tell("requestfailed", script)
        assert not pending
    assert not any(page.listeners.values())
