"""The cards of My Orders: which order each is, whatever its labels."""

from __future__ import annotations

import pytest

from automation.aliexpress.pages import Snapshot, read_cards
from automation.aliexpress.site import SiteMap

SITE = SiteMap.load()
ORDER = "8190000000000001"
ADDRESS = "https://www.aliexpress.com/p/order/index.html"


def page(html: str) -> Snapshot:
    """My Orders in made-up markup."""
    return Snapshot(ADDRESS, html, "en")


@pytest.mark.parametrize("label", ["Order ID:", "Ref. Number:", "주문번호:", "Nº de pedido:"])
def test_a_card_is_known_by_its_digits_whatever_the_label(label: str) -> None:
    """GIVEN any label before the number THEN the number is read."""
    html = f"""
      <div class="order-item">
        <div class="order-item-header-status"><span class="order-item-header-status-text">Awaiting delivery</span></div>
        <div class="order-item-header-right"><div class="order-item-header-right-info" data-pl="order_item_header_info">
          <div>Sep 13, 2026</div><div>{label} {ORDER}<span>Copy</span></div></div></div>
      </div>"""

    (card,) = read_cards(page(html), SITE.hooks)

    assert (card.order_id, card.status) == (ORDER, "Awaiting delivery")


def test_a_card_with_two_numbers_names_no_order() -> None:
    """GIVEN a link to another order inside a card THEN the number is unknown, not guessed."""
    html = f"""<div class="order-item"><div class="order-item-header-right-info"><div>{ORDER}</div></div>
      <a data-pl="order_item_header_detail" href="/p/order/detail.html?orderId=8190000000000002">Details</a></div>"""

    (card,) = read_cards(page(html), SITE.hooks)

    assert card.order_id == ""


def test_the_phone_card_is_itself_the_link() -> None:
    """GIVEN the mobile layout THEN the card's own address has the order (site facts, section 2)."""
    html = (
        f'<a class="order-item order-item-mobile" href="/p/order/detail.html?orderId={ORDER}">x</a>'
    )

    (card,) = read_cards(page(html), SITE.hooks)

    assert (card.order_id, card.link) == (ORDER, f"/p/order/detail.html?orderId={ORDER}")
