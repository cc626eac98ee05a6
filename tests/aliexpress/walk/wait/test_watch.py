"""What a watch over a page loads again, and what it stops at."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest
from msgspec.structs import replace
from playwright.async_api import Error
from playwright.async_api import TimeoutError as PlaywrightTimeout

from automation.aliexpress.site import SiteMap
from automation.aliexpress.walk.wait import watch as watches
from automation.aliexpress.walk.wait.deadline import Deadline
from automation.aliexpress.walk.wait.watch import Watch, human_needed
from automation.engine.guard import RequestRecord
from automation.errors import ErrorCode, ExitCode, ToolError
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from playwright.async_api import Page

    from automation.engine.guard import Guard

SITE = "https://www.aliexpress.com"
ORDERS = f"{SITE}/p/order/index.html"
SIGN_IN, CAPTCHA = "https://login.aliexpress.com/", f"{SITE}/punish?x5secdata=1"
REFUSED = RequestRecord(
    "/elsewhere", "shop.example", "GET", "foreign", "foreign host", main_frame=True
)
Answer = int | Error


@dataclass
class StandIn:
    """A page that gives one answer after the other, and the guard of its session.

    Args:
        answers: a status, or what the browser raises; the last one stays.
        leads_to: where it is after it answered.
        refused: the navigations that the guard refused.
    """

    answers: list[Answer] = field(default_factory=lambda: [200])
    leads_to: str = ORDERS
    refused: tuple[RequestRecord, ...] = ()
    url: str = ORDERS
    loads: int = 0

    async def goto(self, _address: str, **_: object) -> SimpleNamespace:
        """Load."""
        self.loads += 1
        answer = self.answers[0] if len(self.answers) == 1 else self.answers.pop(0)
        self.url = self.leads_to
        if isinstance(answer, Error):
            raise answer
        return SimpleNamespace(status=answer)

    def refused_navigations(self) -> tuple[RequestRecord, ...]:
        """The guard's."""
        return self.refused

    def watch(self, *, alone: bool = False) -> Watch:
        """The watch over it."""
        return Watch(SiteMap.load().hooks, cast("Guard", self), alone)


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """A load begins again at once."""
    monkeypatch.setattr(watches, "_RETRY_SECONDS", 0.0)


def loaded(page: StandIn, seconds: float = 60.0) -> None:
    """Load My Orders on the stand-in."""

    async def load() -> None:
        await page.watch().load(cast("Page", page), ORDERS, Deadline.after(seconds))

    in_own_loop(load())


@pytest.mark.parametrize(
    ("answers", "loads"),
    [
        ([200], 1),
        ([503, 502, 200], 3),
        ([Error("net::ERR_CONNECTION_RESET at https://x"), 200], 2),
    ],
    ids=["at-once", "server-errors", "connection"],
)
def test_what_may_pass_is_loaded_again(answers: list[Answer], loads: int) -> None:
    """GIVEN a server error or a lost connection THEN the page is loaded until it is there."""
    page = StandIn(answers)

    loaded(page)

    assert page.loads == loads


@pytest.mark.parametrize(
    ("answer", "code", "says"),
    [
        (404, ErrorCode.PAGE_NOT_THERE, "no page at /p/order/index.html: HTTP 404"),
        (410, ErrorCode.PAGE_NOT_THERE, "HTTP 410"),
        (403, ErrorCode.PAGE_NOT_LOADED, f"could not load {ORDERS}: HTTP 403"),
        (
            PlaywrightTimeout("Timeout 1ms exceeded."),
            ErrorCode.PAGE_NOT_LOADED,
            "no answer in time",
        ),
    ],
    ids=["not-there", "gone", "forbidden", "no-answer"],
)
def test_what_stays_is_asked_for_once(answer: Answer, code: ErrorCode, says: str) -> None:
    """GIVEN an answer that another load would not change THEN one load, and its cause."""
    page = StandIn([answer])

    with pytest.raises(ToolError) as stopped:
        loaded(page)

    assert page.loads == 1
    assert stopped.value.code is code
    assert says in stopped.value.message


def test_without_time_left_the_last_problem_is_named() -> None:
    """GIVEN no time at all THEN the error names the address without its query."""
    with pytest.raises(ToolError, match=f"could not load {ORDERS}:"):
        loaded(StandIn([503]), seconds=0)


@pytest.mark.parametrize("message", ["", "Page.goto: ", "\nCall log:"])
def test_an_error_without_words_is_told_as_such(message: str) -> None:
    """GIVEN an error of the browser that says nothing THEN the reason says so, and does not break off."""
    page = StandIn([Error(message), PlaywrightTimeout("Timeout 1ms exceeded.")])

    with pytest.raises(ToolError) as stopped:
        loaded(page)

    assert page.loads == 2
    assert stopped.value.message == f"could not load {ORDERS}: the browser gave no reason"


@pytest.mark.parametrize(
    ("leads_to", "code"), [(SIGN_IN, ErrorCode.SIGNED_OUT), (CAPTCHA, ErrorCode.CAPTCHA)]
)
def test_a_redirect_explains_more_than_the_failure(leads_to: str, code: ErrorCode) -> None:
    """GIVEN a load that fails where the site wants a human THEN that is said (exit 4)."""
    with pytest.raises(ToolError) as stopped:
        loaded(StandIn([Error("net::ERR_ABORTED")], leads_to=leads_to))

    assert (stopped.value.code, stopped.value.exit_code) == (code, ExitCode.HUMAN_NEEDED)
    assert stopped.value.hint == human_needed(code, leads_to).hint


@pytest.mark.parametrize(
    ("refused", "code", "says"),
    [
        (REFUSED, ErrorCode.FOREIGN_HOST, "shop.example: it is not part of the site"),
        (
            replace(REFUSED, reason="another shop of the company"),
            ErrorCode.FOREIGN_HOST,
            "another shop with other pages",
        ),
        (
            replace(REFUSED, kind="unknown"),
            ErrorCode.PAGE_NOT_RECOGNISED,
            "/elsewhere: it is not a known page",
        ),
        (
            replace(REFUSED, host="login.aliexpress.com", what="/"),
            ErrorCode.SIGNED_OUT,
            "asks for a sign-in",
        ),
    ],
    ids=["foreign", "other-shop", "unknown-page", "sign-in"],
)
def test_a_refused_navigation_says_where_it_led(
    refused: RequestRecord, code: ErrorCode, says: str
) -> None:
    """GIVEN a navigation that the guard refused since the load THEN the run stops there."""
    page = StandIn()
    own = page.watch()
    own.check(cast("Page", page))

    page.refused = (refused,)
    with pytest.raises(ToolError) as stopped:
        own.check(cast("Page", page))

    assert stopped.value.code is code
    assert says in stopped.value.message


def test_refusals_before_a_load_count_no_more() -> None:
    """GIVEN a refusal on the way to an earlier page THEN the next page is not blamed for it."""
    page = StandIn(refused=(REFUSED,))

    page.watch().check(cast("Page", page))
    own = page.watch()
    page.refused = (REFUSED, REFUSED)
    own.forget_earlier()
    own.check(cast("Page", page))

    assert own.refused_windows == ()


def test_a_window_of_the_page_counts_only_where_it_is_asked_for() -> None:
    """GIVEN a refused window, such as an advertisement THEN it is named, and stops only on demand."""
    page = StandIn()
    own = page.watch()
    page.refused = (replace(REFUSED, new_window=True),) * 2

    own.check(cast("Page", page))
    assert own.refused_windows == ("shop.example/elsewhere",)
    with pytest.raises(ToolError, match="refused to open shop"):
        own.check(cast("Page", page), windows=True)


def test_beside_another_page_of_the_tool_only_its_own_way_counts() -> None:
    """GIVEN a second page of the tool THEN what that one is refused is no part of this one's way."""
    page = StandIn()
    own = page.watch(alone=True)

    page.refused = (replace(REFUSED, page="/p/reverse-pages/detail.html"),)
    own.check(cast("Page", page))

    page.refused = (replace(REFUSED, page="/p/order/index.html"),)
    with pytest.raises(ToolError, match="refused to open"):
        own.check(cast("Page", page))
