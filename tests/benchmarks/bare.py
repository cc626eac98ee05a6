"""One cancel as a bare script: no rules, no guard, no journal, no verification.

The guarded run is measured against it. Never use it to cancel anything real.
``python -m tests.benchmarks.bare SITE BROWSER look|cancel|verify``
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from automation.engine.session.launch.discovery import sandbox_arguments

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page


def walk(context: BrowserContext, site: str, how: str) -> None:
    """My Orders, Order Details and the dispute.

    With ``cancel`` the click and its confirm too; with ``verify`` also both pages once more.
    """
    page = context.new_page()
    page.goto(f"{site}/p/order/index.html", wait_until="domcontentloaded")
    card = page.locator(".order-item", has=page.locator(".order-item-bottom-action"))
    card.locator(".order-item-header-detail").click()
    with context.expect_page() as opened:
        page.get_by_text("Dispute in Progress").click()
    dispute = opened.value
    button = dispute.get_by_text("Cancel Request", exact=True)
    button.wait_for()
    if how == "look":
        return
    button.click()
    _confirm(dispute)
    if how == "verify":
        _look_again(dispute, "[class*='reminder--statusStr--']")
        _look_again(page, ".order-detail-item-content")


def _confirm(dispute: Page) -> None:
    dispute.get_by_role("dialog").get_by_role("button").last.click()
    dispute.get_by_text("Request cancelled").first.wait_for()


def _look_again(page: Page, landmark: str) -> None:
    page.reload(wait_until="domcontentloaded")
    page.locator(landmark).first.wait_for()


def main() -> None:
    """Launch a browser, walk once, and end."""
    site, browser_path, how = sys.argv[1:]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path, args=list(sandbox_arguments())
        )
        walk(browser.new_context(), site, how)
        browser.close()


if __name__ == "__main__":
    main()
