"""Detect whether the buyer is signed in, for ``login`` and ``session`` (site facts, section 7)."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from playwright.async_api import Error

from automation.aliexpress.answer import Step
from automation.aliexpress.pages import take_snapshot
from automation.aliexpress.pages.snapshot import text_of
from automation.aliexpress.session.opening import walked
from automation.aliexpress.site.addresses import is_captcha, is_sign_in
from automation.aliexpress.walk.drift import refused_words
from automation.aliexpress.walk.wait.deadline import Deadline
from automation.engine.session.session_storage import read_session_storage
from automation.engine.session.signin import open_for_human
from automation.engine.session.state import SavedSession, save_session
from automation.errors import ErrorCode, ExitCode, ToolError
from automation.text import browser_reason

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.async_api import BrowserContext, Page

    from automation.aliexpress.pages.snapshot import Snapshot
    from automation.aliexpress.request import Request
    from automation.aliexpress.running import Run
    from automation.aliexpress.site import Addresses, Hooks
    from automation.aliexpress.walk.browse import Walk
    from automation.engine.guard import SiteOrigins
    from automation.engine.session.options import SessionOptions

_LOOK_SECONDS = 0.5
_SILENT_SECONDS = 15.0
_LATE_SECONDS = 2.0
_SHORT = 2
_AGAIN = "run 'dispute-guard login' again, with --timeout SECONDS for more time"
_WINDOW = "run 'dispute-guard login' without --headless: it opens a window to sign in"


def shows_signed_in(snapshot: Snapshot, hooks: Hooks) -> bool:
    """True if the page shows orders or greets the buyer by name in its header.

    Only these two count: the words "sign in" also appear for signed-in buyers.
    """
    if is_sign_in(snapshot.address) or is_captcha(snapshot.address):
        return False
    if snapshot.select(hooks.css("card")):
        return True
    return any(hooks.greeted(text_of(node)) for node in snapshot.select(hooks.css("greeting")))


def masked(name: str) -> str:
    """A name by which only its owner knows it: ``R…n``."""
    known = name.strip(" \n!.,").partition("\n")[0]
    return f"{known[:1]}…{known[-1:] if len(known) > _SHORT else ''}" if known else ""


def greeted_name(snapshot: Snapshot, hooks: Hooks) -> str:
    """The name in the page's greeting; empty if it greets no one by name."""
    names = [hooks.greeted(text_of(node)) for node in snapshot.select(hooks.css("greeting"))]
    return min(filter(None, names), key=len, default="")


async def check_session(request: Request, run: Run) -> str:
    """Open My Orders under the guard, and return if the buyer is signed in.

    Returns:
        Their masked name; empty if the page greets no one by name.

    Raises:
        ToolError: the site asks for a sign-in or a captcha (exit 4), or the page shows
            neither orders nor a greeting (exit 5).
    """
    return await walked(request, run, _look)


async def _look(walk: Walk) -> str:
    with walk.progress.step(Step.MY_ORDERS) as running:
        running.page = "My Orders"
        if not await _loads_orders_or_greeting(walk):
            raise _neither(walk.page.url, await walk.refused_calls())
        walk.session.signed_in = True
        running.note = "signed in"
        return masked(
            greeted_name(await take_snapshot(walk.page, own_words=False), walk.site.hooks)
        )


async def _loads_orders_or_greeting(walk: Walk) -> bool:
    """Load My Orders; once more if the site refused a call of it, as with an expired token."""
    for _ in range(2):
        deadline = Deadline.after(min(walk.timeout, _SILENT_SECONDS))
        await walk.watch.load(walk.page, walk.addresses.my_orders, deadline)
        if await _orders_or_greeting(walk, deadline):
            return True
        if not await walk.refused_calls():
            break
    return False


async def _orders_or_greeting(walk: Walk, deadline: Deadline) -> bool:
    """True for orders at once; a greeting may be stale, so wait for a late sign-in page."""
    card = walk.site.hooks.css("card")
    while not await walk.watch.appears(walk.page, card, Deadline.after(_LOOK_SECONDS)):
        if shows_signed_in(await take_snapshot(walk.page, own_words=False), walk.site.hooks):
            late = Deadline.after(min(_LATE_SECONDS, deadline.left))
            await walk.watch.appears(walk.page, card, late)
            return True
        if deadline.left <= 0:
            return False
    return True


async def sign_in(
    options: SessionOptions,
    addresses: Addresses,
    origins: SiteOrigins,
    hooks: Hooks,
    meanwhile: Callable[[BrowserContext], None] = lambda _: None,
) -> Path:
    """Show My Orders in a driven window, wait for the human to sign in, and save the session.

    This window has no guard, since a human drives it. The tool opens one address and then
    only looks: it types nothing, clicks nothing and never touches a captcha.

    Args:
        options: ``timeout`` is how many seconds the human has.
        addresses: the address of My Orders.
        origins: the hosts of the site; other pages are ignored.
        hooks: what an order looks like.
        meanwhile: called once, when the window is open.

    Returns:
        The file with the session.

    Raises:
        ToolError: not signed in when the time ran out or the window closed (exit 4).
    """
    async with open_for_human(options) as context:
        page = context.pages[0] if context.pages else await context.new_page()
        meanwhile(context)
        deadline = Deadline.after(options.timeout)
        try:
            await page.goto(addresses.my_orders, wait_until="commit", timeout=deadline.left * 1000)
        except Error as error:
            raise ToolError(
                f"could not open My Orders: {browser_reason(error.message)[:160]}",
                code=ErrorCode.PAGE_NOT_LOADED,
                hint="check the connection and try again",
            ) from error
        while not await _any_signed_in(context, origins, hooks):
            if not context.pages:
                raise _not_signed_in("the window was closed before you were signed in", _AGAIN)
            if deadline.left <= 0:
                hint = _WINDOW if options.headless else _AGAIN
                raise _not_signed_in(f"not signed in after {options.timeout:g} s", hint)
            await asyncio.sleep(min(_LOOK_SECONDS, deadline.left))
        state = await context.storage_state()
        stored = await read_session_storage(
            context.pages, lambda url: origins.has_role(url, "pages")
        )
        session = SavedSession(
            cookies=list(state.get("cookies", [])),
            origins=list(state.get("origins", [])),
            session_storage=stored,
            signed_in=datetime.now(UTC).isoformat(timespec="seconds"),
        )
        return save_session(options.state_dir, session)


async def _any_signed_in(context: BrowserContext, origins: SiteOrigins, hooks: Hooks) -> bool:
    """Look at every tab of the site: the human may continue in another one."""
    tabs = [page for page in context.pages if origins.has_role(page.url, "pages")]
    return any([await _signed_in(page, hooks) for page in tabs])


async def _signed_in(page: Page, hooks: Hooks) -> bool:
    try:
        return shows_signed_in(await take_snapshot(page, own_words=False), hooks)
    except Error:
        return False  # it is navigating; the next look sees the new page


def _not_signed_in(what: str, hint: str) -> ToolError:
    return ToolError(
        f"{what}; no session was saved",
        code=ErrorCode.SIGNED_OUT,
        exit_code=ExitCode.HUMAN_NEEDED,
        hint=hint,
    )


def _neither(address: str, refused: tuple[str, ...]) -> ToolError:
    return ToolError(
        "My Orders shows neither orders nor a greeting, so you may not be signed in"
        f"{refused_words(refused)}",
        code=ErrorCode.PAGE_NOT_RECOGNISED,
        exit_code=ExitCode.PAGE_NOT_RECOGNISED,
        hint="look at My Orders in your own browser, or run 'dispute-guard login'",
        evidence=address.partition("?")[0],
    )
