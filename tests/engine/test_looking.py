"""The looks of a verification: their pauses, their one tab, and the final answer."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import Error

from automation.engine.looking import Concluded, Finding, Pace, look_until_clear
from automation.engine.outcome import Case, Outcome, Past, Reply, Seen
from automation.errors import ErrorCode, ExitCode, ToolError
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import Sequence

BLIND = ToolError(
    "the site asks for a captcha", code=ErrorCode.CAPTCHA, exit_code=ExitCode.HUMAN_NEEDED
)
SENT = Case(Past.SENDING, Reply.SUCCESS)


@dataclass
class Stand:
    """Stands in for the browser: what each look finds, and the use of tabs and time."""

    finds: list[Seen | Exception]
    sleeps: list[float] = field(default_factory=list)
    tabs: list[list[str]] = field(default_factory=list)

    async def look(self, _page: object) -> Finding:
        """The next finding."""
        found = self.finds.pop(0)
        if isinstance(found, Exception):
            raise found
        return Finding(found, f"a look at {found.name}")

    async def sleep(self, seconds: float) -> None:
        """Record a wait instead of waiting."""
        self.sleeps.append(seconds)

    async def fresh_page(self) -> Any:  # noqa: ANN401  stands for a page
        """A tab that records what is done with it."""
        done: list[str] = []
        self.tabs.append(done)

        async def goto(address: str) -> None:
            done.append(address)

        async def close() -> None:
            done.append("closed")

        return SimpleNamespace(goto=goto, close=close)


def run(
    monkeypatch: pytest.MonkeyPatch,
    *finds: Seen | Exception,
    case: Case = SENT,
    seconds: float = 99,
    lost: ToolError | None = None,
    connected: bool = True,
) -> tuple[Stand, Concluded]:
    """Look until it is clear.

    Args:
        lost: why the connection to the browser ended.
        connected: what Playwright says of it.
    """
    stand = Stand([*finds])
    browser = SimpleNamespace(is_connected=lambda: connected)
    context = SimpleNamespace(browser=browser, new_page=stand.fresh_page)

    async def look_for_loss() -> ToolError | None:
        return lost

    session: Any = SimpleNamespace(context=context, fresh_page=stand.fresh_page, lost=look_for_loss)
    monkeypatch.setattr(asyncio, "sleep", stand.sleep)
    said = in_own_loop(look_until_clear(session, stand.look, case, seconds, Pace()))
    return stand, said


@pytest.mark.parametrize(
    ("finds", "sleeps"),
    [
        ((Seen.SHOWN, Seen.SHOWN), [2]),
        ((Seen.OPEN, Seen.SHOWN, Seen.SHOWN), [1, 2]),
        ((*[Seen.GONE] * 6, Seen.SHOWN, Seen.SHOWN), [1, 2, 4, 8, 8, 8, 2]),
    ],
)
def test_pauses_grow_and_what_must_hold_is_looked_at_two_seconds_later(
    monkeypatch: pytest.MonkeyPatch, finds: Sequence[Seen], sleeps: list[float]
) -> None:
    """GIVEN unclear pages THEN 1, 2, 4, 8 s; before the second of two equal looks 2 s."""
    stand, said = run(monkeypatch, *finds)

    assert said.outcome is Outcome.DONE
    assert stand.sleeps == sleeps


def test_one_tab_is_used_and_closed_from_a_blank_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN many looks THEN one tab, which can send nothing by the time it is closed."""
    stand, _ = run(monkeypatch, Seen.GONE, Seen.GONE, Seen.SHOWN, Seen.SHOWN)

    assert stand.tabs == [["about:blank", "closed"]]


def test_a_tab_that_broke_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a crash between two looks THEN the pair starts over, in another tab."""
    crash = Error("Page crashed")

    stand, said = run(monkeypatch, Seen.SHOWN, crash, Seen.SHOWN, Seen.SHOWN)

    assert said.outcome is Outcome.DONE
    assert len(stand.sleeps) == 3
    assert [tab[-1] for tab in stand.tabs] == ["closed", "closed"]


def test_an_error_without_words_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a browser that ends without a reason THEN the sentence says so, and does not break off."""
    _, said = run(monkeypatch, Error(""), connected=False)

    assert said.sentence == "no fresh page could be read: the browser gave no reason"


def test_a_captcha_ends_it_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a captcha after a good look THEN unknown, and no further load."""
    stand, said = run(monkeypatch, Seen.SHOWN, BLIND)

    assert said.outcome is Outcome.UNKNOWN
    assert said.sentence == "no fresh page could be read: the site asks for a captcha"
    assert not said.lost
    assert stand.finds == []


@pytest.mark.parametrize("connected", [True, False])
@pytest.mark.parametrize(
    "without",
    [
        Error("Target page, context or browser has been closed"),
        ToolError("My Orders did not load", code=ErrorCode.PAGE_NOT_LOADED),
    ],
)
def test_a_lost_connection_ends_it_at_once_and_is_named(
    monkeypatch: pytest.MonkeyPatch, without: Exception, *, connected: bool
) -> None:
    """GIVEN a browser elsewhere that is gone after a good look THEN unknown, and why; no wait for it."""
    lost = ToolError("HOST ended the connection", code=ErrorCode.CONNECTION_LOST)

    stand, said = run(monkeypatch, Seen.SHOWN, without, lost=lost, connected=connected)

    assert said.outcome is Outcome.UNKNOWN
    assert said.sentence == "no fresh page could be read: HOST ended the connection"
    assert said.lost
    assert stand.finds == []


def test_pages_that_take_it_back_are_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN cancelled, then open again THEN unknown, with both as they were seen."""
    _, said = run(monkeypatch, Seen.SHOWN, Seen.OPEN)

    assert said.outcome is Outcome.UNKNOWN
    assert said.sentence == (
        "the pages contradict each other: first a look at SHOWN, then a look at OPEN"
    )


@pytest.mark.parametrize(
    ("finds", "outcome"),
    [
        ((Seen.GONE,), Outcome.UNKNOWN),
        ((Seen.SHOWN, Seen.SHOWN), Outcome.DONE),
        ((Seen.SHOWN, Seen.UNCLEAR), Outcome.UNKNOWN),
    ],
)
def test_when_the_time_is_over_a_good_look_gets_its_second(
    monkeypatch: pytest.MonkeyPatch, finds: Sequence[Seen], outcome: Outcome
) -> None:
    """GIVEN no time left THEN only a result that must hold is checked again; the last counts."""
    stand, said = run(monkeypatch, *finds, seconds=0)

    assert (said.outcome, stand.finds) == (outcome, [])
    assert said.sentence == f"a look at {finds[-1].name}"


@pytest.mark.parametrize(("asks", "looks"), [(True, 2), (False, 4)])
def test_words_that_nobody_knows_end_it_where_somebody_can_be_asked(
    monkeypatch: pytest.MonkeyPatch, *, asks: bool, looks: int
) -> None:
    """GIVEN the same unknown words twice THEN waiting is over only if a person can say what they mean."""
    stand, taken = Stand([]), list[Finding]()
    monkeypatch.setattr(asyncio, "sleep", stand.sleep)

    async def look(_page: object) -> Finding:
        taken.append(Finding(Seen.GONE, "the page says 'x'", unread=True))
        return taken[-1]

    ticks = iter(float(n) for n in range(100))
    monkeypatch.setattr("automation.engine.looking.time.monotonic", lambda: next(ticks))
    work = look_until_clear(stand, look, SENT, 3.5, Pace(), ask_unread=asks)  # type: ignore[arg-type]
    found = in_own_loop(work)

    assert (found.outcome, found.unread) == (Outcome.UNKNOWN, True)
    assert len(taken) == looks
