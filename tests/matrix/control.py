"""The control of the matrix: the same pages in a plain browser, without the guard.

A way out that does not reach the ledger here proves nothing elsewhere.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from playwright.async_api import Error, async_playwright

from automation.engine.session.launch.discovery import find_browsers, sandbox_arguments
from fixtures import MimicSite, load_scenario
from fixtures.pages import leaks, ways_out
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playwright.async_api import Browser, BrowserContext, Dialog, Page, Playwright

    from fixtures import Entry

PAGES: Final = ("list", "detail", "dispute")
_SECONDS: Final = 4.0
_TRIES: Final = 5  # a request at a page's end races its teardown and may be lost


@dataclass(frozen=True)
class Batch:
    """Ways that can be tried together, and how their pages are left."""

    names: tuple[str, ...]
    ending: str


def batches() -> tuple[Batch, ...]:
    """All ways; each one that replaces its page has a page to itself."""
    found = ways_out.natures()
    together = found["stays"] + found["commands"] + found["opens"] + found["strays"] + found["asks"]
    return (
        Batch(together, "none"),
        *(Batch((name,), "none") for name in found["replaces"]),
        Batch(found["leaves"], "navigate"),
        Batch(found["closes"], "close_page"),
        Batch(found["ends"], "close_context"),
    )


def run_control(pages: tuple[str, ...] = PAGES) -> dict[str, set[str]]:
    """For each way, those of the pages from which it reached the ledger without a guard."""
    return in_own_loop(_all_batches(pages))


async def _all_batches(pages: tuple[str, ...]) -> dict[str, set[str]]:
    reached: dict[str, set[str]] = {}
    with MimicSite(load_scenario("quick")) as site:
        async with async_playwright() as playwright:
            light = await _launch(playwright, headless_shell=True)
            full = await _launch(playwright, headless_shell=False)
            for batch in batches():
                browser = full if batch.ending == "close_context" else light
                reached |= await _several_tries(browser, site, batch, pages)
            await light.close()
            await full.close()
    return reached


async def _several_tries(
    browser: Browser, site: MimicSite, batch: Batch, wanted: tuple[str, ...]
) -> dict[str, set[str]]:
    reached: dict[str, set[str]] = {name: set() for name in batch.names}
    missing = batch.names
    for _ in range(_TRIES):
        site.play(load_scenario("quick", leaks=missing))
        await _one_batch(browser, site, Batch(missing, batch.ending), wanted)
        for name, pages in leaks.arrived(site.ledger.entries).items():
            reached[name] |= pages
        missing = tuple(name for name in missing if len(reached[name]) < len(wanted))
        if not missing:
            break
    return reached


async def _launch(playwright: Playwright, *, headless_shell: bool) -> Browser:
    """A browser; the headless shell costs less, but sends nothing when a context ends."""
    own = Path(playwright.chromium.executable_path)
    missing = not own.exists()  # noqa: ASYNC240  one look before anything runs
    return await playwright.chromium.launch(
        executable_path=find_browsers(headless=headless_shell)[0] if missing else own,
        args=sandbox_arguments(),
    )


async def _one_batch(
    browser: Browser, site: MimicSite, batch: Batch, wanted: tuple[str, ...]
) -> None:
    context = await browser.new_context()
    context.on("dialog", _accept)
    addresses = _addresses(site)
    pages = await asyncio.gather(*(_open(context, addresses[each]) for each in wanted))
    await asyncio.gather(*(_leave(page, batch.ending) for page in pages))
    if batch.ending == "close_context":
        await context.close()
    await asyncio.to_thread(_wait_for_all, site, batch.names, wanted)
    await context.close()


async def _open(context: BrowserContext, address: str) -> Page:
    page = await context.new_page()
    try:
        await page.goto(address, wait_until="load")
    except Error:
        return page  # it was replaced while it loaded
    return page


async def _leave(page: Page, ending: str) -> None:
    with suppress(Error):  # a way out may have led it away, or closed it
        if ending == "navigate":
            await page.goto("about:blank")
        elif ending == "close_page":
            await page.close()


async def _accept(dialog: Dialog) -> None:
    with suppress(Error):  # its page may have gone meanwhile
        await dialog.accept()


def _addresses(site: MimicSite) -> dict[str, str]:
    order, line = next((order, line) for order, line in site.state.pairs() if line.dispute)
    dispute = line.dispute.id if line.dispute else ""
    return {
        "list": f"{site.url}/p/order/index.html",
        "detail": f"{site.url}/p/order/detail.html?orderId={order.id}",
        "dispute": (
            f"{site.url}/p/reverse-pages/detail.html?tradeOrderLineId={line.id}"
            f"&reverseOrderLineId={dispute}"
        ),
    }


def _wait_for_all(site: MimicSite, names: Iterable[str], pages: Iterable[str]) -> None:
    """Wait until each way has come from each page, at most a few seconds."""
    missing = {(name, page) for name in names for page in pages}

    def nothing_missing(entry: Entry) -> bool:
        missing.discard(leaks.trace(entry))
        return not missing

    try:
        site.ledger.wait_for(nothing_missing, _SECONDS)
    except TimeoutError:
        return
