"""Ways that only a click or a tap opens: where each leads, and what is not taken for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.aliexpress.pages import DisputeEntry
from automation.aliexpress.site import Addresses, SiteMap
from automation.aliexpress.site.traffic import site_traffic
from automation.aliexpress.walk.progress import Untold
from automation.aliexpress.walk.tab import Tab
from automation.aliexpress.walk.wait.deadline import Deadline
from automation.aliexpress.walk.ways import follow_entry, tap_card
from automation.engine.guard import Guard, SiteOrigins
from automation.engine.session.browser import Session
from automation.errors import ToolError
from tests.engine.guard.rig.campaign import Bench, open_quiet

if TYPE_CHECKING:
    from playwright.async_api import Page, Route

SITE = "http://127.0.0.1:1"
ORDER, OTHER = "8194370215560042", "8194370215590042"
DISPUTE = f"{SITE}/p/reverse-pages/detail.html?reverseOrderLineId=1100482913307001"
ORDERS, DETAILS = f"{SITE}/p/order/index.html", f"{SITE}/p/order/detail.html?orderId="
LABEL, BUTTON = "Dispute in Progress", "Open Dispute"
ASKS = "const d = document.createElement('dialog'); d.open = true; d.append('Received?');"
BOX = f"""<p onclick="location.href = '{DISPUTE}'">{LABEL}</p>"""
ENDS = {
    "a link": ("", DisputeEntry("link", "", DISPUTE), "dispute"),
    "a box": (BOX, DisputeEntry("box", LABEL), "dispute"),
    "the second of two": (f"<p>{LABEL}</p>{BOX}", DisputeEntry("box", LABEL, nth=1), "dispute"),
    "a button that asks": (
        f'<button onclick="{ASKS} document.body.append(d)">{BUTTON}</button>',
        DisputeEntry("button", BUTTON),
        "none",
    ),
    "a box that is gone": (
        "<p>Nothing here</p>",
        DisputeEntry("box", LABEL),
        "dispute_not_reached",
    ),
    "a box in a dialog": (
        f'<div role="dialog">{BOX}</div>',
        DisputeEntry("box", LABEL),
        "dispute_not_reached",
    ),
    "a box without a way": (f"<p>{LABEL}</p>", DisputeEntry("box", LABEL), "dispute_not_reached"),
}
CARD = """
<a class="order-item" href="{link}"><span class="order-item-header-status-text">{inside}</span></a>
"""
STATUS = '<span class="order-item-header-status-text">Shipped</span>'
IN_BUTTON = f"""<a class="order-item" href="{DETAILS + ORDER}"><button>{STATUS}</button></a>"""
PAYS = f"""<button onclick="location.href = '{SITE}/pay'">Pay now</button>"""
TAPS = {
    "a card": (ORDERS, CARD.format(link=DETAILS + ORDER, inside="Shipped"), True),
    "another order's card": (ORDERS, CARD.format(link=DETAILS + OTHER, inside="Shipped"), False),
    "two cards": (ORDERS, 2 * CARD.format(link=DETAILS + ORDER, inside="Shipped"), False),
    "a text in a button": (ORDERS, IN_BUTTON, False),
    "a text around a button": (ORDERS, CARD.format(link=DETAILS + ORDER, inside=PAYS), False),
    "not My Orders": (DETAILS + OTHER, CARD.format(link=DETAILS + ORDER, inside="Shipped"), False),
}  # fmt: skip


async def tab_on(page: Page, address: str, html: str, *, touch: bool = False) -> Tab:
    """A tab at this address that shows this; every other address is an empty page."""

    async def answer(route: Route) -> None:
        body = html if route.request.url == address else ""
        await route.fulfill(body=f"<html lang=en><body>{body}", content_type="text/html")

    await page.context.route("**", answer)
    await page.goto(address)
    session = Session(page.context, page, Guard(SiteOrigins.only(SITE), site_traffic()))
    session.touch = touch
    return Tab(session, SiteMap.load(), Addresses(SITE), Untold(), 5.0)


async def end_of(tab: Tab, entry: DisputeEntry, seconds: float) -> str:
    """Where the way leads, as a word."""
    try:
        page = await follow_entry(tab, entry, Deadline.after(seconds))
    except ToolError as error:
        return error.code
    return "none" if page is None else "dispute" if page.url == DISPUTE else page.url


def test_a_way_leads_to_the_dispute_or_to_a_clear_end(bench: Bench) -> None:
    """GIVEN ways of Order Details THEN the dispute's page, a question that nobody answers, or exit 5."""
    ends: dict[str, str] = {}

    async def work() -> None:
        browser = await open_quiet(bench.playwright)
        for name, (html, entry, _) in ENDS.items():
            context = await browser.new_context()
            tab = await tab_on(await context.new_page(), DETAILS + ORDER, html)
            ends[name] = await end_of(tab, entry, 4.0 if "without" in name else 20.0)
            await context.close()
        await browser.close()

    bench.run(work())

    assert ends == {name: end for name, (_, _, end) in ENDS.items()}


def test_only_the_card_of_the_order_is_tapped(bench: Bench) -> None:
    """GIVEN cards of My Orders THEN the one that links to this order opens it, away from a button."""
    opened: dict[str, tuple[bool, str]] = {}

    async def work() -> None:
        browser = await open_quiet(bench.playwright)
        for name, (address, html, _) in TAPS.items():
            context = await browser.new_context(has_touch=True)
            tab = await tab_on(await context.new_page(), address, html, touch=True)
            tapped = await tap_card(tab, ORDER, Deadline.after(20.0))
            opened[name] = tapped, tab.page.url
            await context.close()
        await browser.close()

    bench.run(work())

    assert opened == {
        name: (tapped, DETAILS + ORDER if tapped else address)
        for name, (address, _, tapped) in TAPS.items()
    }
