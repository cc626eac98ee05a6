"""The seller's wish beside the buyer's reason, and advice before any page was read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rules import Facts, Reason, ReplacementTracking, advise, advise_on_words
from rules.seller import read_seller
from rules.tracking_numbers import Plausibility, plausibility

if TYPE_CHECKING:
    from collections.abc import Callable

_ASKS = "Please cancel the dispute."
_PROMISES = "Please cancel the dispute, then we refund you by PayPal."


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"seller_message": _ASKS}, "warn"),
        ({"seller_message": _PROMISES}, "block"),
        ({"seller_messages": ("Hello", _PROMISES)}, "block"),
        ({"seller_message": _ASKS, "buyer_reason": Reason.WAIT_LONGER, "item_verified": None},
         "block"),
        ({"seller_asked_to_cancel": True, "seller_promise": "extend_later",
          "protection_extended": True}, "warn"),
        ({"seller_asked_to_cancel": True, "seller_promise": "extend_later"}, "block"),
    ],
)  # fmt: skip
def test_promise_must_be_kept(
    good: Callable[..., Facts], changes: dict[str, Any], verdict: str
) -> None:
    """A bare wish warns where the problem is fixed; an unkept promise always blocks."""
    assert advise(good(**changes)).verdict.value == verdict


def test_words_alone_give_a_useful_answer() -> None:
    """A checked product with time left is not refused because no page was read."""
    facts = Facts(
        buyer_reason=Reason.PACKAGE_ARRIVED,
        item_received=True,
        item_verified=True,
        protection_deadline="2099-01-01",
    )
    assert advise_on_words(facts).verdict.value == "warn"
    assert advise(facts).verdict.value == "block"


@pytest.mark.parametrize("status", ["", "unknown", "Waiting", "WAITING_SELLER"])
def test_given_status_counts_in_words_too(status: str) -> None:
    """An unknown status from the buyer refuses before a browser starts."""
    facts = Facts(buyer_reason=Reason.FILED_BY_MISTAKE, dispute_status=status)
    assert advise_on_words(facts).verdict.value == "block"


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("12345", Plausibility.IMPOSSIBLE),
        ("will follow", Plausibility.IMPOSSIBLE),
        (None, Plausibility.IMPOSSIBLE),
        ("1111111111", Plausibility.INVENTED),
        ("1212121212", Plausibility.INVENTED),
        ("1234567890", Plausibility.ODD),
        ("RB123456789CN", Plausibility.ODD),
        ("RB123456785CN", Plausibility.PLAUSIBLE),
        ("LP00987654321CN", Plausibility.PLAUSIBLE),
        ("LP 0098 7654 3210 123", Plausibility.PLAUSIBLE),
    ],
)
def test_number_is_judged(number: str | None, expected: Plausibility) -> None:
    """Length, patterns and the postal check digit separate invented numbers from possible ones."""
    assert plausibility(number) is expected


@pytest.mark.parametrize(
    ("tracking", "verdict"),
    [
        ({"checked_by_buyer": True, "carrier_events": 3}, "allow"),
        ({"checked_by_buyer": True}, "warn"),
        ({"checked_by_buyer": True, "carrier_events": 0}, "block"),
        ({"checked_by_buyer": True, "carrier_events": 1, "last_event": "Label created"}, "block"),
        ({"checked_by_buyer": None, "carrier_events": 3}, "block"),
    ],
)
def test_replacement_needs_movements_that_the_buyer_saw(
    good: Callable[..., Facts], tracking: dict[str, Any], verdict: str
) -> None:
    """A number alone, or one that was not checked, proves nothing."""
    facts = good(
        buyer_reason=Reason.REPLACEMENT_SENT,
        item_received=False,
        item_verified=None,
        protection_extended=True,
        delivered_at=None,
        replacement_tracking=ReplacementTracking(number="LP00987654321CN", **tracking),
    )
    assert advise(facts).verdict.value == verdict


@pytest.mark.parametrize(
    ("words", "ways"),
    [
        ("Please cancel the dispute, we pay you by PayPal", ("PayPal",)),
        ("Add my WeChat, we pay you there", ("WeChat",)),
        ("cancel the dispute and we pay by Bank Transfer", ("Bank Transfer",)),
        ("Bitte stornieren Sie den Streitfall, wir zahlen per Überweisung", ("Überweisung",)),
        ("请先取消纠纷，加微信，退款给你", ("微信",)),
        ("请先取消纠纷，加微信支付宝账号退款给你", ("微信", "支付宝账号")),  # one within another
        ("请先取消纠纷，我用PayPal给你退款", ("PayPal",)),  # no spaces around it
        ("请先取消纠纷，我用Western Union给你退款", ("Western Union",)),
        ("PayPal me, cancel the dispute, we refund you", ("PayPal",)),  # the first word
        ("Cancel it, we refund you by PayPal or Bank Transfer", ("PayPal", "Bank Transfer")),
        ("Cancel it, we refund you by Western - Union", ("Western - Union",)),
        ("Cancel it, we refund you by Western\tUnion", ("Western Union",)),
        ("Please cancel the dispute, we refund you", ()),
    ],
)
def test_ways_outside_are_named_as_the_seller_writes_them(
    words: str, ways: tuple[str, ...]
) -> None:
    """GIVEN an offer outside the site THEN its way, in findings too; without one none (control)."""
    facts = Facts(seller_messages=(words,))

    assert read_seller(facts).ways == ways
    told = " ".join(finding.meaning for finding in advise(facts).findings)
    assert ("outside AliExpress" in told) is bool(ways)
    assert all(way in told for way in ways)


def test_only_a_few_ways_outside_are_named() -> None:
    """GIVEN a seller who lists services THEN three of them are enough."""
    words = "Cancel and get PayPal, WeChat, WhatsApp, Western Union, MoneyGram refund"
    assert read_seller(Facts(seller_messages=(words,))).ways == ("PayPal", "WeChat", "WhatsApp")
