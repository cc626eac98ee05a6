"""Ways out of a page, tried as the site's own script would."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.async_api import Error

from tests.engine.guard.rig.vectors import HOME, OF_BROWSER, Vector

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.engine.guard.rig.loopback import Site


# Impossible for a plain page of this Chromium, with or without the guard.
SILENT = frozenset({"fetch_later"})


async def fire(page: Page, site: Site, vector: Vector) -> None:
    """Try one way out of a page, as the site's own script would."""
    if page.url == "about:blank":
        await page.goto(site.url + HOME)
    try:
        await page.evaluate(vector.program)
    except Error:
        return  # it replaced its own page, or is refused at once
    if vector.leave == "navigate":
        await page.goto(site.url + HOME + "?again=1")
    elif vector.leave == "close_page":
        await page.close()


def needs_own_page(vector: Vector) -> bool:
    """Whether no other way may be tried from the same page."""
    return vector.alone or vector in OF_BROWSER
