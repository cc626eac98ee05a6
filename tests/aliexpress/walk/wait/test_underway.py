"""Which requests of a page have no answer yet."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest
from playwright.async_api import Error

from automation.aliexpress.walk.wait.underway import UnderWay, pending_requests
from tests.listening import Heard
from tests.own_loop import in_own_loop

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
    url: str = ""
    answers: tuple[int, bytes] | Error = (200, b"")

    async def response(self) -> SimpleNamespace:
        """Its answer."""
        if isinstance(self.answers, Error):
            raise self.answers
        status, body = self.answers

        async def whole() -> bytes:
            return body

        return SimpleNamespace(status=status, body=whole)

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
    return context, UnderWay(cast("BrowserContext", context), lambda _: ""), cast("Page", Tab())


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


LIST, DETAIL = "mtop.shop.order.list", "mtop.shop.order.detail"
EXPIRED = b'mtopjsonp1({"ret": ["FAIL_SYS_TOKEN_EXOIRED::again"], "data": {}})'
SERVED = b'{"ret": ["SUCCESS::ok"], "data": {}}'


def refused_after(*steps: tuple[str, tuple[int, bytes] | Error] | None) -> tuple[str, ...]:
    """The calls of a page that count as refused after these answers; ``None`` is a new document."""
    context, page = Heard(), Tab()
    watched = UnderWay(cast("BrowserContext", context), lambda address: address)
    frame = SimpleNamespace(page=page, parent_frame=None)
    for step in steps:
        call = Sent("document", frame, leaves=True)
        if step is not None:
            call = Sent("script", frame, leaves=False, url=step[0], answers=step[1])
        context.tell("request", call)
        context.tell("requestfinished", call)
    return in_own_loop(watched.refused(cast("Page", page), bool))


@pytest.mark.parametrize(
    ("answer", "refused"),
    [
        ((200, EXPIRED), (f"{LIST} (FAIL_SYS_TOKEN_EXOIRED)",)),
        ((200, b'{"ret": ["fail_biz_x::no"]}'), (f"{LIST} (FAIL_BIZ_X)",)),
        ((200, b'{"ret": ["success::ok"]}'), ()),
        ((200, b'{"ret": "no code"}'), ()),
        ((200, b'{"ret": [""]}'), ()),
        ((503, b"<h1>Sorry"), (f"{LIST} (HTTP 503)",)),
        ((200, SERVED), ()),
        ((200, b"<h1>Sorry"), ()),
        (Error("gone"), ()),
    ],
    ids=[
        "token",
        "small letters",
        "yes in small letters",
        "no code",
        "empty",
        "status",
        "served",
        "no JSON",
        "lost",
    ],
)
def test_a_call_is_refused_if_its_answer_says_so(
    answer: tuple[int, bytes] | Error, refused: tuple[str, ...]
) -> None:
    """GIVEN the answer to a call THEN it is refused only if that can be read in it."""
    assert refused_after((LIST, answer)) == refused


def test_a_call_that_the_page_repeats_is_no_longer_refused() -> None:
    """GIVEN a refusal WHEN the page asks again, or is loaded again THEN the last answer counts."""
    refused, served = (200, EXPIRED), (200, SERVED)

    assert refused_after((LIST, refused), (LIST, served)) == ()
    assert refused_after((LIST, refused), None) == ()
    assert refused_after((LIST, refused), (DETAIL, served)) == (f"{LIST} (FAIL_SYS_TOKEN_EXOIRED)",)


def test_only_the_calls_that_matter_are_asked_for() -> None:
    """GIVEN two refused calls WHEN one matters THEN that one."""
    context, page = Heard(), Tab()
    watched = UnderWay(cast("BrowserContext", context), lambda address: address)
    frame = SimpleNamespace(page=page, parent_frame=None)
    for name in (LIST, DETAIL):
        call = Sent("script", frame, leaves=False, url=name, answers=(503, b""))
        context.tell("request", call)
        context.tell("requestfinished", call)

    assert in_own_loop(watched.refused(cast("Page", page), LIST.__eq__)) == (f"{LIST} (HTTP 503)",)


def test_what_is_no_call_of_the_site_is_never_refused() -> None:
    """GIVEN a script that failed WHEN no API has its address THEN it says nothing about the page."""
    context, under_way, page = watched()
    call = Sent(
        "script", SimpleNamespace(page=page, parent_frame=None), leaves=False, answers=(503, b"")
    )
    context.tell("request", call)
    context.tell("requestfinished", call)

    assert under_way.of(page) == (0, 1)
    assert in_own_loop(under_way.refused(page, bool)) == ()
