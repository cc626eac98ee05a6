"""The one browser of a batch: each order is walked afresh, under a report and a permit of its own."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from playwright.async_api import Error

from automation.aliexpress.session.opening import (
    Shared,
    as_tool_error,
    open_browser,
    under_way_in,
    walk_in,
)
from automation.errors import ToolError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from automation.aliexpress.request import Request
    from automation.aliexpress.running import Run
    from automation.aliexpress.walk.browse import Walk
    from automation.engine.session.browser import Session


@dataclass
class BatchBrowser:
    """Opened when the first order needs it, closed with the batch.

    Args:
        open_until: closes it.
    """

    open_until: contextlib.AsyncExitStack
    _session: Session | None = None
    _shared: Shared | None = field(default=None, init=False)

    @contextlib.asynccontextmanager
    async def walk(self, request: Request, run: Run) -> AsyncIterator[Walk]:
        """A walk for one order; see ``automation.aliexpress.session.opening.Opener``.

        Raises:
            ToolError: also for errors of Playwright, or if the order before may still send.
        """
        session = await self._opened(request, run)
        async with _naming_a_loss(session):
            with as_tool_error(run):
                await _turn_to_next(session, run)
            try:
                async with walk_in(session, request, run, self._shared) as walk:
                    yield walk
            finally:
                await _close_tabs(session)

    def look_again(self) -> None:
        """Open My Orders again for the next order: time has passed."""
        if self._shared is not None:
            self._shared.my_orders.forget()

    async def _opened(self, request: Request, run: Run) -> Session:
        if self._session is None:
            opened = open_browser(request, run)
            self._session = await self.open_until.enter_async_context(opened)
            self._shared = Shared(under_way_in(self._session, request))
        return self._session


@contextlib.asynccontextmanager
async def _naming_a_loss(session: Session) -> AsyncIterator[None]:
    """Name the lost connection in place of what failed without it; the batch goes on to its end.

    Raises:
        ToolError: that, or what failed.
    """
    try:
        yield
    except ToolError as problem:
        if (lost := await session.loss_behind(problem)) is not None:
            raise lost from problem
        raise


async def _turn_to_next(session: Session, run: Run) -> None:
    """Give an order a report and a permit of its own, and a tab if the last one is gone."""
    if run.guard is not session.guard:
        await session.guard.next_target()
        run.guard = session.guard
    if session.page.is_closed():
        session.page = await session.new_page()


async def _close_tabs(session: Session) -> None:
    """Close the tabs of an order, from a blank page: a loaded one could send something."""
    for page in session.context.pages:
        if page is session.page or not session.guard.is_followed(page):
            continue
        with contextlib.suppress(Error):
            await page.goto("about:blank")
            await page.close()
