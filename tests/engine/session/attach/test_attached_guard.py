"""The guard in the buyer's own browser: every way out of a page, by the site's log."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.engine.guard.rig.firing import SILENT, fire, needs_own_page
from tests.engine.guard.rig.vectors import MARK, OF_BROWSER, OF_PAGE, Vector
from tests.engine.session.attach.attaching import attached
from tests.engine.session.browsers import chromium

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.engine.guard.rig.campaign import Bench
    from tests.engine.guard.rig.loopback import Site

pytestmark = pytest.mark.usefixtures("shared_driver")

GRACE = 0.6


async def guarded(port: str, site: Site, state: Path, ways: Sequence[Vector]) -> None:
    """Every way from the tool's first tab or one that it opened later, then the run's end."""
    async with attached(port, site, state) as session:
        for vector in ways:
            later = needs_own_page(vector)
            page = await session.new_page() if later else session.page
            await fire(page, site, vector)
        await asyncio.sleep(GRACE)


async def unguarded(bench: Bench, port: str, site: Site, ways: Sequence[Vector]) -> None:
    """The same ways in the same browser without a guard."""
    browser = await bench.playwright.chromium.connect_over_cdp(port)
    context = browser.contexts[0]
    shared = await context.new_page()
    for vector in ways:
        page = await context.new_page() if needs_own_page(vector) else shared
        await fire(page, site, vector)
    await asyncio.to_thread(site.wait_for_leaks, {vector.name for vector in ways} - SILENT, 9.0)
    for page in context.pages:
        await page.close()
    await browser.close()


@pytest.mark.parametrize(
    "ways",
    [OF_PAGE, OF_BROWSER],
    ids=["of the page", "of the browser"],
)
@pytest.mark.further
def test_no_way_out_of_a_tab_of_the_tool_in_the_buyers_browser(
    bench: Bench, site: Site, tmp_path: Path, ways: Sequence[Vector]
) -> None:
    """GIVEN each way out WHEN tried in the tool's tabs THEN none arrives; unguarded they do."""
    windows = ways is OF_BROWSER  # a browser without windows fetches nothing by itself
    with chromium(tmp_path / "theirs", "--disable-popup-blocking", windows=windows) as theirs:
        site.clear()
        bench.run(guarded(theirs, site, tmp_path, ways))
        under_guard = site.leaks()

        site.clear()
        bench.run(unguarded(bench, theirs, site, ways))

    assert under_guard == set()
    assert site.leaks() >= {vector.name for vector in ways} - SILENT
    assert any(entry.path.startswith(MARK) for entry in site.log())
