"""A service worker that the site registered before the run, in a profile and in the buyer's browser."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from automation.engine.session.launch.discovery import find_browsers, sandbox_arguments
from fixtures.pages.leaks import STANDING_WORKER
from tests.conftest import CALM, GOOD_REASON, disputed_order

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import BrowserContext, Page

    from fixtures import MimicSite
    from fixtures.pytest_plugin import Mimic
    from tests.conftest import Ran, Tool
    from tests.engine.guard.rig.campaign import Bench

# Slow: make further and the gate run it.
pytestmark = pytest.mark.further

REGISTER = f"""async () => {{
  await navigator.serviceWorker.register("{STANDING_WORKER}", {{scope: "/"}});
  await navigator.serviceWorker.ready;
}}"""
SPEAK = """async () => {
  const kept = await navigator.serviceWorker.getRegistration();
  if (kept) kept.active.postMessage("go");
}"""


async def _visit(context: BrowserContext, site: MimicSite) -> Page:
    """Register the worker as an ordinary visit would, and stay until it has written.

    A browser that closes sooner takes the worker's requests with it.
    """
    page = await context.new_page()
    await page.goto(site.url + "/item.html")
    await page.evaluate(REGISTER)
    await page.reload()
    await page.evaluate(SPEAK)
    await asyncio.to_thread(_proven, site)
    return page


def _proven(site: MimicSite) -> None:
    for path in ("/leak/standing_worker", "/leak/spoken_to_worker"):
        site.ledger.wait_for(lambda entry, path=path: entry.path == path)  # type: ignore[misc]


def _dry_run(tool: Tool, site: MimicSite, *mode: str) -> Ran:
    # Not before the visit is over: an icon, say, makes the worker write once more.
    site.ledger.clear()
    order = disputed_order(site)
    return tool.run("cancel", order, *GOOD_REASON, "--dry-run", "--json", *mode, site=site)


def test_a_profile_with_a_worker_of_the_site_writes_nothing(
    bench: Bench, mimic: Mimic, tool: Tool, tmp_path: Path
) -> None:
    """GIVEN a profile with the site's worker WHEN dry-run THEN no write; by hand there is one."""
    site = mimic("waiting-seller", **CALM)
    profile = tmp_path / "profile"

    async def visit() -> None:
        context = await bench.playwright.chromium.launch_persistent_context(
            str(profile), executable_path=find_browsers()[0], args=sandbox_arguments()
        )
        await _visit(context, site)
        await context.close()

    bench.run(visit())

    ran = _dry_run(tool, site, "--profile", str(profile))

    assert ran.code == 0, ran.out + ran.err
    assert site.ledger.writes() == ()


def test_the_buyers_browser_with_a_worker_of_the_site_writes_nothing(
    bench: Bench, mimic: Mimic, tool: Tool, theirs: str
) -> None:
    """GIVEN the buyer's browser with a worker WHEN dry-run THEN no write; their tabs keep it."""
    site = mimic("waiting-seller", **CALM)

    async def visit(*, again: bool = False) -> None:
        browser = await bench.playwright.chromium.connect_over_cdp(theirs)
        context = browser.contexts[0]
        if again:
            page = await context.new_page()
            await page.goto(site.url + "/item.html")
        else:
            page = await _visit(context, site)
        await page.close()
        await browser.close()

    bench.run(visit())

    ran = _dry_run(tool, site, "--attach", theirs)

    assert ran.code == 0, ran.out + ran.err
    assert site.ledger.writes() == ()
    bench.run(visit(again=True))
    site.ledger.wait_for(lambda entry: entry.path == "/leak/standing_worker")
