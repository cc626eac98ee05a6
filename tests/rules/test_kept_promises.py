"""When a seller's promise counts as kept: when it was done, never when it was announced (F14)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rules import Facts, MoneyReceived, Reason, ReplacementTracking, advise

if TYPE_CHECKING:
    from collections.abc import Callable

RESEND = "Cancel the dispute, we send you a new one."
REFUND = "Cancel the dispute and we refund you."
MOVING = ReplacementTracking(
    number="RR473124829GB", checked_by_buyer=True, carrier_events=3, last_event="Arrived"
)
ARRIVED, NOT_HERE = Reason.REPLACEMENT_ARRIVED, {"item_received": False, "item_verified": None}


@pytest.mark.parametrize(
    ("text", "facts", "kept"),
    [
        (RESEND, {"buyer_reason": ARRIVED}, True),
        (RESEND, {"buyer_reason": ARRIVED, "item_verified": False}, False),
        (RESEND, {"buyer_reason": ARRIVED, **NOT_HERE}, False),
        (RESEND, {}, False),  # the first parcel is no second one
        (RESEND, {"replacement_tracking": MOVING}, True),
        (REFUND, {"money_received": MoneyReceived.FULL_CLEARED}, True),
        (REFUND, {"money_received": MoneyReceived.ANNOUNCED_ONLY}, False),
        (REFUND, {"money_received": MoneyReceived.PARTIAL}, False),
        (REFUND, {}, False),
    ],
)
def test_a_promise_is_kept_when_it_was_done(
    good: Callable[..., Facts], text: str, facts: dict[str, Any], *, kept: bool
) -> None:
    """GIVEN a promise as the price of a cancel THEN it blocks until the parcel or the money is there."""
    advice = advise(good(seller_messages=(text,), **facts))
    assert ("seller-promise" not in {each.rule for each in advice.findings}) is kept


def test_what_the_seller_wants_is_said_as_the_case_is(good: Callable[..., Facts]) -> None:
    """GIVEN the same plea THEN a good reason is left to the buyer, and an open problem is named."""
    told = {}
    for verified in (True, False):
        facts = good(
            buyer_reason=ARRIVED, item_verified=verified, seller_messages=("Cancel the dispute.",)
        )
        said = " ".join(each.meaning for each in advise(facts).findings)
        told[verified] = ("Your reason is good" in said, "while nothing is fixed" in said)
    assert told == {True: (True, False), False: (False, True)}


def test_only_a_plea_that_blocks_is_answered_when_all_is_well(good: Callable[..., Facts]) -> None:
    """GIVEN a product in hand THEN an unkept promise still gets a reply to the seller; a kept one does not."""
    unkept, kept = (
        good(seller_messages=(RESEND,)),
        good(seller_messages=(RESEND,), buyer_reason=ARRIVED),
    )
    assert advise(unkept).reply is not None
    assert advise(kept).reply is None


def test_a_block_of_another_rule_makes_no_plea(good: Callable[..., Facts]) -> None:
    """GIVEN a product in hand, a mild wish and a seller's account THEN nothing is left to answer."""
    advice = advise(good(account_role="seller", seller_messages=("Please cancel the dispute.",)))
    assert advice.verdict.value == "block"
    assert advice.reply is None
