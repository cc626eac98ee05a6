"""What the status of dispute and order says about a cancel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rules import Facts, advise

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("status", "frozen", "told"),
    [
        ("Frozen", None, True),
        ("The order is suspended", None, True),
        ("AliExpress froze it", None, True),
        ("Shipped", True, True),
        ("Shipped", None, False),
        ("Shipped", False, False),
        (None, None, False),
    ],
)
def test_a_frozen_order_is_told(
    good: Callable[..., Facts], status: str | None, frozen: bool | None, *, told: bool
) -> None:
    """GIVEN any one word of freezing in the order's status, or the page's own mark THEN a finding."""
    advice = advise(good(order_status=status, order_frozen=frozen))
    assert ("order-frozen" in {each.rule for each in advice.findings}) is told
