"""An order number as people paste it."""

from __future__ import annotations

import pytest

from automation.aliexpress.order_number import pasted_order

ORDER = "8190000000000001"
PAGE = "https://www.aliexpress.com/p/order/detail.html"


@pytest.mark.parametrize(
    "pasted",
    [
        ORDER,
        f"  {ORDER}\n",
        "8190 0000 0000 0001",
        "8190-0000-0000-0001",
        "8190\u00a00000\u20110000\u20110001",
        f"Order ID: {ORDER}",
        f"Order ID:{ORDER} Copy",
        f"Ref. Number {ORDER}",
        f"Bestellnummer: {ORDER}",
        f"订单号：{ORDER}",
        f"# {ORDER}",
        f"{PAGE}?orderId={ORDER}",
        f"{PAGE}?spm=a2g0o.1&orderId={ORDER}&x=1#top",
        f"https://m.aliexpress.com/order/detail.html?tradeOrderId={ORDER}",
        f"http://127.0.0.1:8190/p/order/detail.html?orderId={ORDER}",
    ],
)
def test_an_order_is_read_as_it_is_pasted(pasted: str) -> None:
    """GIVEN digits, groups, a label or the page's address THEN the same number."""
    assert pasted_order(pasted) == ORDER


@pytest.mark.parametrize(
    "pasted",
    [
        "",
        "12",
        "819000000000000x",
        f"x{ORDER}",
        f"{ORDER} x",
        f"{ORDER}0001",
        f"{ORDER} {ORDER}",
        f"Order 2 ID: {ORDER}",
        f"{ORDER}, 8190000000000002",
        "８１９００００００００００００１",
        f"{PAGE}?orderId=12",
        f"{PAGE}?orderId={ORDER}&orderId=8190000000000002",
        f"{PAGE}?id={ORDER}",
        f"https://shop.example/p/order/detail.html?orderId={ORDER}",
        f"https://aliexpress.com.example/?orderId={ORDER}",
        "9" * 5000,
    ],
)
def test_an_order_is_never_guessed(pasted: str) -> None:
    """GIVEN no number, more than one, or an address of another site THEN none."""
    assert pasted_order(pasted) is None
