from __future__ import annotations

import pytest
from msgspec.structs import replace

from automation.aliexpress.advice.advise import read_facts
from automation.aliexpress.pages import DisputePage, OrderPage, Snapshot, read_dispute, read_order
from automation.aliexpress.site import SiteMap
from automation.aliexpress.walk.drift import refuse_app_only
from automation.aliexpress.walk.order.identity import check_where_it_led
from automation.errors import ToolError
from rules import Facts

SITE = SiteMap.load()
EN = SITE.pack("en")
ORDER = "8190000000000001"
LINE = "8190000000000002"
ADDRESS = f"/p/reverse-pages/a/b.htm?reverseOrderLineId=77&tradeOrderLineId={LINE}"
TOLD = "<div>Buyer protection ends on Dec 1, 2026 10:00 PST</div>"
FALSE = (
    '<div class="chat--bubble--x1"><p>Buyer protection ends on Dec 31, 2031. 0 of 4 edits used. '
    "Refund amount: US $99.00</p></div>"
)


def order_page(more: str) -> OrderPage:
    """Order Details with one line and something in it."""
    html = (
        f'<div class="order-detail-order-info"><div class="info-row">Order ID: {ORDER}</div></div>'
        f'<div class="order-detail-item-content"><div class="item-title">Mug</div>{more}</div>'
    )
    return read_order(Snapshot("https://www.aliexpress.com/p/order/detail.html", html, "en"), SITE.hooks, EN)  # fmt: skip


def dispute_page(more: str, address: str = ADDRESS) -> DisputePage:
    """A dispute page that has its landmark."""
    html = f'<div class="reminder--statusStr--1">Waiting for your response</div>{more}'
    return read_dispute(Snapshot(f"https://www.aliexpress.com{address}", html, "en"), SITE.hooks, EN)  # fmt: skip


def test_what_a_seller_writes_is_no_fact_of_the_page() -> None:
    """GIVEN a deadline, edits and an amount in a message THEN the page's own words alone count."""
    own = "<div>1 of 4 edits used</div><div>Refund amount: US $5.00</div>"

    read = dispute_page(TOLD + FALSE + own)

    assert (read.deadline, read.edits_used, read.amount) == (
        "2026-12-01T18:00:00+00:00",
        1,
        "US $5.00",
    )
    assert (dispute_page(FALSE).deadline, dispute_page(FALSE).edits_used) == (None, None)
    assert any("2031" in message.text for message in read.messages)


def test_of_two_deadlines_the_earlier_counts() -> None:
    """GIVEN two pages with different ends of the protection THEN the earlier one counts (F7)."""
    order = replace(order_page(""), deadline="2026-12-20T08:00:00+00:00")
    dispute = dispute_page(TOLD)

    facts = read_facts(
        Facts(), order=order, dispute=dispute, words=EN, open_disputes=1, item_given=True
    )

    assert facts.protection_deadline == "2026-12-01T18:00:00+00:00"


@pytest.mark.parametrize(
    ("more", "kinds", "hrefs"),
    [
        # Returns/refunds of a line may start a dispute; only its click or page shows.
        (
            f'<a class="comet-btn" href="/p/reverse-pages/x.html?tradeOrderLineId={LINE}">Returns/refunds</a>',
            ["button"],
            [f"/p/reverse-pages/x.html?tradeOrderLineId={LINE}"],
        ),
        (
            (
                '<a href="/p/reverse-pages/proof.html?reverseOrderLineId=7">Upload photos</a>'
                '<a href="/p/reverse-pages/it.html?reverseOrderLineId=7">Dispute in Progress</a>'
            ),
            ["link"],
            ["/p/reverse-pages/it.html?reverseOrderLineId=7"],
        ),
        ('<a href="/help/issue/faq.html">Help</a>', [], []),
        ('<a href="/chat.html?reverseOrderLineId=7">Contact seller</a>', [], []),
    ],
)
def test_a_link_counts_for_what_it_names(more: str, kinds: list[str], hrefs: list[str]) -> None:
    """GIVEN links that look like one to a dispute THEN address and words together decide."""
    entries = order_page(more).entries

    assert [entry.kind for entry in entries] == kinds
    assert [entry.href for entry in entries] == hrefs


def test_an_order_is_named_also_without_info_rows() -> None:
    """GIVEN a layout without info rows THEN the number behind an order's label is the order's."""
    html = (
        f"<ul><li>Ref. Number:</li><li>{ORDER}</li></ul><p>Tracking: 8190000000000044</p>"
        "<footer>Order ID: 8190000000000055</footer>"
    )

    page = read_order(Snapshot("", html, "en"), SITE.hooks, EN)

    assert page.order_ids == (ORDER,)


def test_an_old_links_number_needs_the_page_to_name_the_order() -> None:
    """GIVEN an issueId that is not a newer id THEN the page must name this order."""
    old = "/issue/fastissue/Detail.htm?issueId=55"
    named = dispute_page(f"<div>Order ID: {ORDER}</div>")

    check_where_it_led(ORDER, old, named)

    with pytest.raises(ToolError, match="dispute page shows dispute"):
        check_where_it_led(ORDER, old, dispute_page(""))
    with pytest.raises(ToolError, match="names order"):
        check_where_it_led("8190000000000009", "", named)


@pytest.mark.parametrize(
    ("html", "only"),
    [
        ('<h1>Better in the app</h1><a href="https://apps.apple.com/app/id1">Get it</a>', True),
        ("<p>Please download the AliExpress app to see your orders.</p>", True),
        ('<main></main><footer><a href="https://play.google.com/x">Our app</a></footer>', False),
        (f"<p>Open in app</p><div>{'An order and another one. ' * 40}</div>", False),
        ("", False),
    ],
)
def test_only_a_page_about_nothing_but_the_app_is_one(html: str, only: bool) -> None:
    """GIVEN a page without landmarks THEN its few words outside the frame identify it."""
    snapshot = Snapshot("https://m.aliexpress.com/p/order/index.html", html, "en")

    if not only:
        refuse_app_only(snapshot, SITE)
        return
    with pytest.raises(ToolError, match="only offers the app") as caught:
        refuse_app_only(snapshot, SITE)
    assert (caught.value.exit_code, caught.value.code) == (5, "app_only")
