"""Open Order Details on a phone's layout, where the order's card is the link (F2)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.async_api import Error, Locator
from playwright.async_api import TimeoutError as PlaywrightTimeout

from automation.aliexpress.flow.targets import press, reach
from automation.aliexpress.flow.waiting import Deadline
from automation.aliexpress.site.addresses import is_order_details
from automation.errors import ToolError

if TYPE_CHECKING:
    from playwright.async_api import Page

    from automation.aliexpress.flow.tab import Tab
    from automation.aliexpress.site import Hooks

_LED_SECONDS = 5.0
_LOOK_SECONDS = 0.05


async def tap_card(tab: Tab, order_id: str, deadline: Deadline) -> bool:
    """Tap the card of an order in My Orders, and continue in the tab that it opens.

    Taps a text of the card, never its middle, where a button may be.

    Returns:
        False if there is no such card or it does not open the order's page; then open the
        page by its address.

    Raises:
        ToolError: the card leads to a sign-in, a captcha or another host.
    """
    spot = await _spot(tab, order_id)
    if spot is None:
        return False
    before = set(tab.page.context.pages)
    await tab.clear_layers()
    soon = Deadline.after(min(_LED_SECONDS, deadline.left))
    try:
        await reach(spot, soon, tab.site.hooks, touch=True)
        await press(spot, soon.left, touch=True)
    except (ToolError, Error):
        return False
    opened = await _opened(tab, order_id, before, soon)
    tab.page = opened or tab.page
    return opened is not None


async def _spot(tab: Tab, order_id: str) -> Locator | None:
    """A text of the one card that links to this order, away from any button."""
    if urlsplit(tab.page.url).path != urlsplit(tab.addresses.my_orders).path:
        return None
    hooks = tab.site.hooks
    cards = tab.page.locator(hooks.css("card")).and_(tab.page.locator(hooks.card_link_of(order_id)))
    if await cards.count() != 1:
        return None
    for name in ("card_status", "card_total", "card_item"):
        found = cards.locator(hooks.css(name)).filter(visible=True)
        if await found.count() == 1 and await _only_link(found, hooks):
            return found
    return None


async def _only_link(spot: Locator, hooks: Hooks) -> bool:
    """True if the nearest clickable element around the text is the card itself."""
    near = "(el, { taps, link }) => el.closest(taps)?.matches(link) ?? false"
    css = {"taps": hooks.css("card_taps"), "link": hooks.card_link_of("")}
    return bool(await spot.evaluate(near, css))


async def _opened(tab: Tab, order_id: str, before: set[Page], deadline: Deadline) -> Page | None:
    def is_it(address: str) -> bool:
        return is_order_details(address, order_id)

    while deadline.left > 0:
        for page in tab.page.context.pages:
            if page not in before or page is tab.page:
                if is_it(page.url):
                    tab.session.guard.follow(page)
                    return page
                tab.watch.check(page)
        try:
            await tab.page.wait_for_url(is_it, timeout=_LOOK_SECONDS * 1000)
        except PlaywrightTimeout:
            continue
    return None
