"""Open a guarded browser for a request, and turn its failures into clear errors."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from playwright.async_api import Error

from automation.aliexpress.answer import Step
from automation.aliexpress.site.addresses import is_sign_in
from automation.aliexpress.site.traffic import traffic_of
from automation.aliexpress.walk.browse import Walk
from automation.aliexpress.walk.response_names import Responses, about_disputes
from automation.engine.guard import Guard, SiteOrigins
from automation.engine.session.browser import open_session
from automation.errors import ErrorCode, ToolError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from automation.aliexpress.request import Request
    from automation.aliexpress.running import Run


@contextlib.asynccontextmanager
async def open_walk(request: Request, run: Run) -> AsyncIterator[Walk]:
    """Open the browser under the guard, ready to walk the site.

    Raises:
        ToolError: also for errors of Playwright; the run knows whether anything was sent.
    """
    addresses = request.addresses
    traffic = traffic_of(request.site, request.allowed_reads)
    origins = (
        SiteOrigins(traffic.hosts)
        if addresses.is_real
        else SiteOrigins.only(addresses.origin, addresses.gateway)
    )
    run.guard = Guard(origins, traffic, own_pages_only=bool(request.session.attach))
    try:
        with run.step(Step.BROWSER) as running:
            stack = contextlib.AsyncExitStack()
            session = await stack.enter_async_context(
                open_session(request.session, run.guard, is_sign_in=is_sign_in)
            )
            running.page = session.browser_name
            running.note = "guard on"
        async with stack:
            responses = Responses(session.context, about_disputes(traffic))
            walk = Walk(
                session,
                request.site,
                addresses,
                run,
                request.timeout,
                responses,
                request.confirm_words,
            )
            with _what_led_away(walk):
                yield walk
    except Error as error:
        raise ToolError(
            f"the browser failed during '{run.stopped_at}': {error.message.splitlines()[0][:160]}",
            code=ErrorCode.BROWSER_FAILED,
            hint="run 'dispute-guard doctor' to check the browser",
        ) from error


@contextlib.contextmanager
def _what_led_away(walk: Walk) -> Iterator[None]:
    """Name the navigation that broke a script of the tool, if the guard refused one.

    Raises:
        ToolError: the page wanted to go to a sign-in (exit 4) or off the site's pages (exit 5).
    """
    try:
        yield
    except Error:
        walk.watch.check(walk.page)
        raise
