"""Order Details: which ways lead to a dispute, and what the site says of the order."""

from __future__ import annotations

import pytest

from automation.aliexpress.pages import Snapshot, read_order
from automation.aliexpress.site import SiteMap

SITE = SiteMap.load()
EN = SITE.pack("en")
ORDER = "8190000000000001"


def page(html: str) -> Snapshot:
    """Order Details in made-up markup."""
    return Snapshot("https://www.aliexpress.com/p/order/index.html", html, "en")


def order_html(more: str) -> str:
    """Order Details with one line and something more."""
    return f"""
      <div class="order-status-content"><div class="order-block-title">Awaiting delivery</div></div>
      <div class="order-detail-order-info"><div class="info-row">Ref. Number: {ORDER} Copy</div>
        <div class="info-row">Order placed on: Sep 13, 2026</div></div>
      <div class="order-detail-item-content"><div class="item-title"><a href="/item/1.html">Mug</a></div></div>
      {more}"""


@pytest.mark.parametrize(
    ("more", "kinds"),
    [
        ("<div>Dispute in Progress</div>", ["box"]),
        ("<div><b>dispute  in progress</b><p>Waiting for the seller</p></div>", ["box"]),
        ('<a href="/p/reverse-pages/d.html?reverseOrderLineId=7">anything</a>', ["link"]),
        (
            '<a href="https://trade.aliexpress.com/issue/fastissue/Detail.htm?issueId=7">View</a>',
            ["link"],
        ),
        ("<button class='comet-btn'>Returns/refunds</button>", ["button"]),
        ("<div>… you can open a dispute within 90 days after order was placed.</div>", []),
        ("<div>No dispute in progress here</div>", []),
        ("<footer>Dispute in Progress</footer>", []),
        # Older and sister layouts (site facts, section 9).
        ("<div>Progress Dispute</div>", ["box"]),
        ("<div>Return/refund in progress</div>", ["box"]),
        ("<button class='comet-btn'>View Refund Application</button>", ["button"]),
    ],
)
def test_ways_to_a_dispute(more: str, kinds: list[str]) -> None:
    """GIVEN possible links to a dispute THEN whole labels and addresses count, parts do not."""
    order = read_order(page(order_html(more)), SITE.hooks, EN)

    assert [entry.kind for entry in order.entries] == kinds
    assert order.order_ids == (ORDER,)


def test_box_and_link_to_one_dispute_count_once() -> None:
    """GIVEN two links to the same dispute THEN it is one."""
    link = '<a href="/p/reverse-pages/d.html?reverseOrderLineId=7&spm={}">x</a>'

    order = read_order(page(order_html(link.format(1) + link.format(2))), SITE.hooks, EN)

    assert len(order.entries) == 1


@pytest.mark.parametrize(
    ("words", "frozen"),
    [
        ("This order is frozen because the seller's account was suspended.", True),
        ("Awaiting delivery", False),
    ],
)
def test_an_order_that_the_site_froze(words: str, frozen: bool) -> None:
    """GIVEN the order's own status or reminder THEN whether the site froze it."""
    html = f'<div class="order-status-info">{words}</div>{order_html("<p>Frozen peas</p>")}'

    assert read_order(page(html), SITE.hooks, EN).frozen is frozen
