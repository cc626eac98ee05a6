"""A browser for a request: what it may reach, how its errors read, and a second walk after a human."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from msgspec.structs import replace
from playwright.async_api import Error

from automation.aliexpress.answer import Step
from automation.aliexpress.running import Run
from automation.aliexpress.session import opening
from automation.aliexpress.session.opening import (
    as_tool_error,
    open_browser,
    walked,
    walked_in_parts,
)
from automation.aliexpress.site import Addresses
from automation.aliexpress.site.traffic import site_traffic
from automation.aliexpress.walk.browse import Walk
from automation.aliexpress.walk.progress import Untold
from automation.engine.guard import Guard, SiteOrigins
from automation.errors import ErrorCode, ExitCode, ToolError
from tests.aliexpress.session.a_request import API, MIMIC, SITE, Page, request_for, stop
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from automation.aliexpress.request import Request
    from automation.aliexpress.walk.tab import Tab

REAL_API = "https://acs.aliexpress.com"
CAPTCHA = ToolError(
    "slide", code=ErrorCode.CAPTCHA, exit_code=ExitCode.HUMAN_NEEDED, hint="slide it"
)


@dataclass
class Answers:
    """What the pages have read; one answer is still on its way."""

    heard: list[str] = field(default_factory=lambda: ["of before"])
    late: list[str] = field(default_factory=lambda: ["of before, and late"])

    def arrive(self) -> None:
        """What was on its way is there."""
        self.heard += self.late
        self.late = []

    async def all(self) -> tuple[str, ...]:
        """Everything, once it has arrived."""
        self.arrive()
        return tuple(self.heard)


@dataclass
class Human:
    """A human who deals with a captcha, or does not."""

    does: bool = True
    asked: list[ToolError] = field(default_factory=list)

    async def __call__(self, _tab: Tab, error: ToolError) -> bool:
        """Ask them."""
        self.asked.append(error)
        return self.does


def a_walk(human: Human | None = None, own: Page | None = None) -> Walk:
    """A walk that has read something."""
    page, fresh = own or Page(), Page()

    async def new_page() -> Page:
        return fresh

    guard = Guard(SiteOrigins.only(MIMIC), site_traffic())
    session: Any = SimpleNamespace(page=page, guard=guard, new_page=new_page)
    made = Walk(
        session, SITE, Addresses(MIMIC), Untold(), 1.0, cast("Any", Answers()), ask_human=human,
        personal=[cast("Any", "a page of before")],
    )  # fmt: skip
    made.my_orders.keep((), 3)
    return made


def opener(walk: Walk) -> Any:  # noqa: ANN401  as the function it stands for
    """Opens this walk."""

    @contextlib.asynccontextmanager
    async def opened(*_: object) -> AsyncIterator[Walk]:
        yield walk

    return opened


@dataclass
class Work:
    """Work that is stopped so many times; it takes down each walk."""

    stops: list[ToolError]
    walks: list[Walk] = field(default_factory=list)

    async def __call__(self, walk: Walk) -> str:
        """Do it."""
        self.walks.append(walk)
        if self.stops:
            raise self.stops.pop(0)
        cast("Answers", walk.responses).arrive()
        return f"done in walk {len(self.walks)}"


def run_of(*, permit: object = None) -> Run:
    """A run, with a permit or without one."""
    run = Run("cancel", "8190000000000001")
    confirmed = replace(run.found.confirmed, permit=permit)
    run.found = replace(run.found, confirmed=confirmed)
    return run


REQUEST = cast("Request", None)


# Once more, after a human


def test_work_that_nothing_stops_is_done_once() -> None:
    """GIVEN work without a problem THEN its result, and no question."""
    human, work = Human(), Work([])

    assert in_own_loop(walked(REQUEST, run_of(), work, opener(a_walk(human)))) == "done in walk 1"
    assert human.asked == []


def test_after_a_human_all_is_done_again_from_a_walk_that_knows_nothing() -> None:
    """GIVEN a captcha that a human solved THEN a second walk: another account may be signed in now."""
    human, work = Human(), Work([CAPTCHA])
    first = a_walk(human)
    first.page = opened = cast("Any", Page())

    assert in_own_loop(walked(REQUEST, run_of(), work, opener(first))) == "done in walk 2"

    [before, after] = work.walks
    assert human.asked == [CAPTCHA]
    assert before is first is not after
    assert (after.personal, after.my_orders.count) == ([], 0)
    assert after.responses is not None
    assert after.responses.heard == []
    assert after.page is first.session.page, "the tool's own tab"
    assert opened.closed, "the tab of the dispute is closed"


def test_a_window_that_the_human_closed_is_opened_again() -> None:
    """GIVEN a human who closed the tab THEN the second walk has a new one."""
    first, work = a_walk(Human(), own=Page(closed=True)), Work([CAPTCHA])

    in_own_loop(walked(REQUEST, run_of(), work, opener(first)))

    assert not work.walks[1].page.is_closed()


@pytest.mark.parametrize(
    ("human", "permit"),
    [(None, None), (Human(does=False), None), (Human(), object())],
    ids=["no human is there", "they did nothing", "a permit was given out"],
)
def test_without_a_human_or_after_a_permit_nothing_is_done_again(
    human: Human | None, permit: object
) -> None:
    """GIVEN no human, or a permit whose request may be on its way THEN what stopped it, after one walk."""
    work = Work([CAPTCHA])

    with pytest.raises(ToolError) as caught:
        in_own_loop(walked(REQUEST, run_of(permit=permit), work, opener(a_walk(human))))

    assert (caught.value, len(work.walks)) == (CAPTCHA, 1)
    assert human is None or len(human.asked) == (0 if permit else 1)


def test_a_human_is_asked_once() -> None:
    """GIVEN a second captcha THEN that ends the run."""
    human, work = Human(), Work([CAPTCHA, stop(ErrorCode.SIGNED_OUT, ExitCode.HUMAN_NEEDED)])

    with pytest.raises(ToolError) as caught:
        in_own_loop(walked(REQUEST, run_of(), work, opener(a_walk(human))))

    assert (caught.value.code, human.asked) == (ErrorCode.SIGNED_OUT, [CAPTCHA])


def test_parts_come_as_soon_as_there_are_any_and_again_after_a_human() -> None:
    """GIVEN work that is stopped after its first part THEN that part, and all of them once more."""
    stops = [CAPTCHA]

    async def parts(_walk: Walk) -> AsyncIterator[str]:
        yield "judged"
        if stops:
            raise stops.pop()
        yield "planned"

    async def all_of_them() -> list[str]:
        walk = opener(a_walk(Human()))
        return [each async for each in walked_in_parts(REQUEST, run_of(), parts, walk)]

    assert in_own_loop(all_of_them()) == ["judged", "judged", "planned"]


@pytest.mark.parametrize("refused", [True, False])
def test_an_error_of_the_browser_is_named_by_where_its_page_wanted_to_go(
    monkeypatch: pytest.MonkeyPatch, *, refused: bool
) -> None:
    """GIVEN a script that broke WHEN the guard refused a sign-in THEN that; else the browser's error."""
    walk = a_walk()
    signed_out = stop(ErrorCode.SIGNED_OUT, ExitCode.HUMAN_NEEDED)

    def check(_page: object) -> None:
        if refused:
            raise signed_out

    monkeypatch.setattr(walk.watch, "check", check)

    async def breaks(_walk: Walk) -> None:
        raise Error("Execution context was destroyed")

    with pytest.raises(ToolError if refused else Error) as caught:
        in_own_loop(walked(REQUEST, run_of(), breaks, opener(walk)))
    assert (caught.value is signed_out) is refused


# Errors of the browser


@pytest.mark.parametrize(
    ("message", "line"),
    [
        ("Target closed\nCall log: x", "Target closed"),
        ("x" * 500, "x" * 160),
        ("", "the browser gave no reason"),
    ],
)
def test_an_error_of_the_browser_names_the_step(message: str, line: str) -> None:
    """GIVEN an error of Playwright THEN its first line and the step; an error of the tool stays."""
    run = run_of()
    run.step_now = Step.ORDER_DETAILS

    with pytest.raises(ToolError) as caught, as_tool_error(run):
        raise Error(message)

    assert caught.value.code is ErrorCode.BROWSER_FAILED
    assert caught.value.message == f"the browser failed during '{Step.ORDER_DETAILS}': {line}"
    with pytest.raises(ToolError) as kept, as_tool_error(run):
        raise CAPTCHA
    assert kept.value is CAPTCHA


# What a browser may reach


@pytest.mark.parametrize(
    ("addresses", "pages", "apis", "foreign"),
    [
        (Addresses(), {"https://www.aliexpress.com"}, {REAL_API}, {MIMIC, API}),
        (Addresses(MIMIC), {MIMIC}, {MIMIC}, {API, "https://www.aliexpress.com", REAL_API}),
        (Addresses(MIMIC, API), {MIMIC}, {MIMIC, API}, {"https://www.aliexpress.com", REAL_API}),
    ],
    ids=["the real site", "a mimic", "a mimic with a gateway"],
)
def test_the_guard_knows_the_origins_of_the_request_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, addresses: Addresses,
    pages: set[str], apis: set[str], foreign: set[str],
) -> None:  # fmt: skip
    """GIVEN a site THEN its pages, and calls to its gateway; every other origin is foreign."""
    run, opened = Run("list"), list[object]()

    @contextlib.asynccontextmanager
    async def open_session(options: object, guard: Guard, **_: object) -> AsyncIterator[Any]:
        opened.extend((options, guard))
        yield SimpleNamespace(browser_name="Chromium")

    monkeypatch.setattr(opening, "open_session", open_session)
    request = request_for(addresses, tmp_path)

    async def work() -> None:
        async with open_browser(request, run) as session:
            assert session.browser_name == "Chromium"

    in_own_loop(work())

    assert opened == [request.session, run.guard]
    guard = run.guard
    assert guard is not None
    every = pages | apis | foreign
    assert {each for each in every if guard.is_on_site(f"{each}/p/order/index.html")} == pages
    origins = guard._judge.origins  # noqa: SLF001  what it was given
    called = {each for each in every if origins.takes_calls(f"{each}/h5/mtop.x/1.0/")}
    assert called == apis
    assert [(each.step, each.page, each.note) for each in run.steps] == [
        (Step.BROWSER, "Chromium", "guard on")
    ]


def test_a_browser_that_does_not_start_is_an_error_of_that_step(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """GIVEN a browser that fails at its start, or later THEN the tool's error, by the step."""
    run = Run("list")

    def fails(*_: object, **__: object) -> None:
        raise Error("no such file")

    monkeypatch.setattr(opening, "open_session", fails)

    async def work() -> None:
        async with open_browser(request_for(Addresses(MIMIC), tmp_path), run):
            pytest.fail("there is no browser")

    with pytest.raises(ToolError, match=f"during '{Step.BROWSER}': no such file"):
        in_own_loop(work())
    assert run.steps == []
