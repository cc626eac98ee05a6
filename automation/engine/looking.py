"""Look at freshly loaded pages until it is certain what became of a request.

``outcome`` decides what the looks mean, and the site says how to look once. Here the looks are
taken: in one tab of the tool's own, which is replaced if it crashes, with growing pauses.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from playwright.async_api import Error

from automation.engine.outcome import (
    NOT_DECIDED,
    PAGES_WENT_BACK,
    Case,
    Outcome,
    Seen,
    Verdict,
    concluded,
)
from automation.errors import ExitCode, ToolError
from automation.text import browser_reason

if TYPE_CHECKING:
    from playwright.async_api import Page

    from automation.engine.session.browser import Session

_CLOSE_SECONDS: Final = 5.0
_LONGEST_ERROR: Final = 120


class Pace(Struct, frozen=True):
    """The pauses of a verification, in seconds.

    Args:
        hold: between the two equal looks that an outcome needs.
        backoff: between looks while the pages are unclear; the last one repeats.
    """

    hold: float = 2.0
    backoff: tuple[float, ...] = (1.0, 2.0, 4.0, 8.0)

    def pauses(self) -> Iterator[float]:
        """The pauses, without end."""
        yield from self.backoff
        while True:
            yield self.backoff[-1]


class Finding(Struct, frozen=True):
    """What one look found, as a value and as text.

    Args:
        unread: the target's own page says something in words that no list has.
        lost: the connection to a browser elsewhere has ended.
    """

    seen: Seen
    sentence: str
    unread: bool = False
    lost: bool = False


LookOnce = Callable[["Page"], Awaitable[Finding]]
"""Loads the target's pages afresh in the given tab and reads them.

It may raise a ``ToolError``: one that needs a human ends the looking.
"""


class Concluded(Struct, frozen=True):
    """The verdict of all looks, and what the last one showed."""

    verdict: Verdict
    sentence: str
    unread: bool = False
    lost: bool = False

    @property
    def outcome(self) -> Outcome:
        """The outcome."""
        return self.verdict.outcome


async def look_until_clear(
    session: Session,
    look: LookOnce,
    case: Case,
    seconds: float,
    pace: Pace,
    *,
    ask_unread: bool = False,
) -> Concluded:
    """Look until two looks in a row give an outcome, or the time runs out.

    Never raises because of a page: any problem means ``unknown``.

    Args:
        session: the browser; the tab that is opened in it is closed at the end.
        look: takes one look.
        case: what is known about the request.
        seconds: how long to continue while the pages are unclear.
        pace: the pauses between looks.
        ask_unread: end as well once two looks in a row show the same words that no list has:
            waiting teaches nobody what they mean.
    """
    ends, overtime = time.monotonic() + seconds, False
    tab, findings, pauses = OwnTab(session), list[Finding](), pace.pauses()
    try:
        while True:
            findings.append(await _try_to_look(tab, look))
            verdict = concluded([each.seen for each in findings], case)
            if verdict is not None:
                last = findings[-1]
                return Concluded(verdict, _told(findings, verdict), last.unread, last.lost)
            if ask_unread and _is_unread(findings[-2:]):
                return Concluded(NOT_DECIDED, findings[-1].sentence, unread=True)
            holds = case.verdict(findings[-1].seen).outcome is not Outcome.UNKNOWN
            left = ends - time.monotonic()
            if left <= 0:
                if overtime or not holds:
                    return Concluded(NOT_DECIDED, findings[-1].sentence, findings[-1].unread)
                overtime = True  # one more look to confirm the last one
            await asyncio.sleep(pace.hold if holds else max(0.0, min(next(pauses), left)))
    finally:
        await tab.close()


def _is_unread(last: list[Finding]) -> bool:
    return len(last) > 1 and all(each.unread for each in last) and last[0] == last[1]


def _told(findings: list[Finding], verdict: Verdict) -> str:
    """What was seen, as text."""
    if verdict.reason == PAGES_WENT_BACK:
        first = next(each.sentence for each in findings if each.seen is not findings[-1].seen)
        return f"the pages contradict each other: first {first}, then {findings[-1].sentence}"
    return findings[-1].sentence


class OwnTab:
    """A tab of a verification, opened when it is first needed and again after ``close``."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._page: Page | None = None

    async def ready(self) -> Page:
        """The open tab."""
        if self._page is None:
            self._page = await self.session.fresh_page()
        return self._page

    async def close(self) -> None:
        """Close it, from a blank page: closing a loaded one could make it send something."""
        page, self._page = self._page, None
        if page is None:
            return
        with contextlib.suppress(Error, TimeoutError):
            async with asyncio.timeout(_CLOSE_SECONDS):
                await page.goto("about:blank")
                await page.close()


async def _try_to_look(tab: OwnTab, look: LookOnce) -> Finding:
    try:
        return await look(await tab.ready())
    except ToolError as error:
        blind, told = error.exit_code is ExitCode.HUMAN_NEEDED, error.message
        lost = None if blind else await tab.session.lost()
    except Error as error:
        browser = tab.session.context.browser
        blind = browser is not None and not browser.is_connected()
        told = browser_reason(error.message)[:_LONGEST_ERROR]
        await tab.close()
        lost = await tab.session.lost()
    if lost is not None:
        blind, told = True, lost.message
    seen = Seen.BLIND if blind else Seen.UNCLEAR
    return Finding(seen, f"no fresh page could be read: {told}", lost=lost is not None)
