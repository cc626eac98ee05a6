"""Ways from one page to the next that only a click or a tap opens."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.async_api import Error

from automation.aliexpress.pages import take_snapshot
from automation.aliexpress.site import LabelKind
from automation.aliexpress.site.addresses import is_dispute_page, is_order_details
from automation.aliexpress.walk.confirm_labels import be_sure
from automation.aliexpress.walk.locate import outside, press, reach, worded
from automation.aliexpress.walk.wait.deadline import Deadline
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

    from automation.aliexpress.pages import DisputeEntry
    from automation.aliexpress.site import Hooks
    from automation.aliexpress.walk.tab import Tab

_LED_SECONDS = 5.0
_LATE_WINDOW_SECONDS = 4.0


async def follow_entry(tab: Tab, entry: DisputeEntry, deadline: Deadline) -> Page | None:
    """Open the dispute behind an entry, in the same tab or a new one.

    Returns:
        The page that shows the dispute, ``None`` if a dialog opened instead: a line's
        button without an open dispute asks whether the package came (site facts,
        section 3). That question is never answered.

    Raises:
        ToolError: the entry is gone or leads nowhere (exit 5).
    """
    if entry.href:
        await tab.watch.load(tab.page, tab.addresses.absolute(entry.href, tab.page.url), deadline)
        return tab.page
    before = set(tab.page.context.pages)
    await _know(tab, entry)
    target = await entry_target(tab.page, tab.site.hooks, entry)
    dialogs = tab.page.locator(tab.site.hooks.css("modal")).filter(visible=True)
    await tab.clear_layers()
    await reach(target, deadline, tab.site.hooks, touch=tab.session.touch)
    known = await dialogs.count()
    tab.watch.check(tab.page)
    tab.watch.forget_earlier()
    try:
        await press(target, deadline.left, touch=tab.session.touch)
    except Error as error:
        raise _leads_nowhere(entry) from error

    async def asks_instead() -> bool:
        return entry.kind == "button" and await dialogs.count() > known

    try:
        return await tab.led_to(
            is_dispute_page, before, deadline, asks_instead, windows_after=_LATE_WINDOW_SECONDS
        )
    except TimeoutError:
        raise _leads_nowhere(entry) from None


async def _know(tab: Tab, entry: DisputeEntry) -> None:
    """Require verified words, since they decide this click."""
    lang = (await take_snapshot(tab.page, scope="title")).lang
    kind = LabelKind.DISPUTE_BUTTON
    if entry.kind == "box":
        beside = entry.label in tab.words(lang).label(LabelKind.BOX_BUTTON)
        kind = LabelKind.BOX_BUTTON if beside else LabelKind.DISPUTE_ENTRY
    await be_sure(tab, lang, "the way to your dispute", {f"labels.{kind}": (entry.label,)})


async def entry_target(page: Page, hooks: Hooks, entry: DisputeEntry) -> Locator:
    """The element that an entry was read from, by its position among the same elements.

    Raises:
        ToolError: it is no longer there (exit 5).
    """
    apart = f"{hooks.css('furniture')}, {hooks.css('modal')}"
    found = outside(worded(page, entry.label), page, apart)
    if entry.nth >= await found.count():
        raise _leads_nowhere(entry)
    return found.nth(entry.nth)


def _leads_nowhere(entry: DisputeEntry) -> ToolError:
    return ToolError(
        f"'{entry.label[:60]}' on Order Details does not lead to a dispute page",
        code=ErrorCode.DISPUTE_NOT_REACHED,
        exit_code=ExitCode.PAGE_NOT_RECOGNISED,
        hint="look at the order in your own browser",
    )


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
    try:
        opened = await tab.led_to(lambda at: is_order_details(at, order_id), before, soon)
    except TimeoutError:
        return False
    tab.page = opened or tab.page
    return True


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
    """True if the nearest clickable element around the text is the card itself, and none is in it."""
    near = "(el, { taps, link }) => !el.querySelector(taps) && (el.closest(taps)?.matches(link) ?? false)"
    css = {"taps": hooks.css("card_taps"), "link": hooks.card_link_of("")}
    return bool(await spot.evaluate(near, css))
