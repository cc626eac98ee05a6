from __future__ import annotations

import pytest

from automation.aliexpress.pages import (
    DisputePage,
    OrderPage,
    Snapshot,
    read_cards,
    read_dispute,
    read_order,
)
from automation.aliexpress.site import DisputeIds, SiteMap
from automation.aliexpress.walk.order.identity import check_identity
from automation.errors import ToolError

SITE = SiteMap.load()
ORDER, OTHER = "8190000000004321", "8208460785979999"
LINE, REVERSE, REFUND = "8190000000014321", "70000000000104321", "70000000000004321"
HOST = "https://www.aliexpress.com"
AT_ORDER = f"{HOST}/p/order/detail.html?orderId={ORDER}&spm=a2g0o.1.0.0"
AT_DISPUTE = (
    f"{HOST}/p/reverse-pages/x.html?reverseOrderLineId={REVERSE}&tradeOrderLineId={LINE}"
    f"&reverseOrderId={REFUND}"
)


def order(html: str, address: str = AT_ORDER, lang: str = "en") -> OrderPage:
    """Order Details with these info rows."""
    rows = f'<div class="order-detail-info-item order-detail-order-info"><h3>Order info</h3>{html}</div>'
    return read_order(Snapshot(address, rows, lang), SITE.hooks, SITE.pack(lang))


def dispute(html: str, address: str = AT_DISPUTE, lang: str = "en") -> DisputePage:
    """A dispute page with something on it."""
    status = '<div class="reminder--statusStr--1">Waiting for your response</div>'
    return read_dispute(Snapshot(address, status + html, lang), SITE.hooks, SITE.pack(lang))


def test_another_disputes_number_is_noticed() -> None:
    """GIVEN a page that calls another number its own THEN it is another dispute's page, exit 5.

    The control is the page's own number, and that of its reverse order.
    """
    sibling = "70000000000204321"
    row = '<div class="info-row"><span>Dispute ID:</span><span>{}</span></div>'
    own = [dispute(row.format(number)) for number in (REVERSE, REFUND)]
    other = dispute(row.format(sibling))

    assert [page.other_disputes for page in own] == [(), ()]
    assert other.other_disputes == (sibling,)
    check_identity(ORDER, DisputeIds(REVERSE, LINE), own[0])
    with pytest.raises(ToolError, match=sibling) as stopped:
        check_identity(ORDER, DisputeIds(REVERSE, LINE), other)
    assert stopped.value.code == "wrong_dispute"


ROWS = {
    "in one text": '<div class="info-row">{} {}</div>',
    "in spans": '<div class="info-row"><span>{}</span><span>{}</span><span>Copy</span></div>',
    "in cells": "<div><div>{}</div><div>{}</div><div>Copy</div></div>",
    "in a list": "<dt>{}</dt><dd>{} <button>Copy</button></dd>",
    "one text for all": "<span>{} {}</span> ",
}


@pytest.mark.parametrize("shape", ROWS.values(), ids=ROWS.keys())
@pytest.mark.parametrize(
    ("lang", "label"),
    [
        ("en", "Order ID:"),
        ("en", "Ref. Number:"),
        ("ko", "주문번호::"),
        ("ko", "주문번호"),
        ("es", "Nº de pedido:"),
        ("pl", "Numer zamówienia:"),
        ("xx", "Completely new words:"),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_the_row_with_the_orders_label_names_the_order(
    shape: str, lang: str, label: str, first: bool
) -> None:
    """GIVEN other ids beside the order's THEN its label decides, or the page's own address."""
    own = shape.format(label, ORDER)
    others = shape.format("Payment ID:", OTHER) + shape.format("Refund order ID:", REFUND)

    page = order(own + others if first else others + own, lang=lang)

    assert page.order_ids == (ORDER,)


@pytest.mark.parametrize(
    ("rows", "lang", "ids"),
    [
        # A known label with another order's number overrides everything, even the address.
        (f"<p>Order ID: {OTHER}</p><p>Payment ID: {ORDER}</p>", "en", (OTHER,)),
        (f"<p>Order ID: {OTHER}</p><p>Ref. Number: {ORDER}</p>", "en", (OTHER, ORDER)),
        # No label is known, and no row has the number of the address.
        (f"<p>Payment ID: {OTHER}</p>", "en", (OTHER,)),
        (f"<p>Nieznana etykieta: {OTHER}</p>", "pl", (OTHER,)),
        ("<p>Order ID: pending</p>", "en", ()),
    ],
)
def test_a_wrong_order_is_never_taken(rows: str, lang: str, ids: tuple[str, ...]) -> None:
    """GIVEN a page that may not be this order's THEN its ids are not this one alone."""
    assert order(rows, lang=lang).order_ids == ids


def test_without_the_address_an_unknown_label_leaves_all_numbers_in_doubt() -> None:
    """GIVEN no known label and no id in the address THEN several numbers stay several."""
    rows = f"<p>Something: {ORDER}</p><p>Other thing: {OTHER}</p>"

    page = order(rows, address=f"{HOST}/p/order/detail.html")

    assert page.order_ids == (ORDER, OTHER)


@pytest.mark.parametrize("shape", ROWS.values(), ids=ROWS.keys())
def test_ids_in_the_address_are_never_foreign(shape: str) -> None:
    """GIVEN rows of line, refund and payment ids on a dispute page THEN only the order's counts."""
    labels = {
        "Refund order ID:": REFUND, "Order line ID:": LINE, "Dispute ID:": REVERSE,
        "Payment ID:": OTHER, "Order ID:": ORDER,
    }  # fmt: skip
    page = dispute("".join(shape.format(*each) for each in labels.items()))

    assert page.order_ids == (ORDER,)
    check_identity(ORDER, DisputeIds(REVERSE, LINE), page)


def test_an_id_of_the_address_that_is_called_the_orders_is_not_foreign() -> None:
    """GIVEN "Order ID" before the line's id, which the address has THEN it is not another order."""
    page = dispute(f"<p>Order ID: {LINE}</p>")

    assert page.order_ids == ()
    check_identity(ORDER, DisputeIds(REVERSE, LINE), page)


def test_another_order_on_the_dispute_page_still_stops() -> None:
    """GIVEN another order's number after the label THEN it is the wrong order's page."""
    page = dispute(f"<p>Order ID: {OTHER}</p>")

    with pytest.raises(ToolError, match=f"names order {OTHER}"):
        check_identity(ORDER, DisputeIds(REVERSE, LINE), page)


@pytest.mark.parametrize(("number", "stops"), [(OTHER, True), (ORDER, False)])
def test_unknown_labels_let_no_other_order_through(number: str, stops: bool) -> None:
    """GIVEN a page behind a click, in unknown words THEN its numbers must include this order."""
    page = dispute(f"<p>Nieznana etykieta: {number}</p><p>Inna: {LINE}</p>", lang="pl")

    if not stops:
        check_identity(ORDER, DisputeIds(), page)
        return
    with pytest.raises(ToolError, match="and not"):
        check_identity(ORDER, DisputeIds(), page)


@pytest.mark.parametrize(
    ("info", "link", "found"),
    [
        (f"<div>Order ID: {ORDER}</div><div>Payment ID: {OTHER}</div>", "", ORDER),
        (f"<div>New label: {ORDER}</div><div>Payment ID: {OTHER}</div>", AT_ORDER, ORDER),
        (f"<div>New label: {ORDER}</div><div>Payment ID: {OTHER}</div>", "", ""),
        (f"<div>Order ID: {OTHER}</div>", AT_ORDER, ""),
        (f"<div>New label: {OTHER}</div>", AT_ORDER, ""),
    ],
)
def test_a_card_is_of_the_order_that_label_or_link_name(info: str, link: str, found: str) -> None:
    """GIVEN further numbers on a card THEN label and link decide, and a contradiction is unknown."""
    html = (
        f'<div class="order-item"><div data-pl="order_item_header_info">{info}</div>'
        f'<a data-pl="order_item_header_detail" href="{link}">Order details</a></div>'
    )

    (card,) = read_cards(Snapshot(HOST, html, "en"), SITE.hooks, SITE.pack("en"))

    assert card.order_id == found
