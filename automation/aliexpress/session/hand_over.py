"""Let a human at the window deal with a sign-in or a captcha, once in a run.

The tool types nothing, clicks nothing and solves nothing. It waits, under the guard, and what it
had read before counts no longer.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from playwright.async_api import Error

from automation.aliexpress.answer import Step
from automation.aliexpress.site.addresses import is_captcha, is_sign_in
from automation.aliexpress.walk.wait.deadline import Deadline
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from playwright.async_api import Page

    from automation.aliexpress.request import Human
    from automation.aliexpress.running import Run
    from automation.aliexpress.walk.tab import Tab

_LOOK_SECONDS: Final = 0.3
# A sign-in goes through several pages, so the site must stay open to count.
_STEADY_SECONDS: Final = 1.5
# The page that was refused before has to come again.
_COMING_SECONDS: Final = 8.0
_BLOCKS: Final = {ErrorCode.SIGNED_OUT: "sign-in", ErrorCode.CAPTCHA: "captcha"}


@dataclass
class HandOver:
    """Hands the window over to the human of one run.

    Args:
        human: tells them what to do; ``None`` without a window.
        used: it happened in this run, so it does not happen again.
    """

    run: Run
    human: Human | None
    used: bool = False

    async def __call__(self, tab: Tab, error: ToolError) -> bool:
        """Wait until the human has dealt with what stopped the run.

        Returns:
            False if it is no matter for a human at this window; then nothing was waited for.

        Raises:
            ToolError: it was not dealt with in time, or the window was closed (exit 4).
        """
        if self.human is None or self.used or error.code not in _BLOCKS:
            return False
        self.used = True
        guard = tab.session.guard
        with (
            self.run.step(Step.HAND_OVER) as running,
            self.run.waiting_for_human(),
            guard.human_at_work(),
        ):
            running.page = _BLOCKS[error.code]
            self.human.asked(error.message)
            try:
                done = await _Wait(tab, self.human).until_clear()
            finally:
                self.human.over()
            if not done:
                raise _not_dealt_with(error, self.human.seconds)
            running.note = "dealt with by you; reading everything again"
        return True


@dataclass
class _Wait:
    """Watches the tabs of a run until none of them shows a sign-in or captcha."""

    tab: Tab
    human: Human
    seen: bool = False

    async def until_clear(self) -> bool:
        """False if the time ran out.

        Raises:
            ToolError: every tab was closed.
        """
        deadline = Deadline.after(self.human.seconds)
        if not await self._is_blocked():
            await self._call_back()
        enter = asyncio.ensure_future(self.human.says_done())
        try:
            return await self._watch(deadline, enter)
        finally:
            enter.cancel()

    async def _call_back(self) -> None:
        """Open where the page wanted to go: it was refused before, and may be opened now.

        A reload does not do: a block that a click led to does not come again by itself.
        """
        page, refused = self.tab.page, self.tab.session.guard.refused_address
        with contextlib.suppress(Error):
            if is_captcha(refused) or is_sign_in(refused):
                await page.goto(refused, wait_until="commit")
            elif page.url == "about:blank":
                await page.goto(self.tab.addresses.my_orders, wait_until="commit")
            else:
                await page.reload(wait_until="commit")

    async def _watch(self, deadline: Deadline, enter: asyncio.Future[None]) -> bool:
        clear: float | None = None
        while deadline.left > 0:
            self.human.waits(deadline.left)
            if await self._is_blocked():
                clear = None
            elif clear is None:
                clear = deadline.left
            elif clear - deadline.left >= (_STEADY_SECONDS if self.seen else _COMING_SECONDS):
                return True
            await asyncio.wait({enter}, timeout=min(_LOOK_SECONDS, deadline.left))
            if enter.done():
                return True
        return False

    async def _is_blocked(self) -> bool:
        """Whether any tab shows a block, or is on its way to somewhere."""
        pages = self.tab.session.context.pages
        if not pages:
            raise _closed()
        blocked = [page for page in pages if await self._shows_block(page)]
        if blocked and not self.seen:
            self.seen = True
            with contextlib.suppress(Error):
                await blocked[0].bring_to_front()
        return bool(blocked)

    async def _shows_block(self, page: Page) -> bool:
        if is_captcha(page.url) or is_sign_in(page.url):
            return True
        layer = page.locator(self.tab.site.hooks.css("captcha")).filter(visible=True)
        try:
            return await layer.count() > 0
        except Error:
            return not page.is_closed()


def _not_dealt_with(error: ToolError, seconds: float) -> ToolError:
    return ToolError(
        f"{error.message}, and it was not dealt with within {seconds:g} s",
        code=error.code,
        exit_code=ExitCode.HUMAN_NEEDED,
        hint=error.hint,
        evidence=error.evidence,
    )


def _closed() -> ToolError:
    return ToolError(
        "the window was closed before the sign-in or captcha was dealt with",
        code=ErrorCode.PAGE_LOST,
        exit_code=ExitCode.HUMAN_NEEDED,
        hint="run the command again, and leave the window open",
    )
