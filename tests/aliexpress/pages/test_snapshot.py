"""What a snapshot alone says: the numbers that a page shows."""

from __future__ import annotations

import pytest

from automation.aliexpress.pages.snapshot import Snapshot, shows_other_numbers

ORDER, OTHER = "8194370215560042", "8194370215570042"


@pytest.mark.parametrize(
    ("html", "others"),
    [
        (f"<p>{OTHER}</p>", True),
        (f'<a href="/p/order/detail.html?orderId={OTHER}">Details</a>', True),
        (f'<p>{OTHER}</p><a href="/p/order/detail.html?orderId={ORDER}">Details</a>', False),
        (f"<p>{ORDER}</p>", False),
        ("<p>Something went wrong</p>", False),
        ("<p>+44 1632 960 417</p>", False),
    ],
)
def test_a_page_may_show_the_numbers_of_other_orders_only(html: str, *, others: bool) -> None:
    """GIVEN numbers in words or addresses THEN only a page with others and without this one says so."""
    assert shows_other_numbers(Snapshot("http://127.0.0.1/", html), ORDER) is others
