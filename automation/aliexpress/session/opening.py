"""Open a guarded browser for a request, and turn its failures into clear errors."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from msgspec import Struct, field
from playwright.async_api import Error

from automation.aliexpress.answer import Step
from automation.aliexpress.session.evidence import keep_evidence
from automation.aliexpress.session.hand_over import HandOver
from automation.aliexpress.site import LabelKind
from automation.aliexpress.site.addresses import is_sign_in, split_address
from automation.aliexpress.site.traffic import traffic_of
from automation.aliexpress.walk.album import STOPPED
from automation.aliexpress.walk.browse import Walk
from automation.aliexpress.walk.drift import DriftError, drift_on
from automation.aliexpress.walk.my_orders import MyOrders
from automation.aliexpress.walk.responses import Responses, about_disputes
from automation.aliexpress.walk.wait.underway import UnderWay
from automation.engine.guard import Guard, SiteOrigins
from automation.engine.guard.requests.apis import declared_api
from automation.engine.session.browser import open_session
from automation.errors import ErrorCode, ExitCode, ToolError
from automation.text import browser_reason

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
    from contextlib import AbstractAsyncContextManager

    from automation.aliexpress.request import Request
    from automation.aliexpress.running import Run
    from automation.aliexpress.walk.drift import Drift
    from automation.engine.session.browser import Session

Result = TypeVar("Result")


class Opener(Protocol):
    """Opens the site for one run: in a browser of its own, or in one that several runs share."""

    def __call__(self, request: Request, run: Run) -> AbstractAsyncContextManager[Walk]:
        """A walk under the guard that has opened nothing yet; it ends with the block."""


def open_walk(request: Request, run: Run) -> AbstractAsyncContextManager[Walk]:
    """Open a browser of the run's own under the guard, ready to walk the site.

    Raises:
        ToolError: also for errors of Playwright; the run knows whether anything was sent.
    """
    return _own_walk(request, run)


async def walked(
    request: Request,
    run: Run,
    work: Callable[[Walk], Awaitable[Result]],
    opener: Opener = open_walk,
) -> Result:
    """Do work on the site's pages; once a human dealt with a sign-in or captcha, all of it again.

    The second time starts from a fresh walk: nothing counts that was read before, perhaps in
    another account. There is none once a permit was given out.

    Raises:
        ToolError: what stopped the work.
    """

    async def parts(walk: Walk) -> AsyncIterator[Result]:
        yield await work(walk)

    return [each async for each in walked_in_parts(request, run, parts, opener)][-1]


async def walked_in_parts(
    request: Request,
    run: Run,
    parts: Callable[[Walk], AsyncIterator[Result]],
    opener: Opener = open_walk,
) -> AsyncIterator[Result]:
    """As ``walked``, for work that brings its results one by one.

    Raises:
        ToolError: what stopped the work.
    """
    async with opener(request, run) as walk:
        try:
            with _what_led_away(walk):
                async for part in parts(walk):
                    yield part
        except ToolError as error:
            if run.found.confirmed.permit is not None or walk.ask_human is None:
                raise
            if not await walk.ask_human(walk, error):
                raise
        else:
            return
        async for part in parts(await _fresh_walk(walk)):
            yield part


async def _fresh_walk(walk: Walk) -> Walk:
    """A walk in the same session that knows nothing yet."""
    session = walk.session
    if session.page.is_closed():
        session.page = await session.new_page()
    walk.page = session.page if walk.page.is_closed() else walk.page
    await walk.back_to_own_tab()
    walk.my_orders.forget()
    if walk.responses is not None:
        await walk.responses.all()  # those that still arrive are of before, too
        walk.responses.heard.clear()
    return replace(walk, personal=[])


# Errors about a page or dialog that was recognised in part, with what was looked for there.
_SHOWS_WHY: Final = {
    ErrorCode.DIALOG_NOT_RECOGNISED: LabelKind.CONFIRM,
    ErrorCode.DIALOG_WANTS_REASON: LabelKind.CONFIRM,
    ErrorCode.DISPUTE_NOT_REACHED: LabelKind.DISPUTE_ENTRY,
    ErrorCode.NO_SINGLE_TARGET: LabelKind.CANCEL_REQUEST,
    ErrorCode.TARGET_COVERED: LabelKind.CANCEL_REQUEST,
}


@contextlib.asynccontextmanager
async def _own_walk(request: Request, run: Run) -> AsyncIterator[Walk]:
    async with open_browser(request, run) as session, walk_in(session, request, run) as walk:
        yield walk


@contextlib.asynccontextmanager
async def open_browser(request: Request, run: Run) -> AsyncIterator[Session]:
    """Open the browser that a request names, under the guard.

    Raises:
        ToolError: also for errors of Playwright.
    """
    addresses = request.addresses
    traffic = traffic_of(request.site.traffic, request.allowed_reads)
    origins = (
        SiteOrigins(traffic.hosts)
        if addresses.is_real
        else SiteOrigins.only(addresses.origin, addresses.gateway)
    )
    run.guard = Guard(origins, traffic, own_pages_only=bool(request.session.attach))
    with as_tool_error(run):
        with run.step(Step.BROWSER) as running:
            stack = contextlib.AsyncExitStack()
            session = await stack.enter_async_context(
                open_session(request.session, run.guard, is_sign_in=is_sign_in)
            )
            running.page = session.browser_name
            running.note = "guard on"
        async with stack:
            yield session


class Shared(Struct, frozen=True):
    """What the runs in one browser have in common.

    Args:
        under_way: what its pages still wait for.
        my_orders: what one of them has seen of the list.
    """

    under_way: UnderWay
    my_orders: MyOrders = field(default_factory=MyOrders)


def under_way_in(session: Session, request: Request) -> UnderWay:
    """What the pages of an open browser still wait for."""
    traffic = traffic_of(request.site.traffic, request.allowed_reads)
    return UnderWay(
        session.context, lambda address: declared_api(split_address(address).path, traffic)
    )


@contextlib.asynccontextmanager
async def walk_in(
    session: Session, request: Request, run: Run, shared: Shared | None = None
) -> AsyncIterator[Walk]:
    """Walk the site in an open browser.

    Raises:
        ToolError: also for errors of Playwright; the run knows whether anything was sent.
    """
    shared = shared or Shared(under_way_in(session, request))
    if run.album is not None:
        run.album.get_ready()  # while the first page loads
    about = about_disputes(traffic_of(request.site.traffic, request.allowed_reads))
    with Responses(session.context, about) as responses:
        walk = Walk(
            session,
            request.site,
            request.addresses,
            run,
            request.timeout,
            responses,
            request.confirm_words,
            HandOver(run, request.human),
            shared.under_way,
            request.offers,
            shared.my_orders,
            run.album,
        )
        with as_tool_error(run), _what_led_away(walk):
            try:
                yield walk
            except ToolError as error:
                await _keep_page(error, walk, request)
                raise
            finally:
                if run.album is not None:
                    run.album.develop()  # while the browser closes


@contextlib.contextmanager
def as_tool_error(run: Run) -> Iterator[None]:
    """Turn an error of Playwright into one of the tool that names the step."""
    try:
        yield
    except Error as error:
        line = browser_reason(error.message)[:160]
        raise ToolError(
            f"the browser failed during '{run.stopped_at}': {line}",
            code=ErrorCode.BROWSER_FAILED,
            hint="run 'dispute-guard doctor' to check the browser",
        ) from error


async def _keep_page(error: ToolError, walk: Walk, request: Request) -> None:
    """Keep what the page showed that stopped the run, without personal data."""
    if error.exit_code is not ExitCode.INTERRUPTED:
        await walk.picture(STOPPED)
    drift = error.drift if isinstance(error, DriftError) else None
    if drift is None and error.code in _SHOWS_WHY and not error.evidence:
        with contextlib.suppress(Error):
            drift = await _drift_beside(error, walk)
    if drift is not None:
        keep_evidence(error, drift, request.state_dir, request.now(), request.keep_receipts)


async def _drift_beside(error: ToolError, walk: Walk) -> Drift:
    """What a page shows that was recognised but for one part; the error names it."""
    kind = _SHOWS_WHY[error.code]
    drift = await drift_on(
        walk.page, walk.site, "the page", f"labels.{kind}", walk.personal,
        from_end=kind is LabelKind.CONFIRM,
    )  # fmt: skip
    if drift.instead:
        error.message = f"{error.message}; the page shows {drift.neighbours}"
    return drift


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
