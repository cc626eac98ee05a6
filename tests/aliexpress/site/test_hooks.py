"""Every hook finds its part on the pages of the mimic, in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from automation.aliexpress.site import SiteMap
from fixtures import MimicSite, load_scenario

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

HOOKS = SiteMap.load().hooks
WORDS = {"greeting_words", "greeting_of_nobody"}
# For states that the pages of this walk are not in; the tests of their readers have them.
ELSEWHERE = {"app_only", "busy", "by_seller", "by_site", "captcha", "loading", "notices"}
SELECTORS = sorted(set(type(HOOKS).model_fields) - WORDS)
_FOUND = "selectors => selectors.filter(each => document.querySelector(each))"


@pytest.fixture(scope="module")
def found(browser: Browser) -> Iterator[set[str]]:
    """The selectors that match on some page of the mimic."""
    every = sorted({one for name in SELECTORS for one in _of(name)})
    with MimicSite(load_scenario("demo", hydration_ms=0)) as site:
        page = browser.new_page()
        yield {each for _ in _walk(page, site) for each in page.evaluate(_FOUND, every)}
        page.close()


def _of(name: str) -> tuple[str, ...]:
    return tuple(each.replace("{order}", "") for each in getattr(HOOKS, name))


def _walk(page: Page, site: MimicSite) -> Iterator[None]:
    """My Orders, Order Details, the list of disputes, a dispute and its dialog."""
    order = next(each for each in site.state.orders for line in each.lines if line.dispute)
    page.goto(site.orders_url)
    page.locator(HOOKS.css("card")).nth(3).wait_for()
    yield
    page.goto(f"{site.url}/p/order/detail.html?orderId={order.id}")
    page.locator(HOOKS.css("order_line")).wait_for()
    yield
    page.goto(f"{site.url}/p/refund-dispute/list.html")
    page.locator(HOOKS.css("listed_card")).nth(1).wait_for()
    yield
    page.goto(site.dispute_url)
    cancel = page.get_by_role("button", name="Cancel Request", exact=True)
    cancel.wait_for()
    yield
    cancel.click()
    page.locator(HOOKS.css("modal")).wait_for()
    yield


@pytest.mark.parametrize("name", SELECTORS)
def test_a_hook_finds_its_part(found: set[str], name: str) -> None:
    """At least one of its selectors matches somewhere."""
    assert bool(set(_of(name)) & found) is (name not in ELSEWHERE)
