"""A block that a page wanted to go to comes again for the human, also if the page shows none."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import Error, async_playwright

from automation.aliexpress.running import Run
from automation.aliexpress.session.hand_over import HandOver
from automation.aliexpress.site import Addresses, SiteMap
from automation.aliexpress.site.traffic import site_traffic
from automation.aliexpress.walk.progress import Untold
from automation.aliexpress.walk.tab import Tab
from automation.aliexpress.walk.wait.watch import human_needed
from automation.engine.guard import Guard, SiteOrigins
from automation.engine.session.browser import Session
from automation.engine.session.launch.discovery import find_browsers, sandbox_arguments
from automation.errors import ErrorCode
from tests.conftest import CALM
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from playwright.async_api import Page

    from fixtures import MimicSite
    from fixtures.pytest_plugin import Mimic

LISTS = "mtop.aliexpress.buyer.reverse.queryReverseOrderPageListForBuyer"


class Nobody:
    """A human who never presses Enter; what they see in the window is all that counts."""

    seconds = 30.0

    def asked(self, what: str) -> None:
        """Not shown."""

    def waits(self, left: float) -> None:
        """Not shown."""

    def over(self) -> None:
        """Nothing was shown."""

    async def says_done(self) -> None:
        """Never."""
        await asyncio.Event().wait()


async def refused_on_the_way(page: Page, guard: Guard, site: MimicSite) -> None:
    """The guard refuses a captcha, and the page that is there shows nothing of it."""
    with pytest.raises(Error, match="net::ERR"):
        await page.goto(captcha_of(site))
    assert guard.refused_navigations()
    # The browser shows an error in place of the refused page, and a reload of that is enough.
    # A human may come before, so it is gone here.
    await page.wait_for_function("() => location.protocol === 'chrome-error:'")
    await page.goto(site.orders_url)


def captcha_of(site: MimicSite) -> str:
    """Where the site sends a page whose call wants a human."""
    return f"{site.url}/h5/{LISTS}/1.0/_____tmd_____/punish?x5secdata=mimic"


def test_a_captcha_that_only_a_click_leads_to_is_opened_for_the_human(mimic: Mimic) -> None:
    """GIVEN a refused captcha and a page that shows none WHEN handed over THEN it is opened."""
    site = mimic("quick", **CALM, solved_after_ms=300)
    guard = Guard(SiteOrigins.only(site.url, site.gateway_url), site_traffic())

    async def work() -> bool:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=find_browsers(headless=True)[0], args=sandbox_arguments()
            )
            context = await browser.new_context(**guard.context_options())
            await guard.install(context)
            page = await context.new_page()
            await refused_on_the_way(page, guard, site)
            session = Session(context, page, guard)
            tab = Tab(session, SiteMap.load(), Addresses(site.url), Untold(), 2.0)
            error = human_needed(ErrorCode.CAPTCHA, captcha_of(site))
            dealt_with = await HandOver(Run("list"), Nobody())(tab, error)
            await browser.close()
            return dealt_with

    assert in_own_loop(work())
    assert site.ledger.effects() == ("captcha passed",)
