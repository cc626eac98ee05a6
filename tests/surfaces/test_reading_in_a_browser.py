"""Unseen shapes of pages, read and clicked in a real browser, one page for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.aliexpress.pages import read_dispute, read_order, take_snapshot
from automation.aliexpress.pages.dialog import read_dialogs
from automation.aliexpress.site import SiteMap
from automation.aliexpress.walk.locate import controls, only_one, press
from automation.aliexpress.walk.ways import entry_target
from automation.errors import ToolError
from tests.engine.guard.rig.campaign import Bench, open_quiet

if TYPE_CHECKING:
    from playwright.async_api import Page

SITE = SiteMap.load()
EN = SITE.pack("en")
ORDER = "8190000000000001"
HAND = 'style="cursor:pointer"'
LISTEN = (
    "<script>for (const el of document.querySelectorAll('[id]'))"
    " el.addEventListener('click', () => { document.title += el.id + ' '; });</script>"
)
LINE = '<div class="order-detail-item-content"><div class="item-title"><a>Mug</a></div>{}</div>'
INFO = f'<div class="order-detail-order-info"><div class="info-row">Order ID: {ORDER}</div></div>'

# A fragment of Order Details, and what a click on its way to the dispute reaches.
WAYS = {
    "a block with an invisible handler": (
        f'<div id="box" {HAND}><b>Dispute</b><b>in Progress</b></div>',
        ["box"],
    ),
    "words and a note in one block": (
        f'<section id="box" {HAND}><p>Dispute in Progress</p><p>See where it stands</p></section>',
        ["box"],
    ),
    "a name with more behind it": (
        f'<div id="box" {HAND}>⚠ Dispute in Progress: waiting for the seller (3 days)</div>',
        ["box"],
    ),
    "a button in the box": (
        (
            "<div><strong>Dispute in Progress</strong><p>Day 3</p>"
            '<div><button id="go">View details</button></div></div>'
        ),
        ["go"],
    ),
    "a button of that name elsewhere": (
        (
            '<div>Parcel <button id="parcel">View details</button></div>'
            '<div><p>Dispute in Progress</p><button id="go">View details</button></div>'
        ),
        ["go"],
    ),
    "a title of the same words above": (
        f'<h2>Dispute in Progress</h2><div id="box" {HAND}>Dispute in Progress</div>',
        ["box"],
    ),
    "the same words in the frame of the page": (
        f'<nav><span id="no">Dispute in Progress</span></nav><div id="box" {HAND}>Dispute in Progress</div>',
        ["box"],
    ),
    "one for each line": (
        LINE.format(f'<div id="one" {HAND}>Dispute in Progress</div>')
        + LINE.format('<button id="other">Returns/refunds</button>')
        + LINE.format(f'<div id="two" {HAND}>Dispute in Progress</div>'),
        ["one", "two"],
    ),
    "a reminder of what one could do": (
        (
            "<p>… you can open a dispute within 90 days after order was placed.</p>"
            f'<div id="no" {HAND}>No dispute in progress</div>'
        ),
        [],
    ),
}
# The bottom of a dispute page, and what a click on its cancel reaches: one, or nothing.
CONTROLS = {
    "a block": (f'<div id="yes" {HAND}><span>Cancel</span> <span>Request</span></div>', "yes"),
    "a link": ('<a id="yes" href="javascript:;">Cancel Request</a>', "yes"),
    "in a bar at the bottom": ('<footer><button id="yes">Cancel Request</button></footer>', "yes"),
    "also a link in the frame": (
        '<button id="yes">Cancel Request</button><footer><a id="no" href="/help">Cancel Request</a></footer>',
        "yes",
    ),
    "also a title": ('<h3>Cancel Request</h3><button id="yes">Cancel Request</button>', "yes"),
    "also an invisible one": (
        '<button id="no" style="opacity:0">Cancel Request</button><button id="yes">Cancel Request</button>',
        "yes",
    ),
    "also one outside of the page": (
        (
            '<button id="no" style="position:absolute;left:-999em">Cancel Request</button>'
            '<button id="yes">Cancel Request</button>'
        ),
        "yes",
    ),
    "a hidden one with a spoken name": (
        (
            '<button id="no" style="visibility:hidden" aria-label="Cancel Request">x</button>'
            '<button id="yes">Cancel Request</button>'
        ),
        "yes",
    ),
    "two": (f"<button>Cancel Request</button><div {HAND}>Cancel Request</div>", ""),
    "its negation": ("<button>Do not cancel request</button>", ""),
    "a paragraph": ("<p>Cancel Request</p>", ""),
    "disabled around": ("<fieldset disabled><button>Cancel Request</button></fieldset>", ""),
}
DIALOGS = {
    '<div role="dialog"><h3>Cancel request?</h3><div tabindex="0">Not now</div><div tabindex="0">Confirm</div></div>': True,
    "<dialog open><p>Cancel this dispute?</p><button>Yes</button><button>No</button></dialog>": True,
    '<div role="dialog"><p>Submit your refund request?</p><button>Cancel</button><button>Confirm</button></div>': False,
    '<div role="dialog"><p>Cancel the request and get US $0.00?</p><button>Confirm</button></div>': False,
    '<div class="comet-modal"><div class="comet-modal-body">Have you received your package?</div><button>Yes</button></div>': False,
}  # fmt: skip


async def clicked(page: Page) -> str:
    """What was clicked since the page was set."""
    return (await page.title()).strip()


async def ways_reached(page: Page, html: str) -> list[str]:
    """What a click on each way to a dispute reaches."""
    reached = []
    await page.set_content(INFO + (html if "item-content" in html else LINE.format(html)) + LISTEN)
    order = read_order(await take_snapshot(page), SITE.hooks, EN)
    for entry in order.disputes:
        await page.evaluate("document.title = ''")
        await press(await entry_target(page, SITE.hooks, entry), 20)
        reached.append(await clicked(page))
    return reached


async def control_reached(page: Page, html: str) -> str:
    """What a click on the one cancel control reaches, nothing if there is not exactly one."""
    await page.set_content(f'<div class="reminder--statusStr--1">x</div>{html}{LISTEN}')
    labels = read_dispute(await take_snapshot(page), SITE.hooks, EN).cancel_labels
    if len(labels) != 1:
        return ""
    furniture = SITE.hooks.css("furniture")
    found = await controls(page, SITE.hooks, labels[0], furniture)
    if not found.number:
        found = await controls(page, SITE.hooks, labels[0])
    try:
        await press(only_one(found, "it"), 20)
    except ToolError:
        return ""
    return await clicked(page)


def test_unknown_shapes_are_read_and_reached(bench: Bench) -> None:
    """GIVEN shapes that the facts leave open THEN only the right element is reached."""
    told: dict[str, object] = {}

    async def work() -> None:
        browser = await open_quiet(bench.playwright)
        page = await browser.new_page()
        for name, (html, _) in WAYS.items():
            told[name] = await ways_reached(page, html)
        for name, (html, _) in CONTROLS.items():
            told[name] = await control_reached(page, html)
        for html in DIALOGS:
            await page.set_content(html)
            told[html] = [
                d.is_safe for d in read_dialogs(await take_snapshot(page), SITE.hooks, EN)
            ]
        await browser.close()

    bench.run(work())
    expected: dict[str, object] = {name: reached for name, (_, reached) in WAYS.items()}
    expected |= {name: reached for name, (_, reached) in CONTROLS.items()}
    expected |= {html: [safe] for html, safe in DIALOGS.items()}
    assert told == expected


# A page may be nested very deep, and have its prices in single characters.
DEEP = """(depth) => {
  let at = document.body;
  for (let n = 0; n < depth; n += 1) { const next = document.createElement("div"); at.append(next); at = next; }
  at.append("the deepest word");
}"""
SPLIT = """([text, tag]) => {
  const wrap = document.querySelector(".item-price");
  for (const character of text) { const part = document.createElement(tag); part.append(character); wrap.append(part); }
}"""


def test_a_browsers_snapshot_of_deep_pages_and_split_prices(bench: Bench) -> None:
    """GIVEN elements 2,000 deep and a price in single characters THEN the page is still read."""
    prices = ["US $120.95", "₩11,110", "129,46zł", "CN￥12.50"]
    told: list[str] = []

    async def work() -> None:
        browser = await open_quiet(bench.playwright)
        page = await browser.new_page()
        for price in prices:
            await page.set_content(INFO + LINE.format('<div class="item-price"></div>'))
            await page.evaluate(SPLIT, [price, "span"])
            order = read_order(await take_snapshot(page), SITE.hooks, EN)
            told.append(order.lines[0].price)
        await page.set_content(INFO + LINE.format(""))
        await page.evaluate(DEEP, 2_000)
        snapshot = await take_snapshot(page)
        told.append(snapshot.text[-16:])
        assert read_order(snapshot, SITE.hooks, EN).order_ids == (ORDER,)
        await browser.close()

    bench.run(work())
    assert told == [*prices, "the deepest word"]
