"""An order number as people paste it."""

from __future__ import annotations

import pytest

from automation.aliexpress.plan.order_number import check_order_id, check_same_site, pasted_order
from automation.aliexpress.site import Addresses
from automation.errors import ExitCode, ToolError

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
        f"https://www.aliexpress.com:8443/p/order/detail.html?orderId={ORDER}",
        f"http://www.aliexpress.com:443/p/order/detail.html?orderId={ORDER}",
        f"https://buyer@www.aliexpress.com/p/order/detail.html?orderId={ORDER}",
        f"https://www.aliexpress.com:99999/p/order/detail.html?orderId={ORDER}",
        f"https://www.aliexpress.ru/p/order/detail.html?orderId={ORDER}",
        "9" * 5000,
    ],
)
def test_an_order_is_never_guessed(pasted: str) -> None:
    """GIVEN no number, more than one, or an address of another site THEN none."""
    assert pasted_order(pasted) is None


@pytest.mark.parametrize(
    ("pasted", "told"),
    [
        (f"https://shop.example/p/order/detail.html?orderId={ORDER}", "on shop.example, not on"),
        (f"https://www.aliexpress.com:8443/x?orderId={ORDER}", "on www.aliexpress.com:8443, not"),
        (f"{PAGE}?orderId=12", "is not an order number"),
    ],
)
def test_an_address_elsewhere_is_told_from_one_without_an_order(pasted: str, told: str) -> None:
    """GIVEN an address that gives no order THEN exit 2, and the line says what is wrong with it."""
    with pytest.raises(ToolError, match=told) as stopped:
        check_order_id(pasted)

    assert stopped.value.exit_code is ExitCode.USAGE


@pytest.mark.parametrize(
    ("pasted", "site", "same"),
    [
        (ORDER, "http://127.0.0.1:8190", True),
        (f"http://127.0.0.1:8190/p/order/detail.html?orderId={ORDER}", "http://127.0.0.1:8190", True),
        (f"http://127.0.0.1:8191/p/order/detail.html?orderId={ORDER}", "http://127.0.0.1:8190", False),
        (f"http://localhost:8190/p/order/detail.html?orderId={ORDER}", "http://127.0.0.1:8190", False),
        (f"http://127.0.0.1:8190/p/order/detail.html?orderId={ORDER}", None, False),
        (f"{PAGE}?orderId={ORDER}", None, True),
        (f"{PAGE}?orderId={ORDER}", "http://127.0.0.1:8190", True),
    ],
)  # fmt: skip
def test_an_address_of_another_site_than_the_runs_is_refused(
    pasted: str, site: str | None, same: bool
) -> None:
    """GIVEN an order's address WHEN its host or port is not the run's THEN exit 2 names both."""
    addresses = Addresses.for_site(site)
    if same:
        check_same_site(pasted, addresses)
        return
    with pytest.raises(ToolError, match=f"not on {addresses.origin}") as stopped:
        check_same_site(pasted, addresses)

    assert stopped.value.exit_code is ExitCode.USAGE
