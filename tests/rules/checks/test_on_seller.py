"""Whose words count: the seller's block, unknown authors' warn, money outside is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rules import Advice, Facts, Finding, Reason, Severity, advise

if TYPE_CHECKING:
    from collections.abc import Callable

_PLEA = "Hello. Cancel the dispute and we refund you. Have a nice day."


def _finding(advice: Advice, rule: str) -> Finding | None:
    return next((f for f in advice.findings if f.rule == rule), None)


@pytest.mark.parametrize("reason", [Reason.PACKAGE_ARRIVED, Reason.WAIT_LONGER])
def test_unknown_author_warns_at_most(good: Callable[..., Facts], reason: Reason) -> None:
    """The same plea blocks from the seller and only warns, with its words, if unattributed."""
    unknown = advise(good(buyer_reason=reason, unattributed_messages=(_PLEA,)))
    assert unknown.verdict.value == "warn"
    finding = _finding(unknown, "words-of-unknown-author")
    assert finding
    assert "Cancel the dispute and we refund you" in finding.meaning
    assert advise(good(buyer_reason=reason, seller_messages=(_PLEA,))).verdict.value == "block"


def test_harmless_words_of_unknown_authors_say_nothing(good: Callable[..., Facts]) -> None:
    """Words without a plea raise no finding."""
    advice = advise(good(unattributed_messages=("Your parcel is on its way.",)))
    assert advice.verdict.value == "allow"


def test_a_text_that_is_the_sellers_counts_once(good: Callable[..., Facts]) -> None:
    """A text known to be the seller's no longer counts as an unknown author's."""
    advice = advise(good(seller_messages=(_PLEA,), unattributed_messages=(_PLEA,)))
    assert _finding(advice, "words-of-unknown-author") is None


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"seller_message": _PLEA}, "seller-promise"),
        ({"seller_message": _PLEA, "buyer_reason": Reason.SELLER_PROMISED}, "seller-promise"),
        ({"seller_message": "Hi. Please cancel the dispute. Bye."}, "seller-asks"),
    ],
)
def test_the_sellers_sentence_is_quoted(
    good: Callable[..., Facts], changes: dict[str, Any], rule: str
) -> None:
    """The buyer reads the very sentence, without what stands around it."""
    finding = _finding(advise(good(**changes)), rule)
    assert finding
    assert 'wrote: "Cancel the dispute' in finding.meaning or (
        'wrote: "Please cancel the dispute"' in finding.meaning
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"seller_message": "Close the claim and I pay you by PayPal."},
        {"seller_message": "You do not have to cancel, we refund you by PayPal."},
        {"seller_message": "Your parcel is here. We transfer the money to your bank account."},
        {"unattributed_messages": ("I send you the money with Western Union.",)},
        {"seller_promise": "paypal_refund"},
        {"seller_message": "Cancel and get a PayPal refund.", "buyer_reason": "seller_promised"},
    ],
)
def test_money_outside_is_named_whatever_else_is_said(
    good: Callable[..., Facts], changes: dict[str, Any]
) -> None:
    """A finding cites F16 whenever money outside the site is offered."""
    advice = advise(good(**changes))
    assert [f for f in advice.findings if "F16" in f.source]


def test_no_money_outside_is_no_finding(good: Callable[..., Facts]) -> None:
    """Positive control: a refund through the site names no F16."""
    advice = advise(good(seller_message="We accept your claim, AliExpress will refund you."))
    assert [f for f in advice.findings if "F16" in f.source] == []


@pytest.mark.parametrize(
    "changes", [{"order_frozen": True}, {"order_status": "Frozen: the seller was suspended"}]
)
def test_a_frozen_order_is_noted_before_the_cancel(
    good: Callable[..., Facts], changes: dict[str, Any]
) -> None:
    """With the product arrived and checked it is a note; without, a warning."""
    noted = _finding(advise(good(**changes)), "order-frozen")
    missing = _finding(advise(good(**changes, item_received=None)), "order-frozen")
    assert noted
    assert missing
    assert (noted.severity, missing.severity) == (Severity.NOTE, Severity.WARN)
    assert "refund" in noted.meaning


def test_an_order_that_is_not_frozen_has_no_such_note(good: Callable[..., Facts]) -> None:
    """Unknown and false raise no finding."""
    assert _finding(advise(good()), "order-frozen") is None
    assert _finding(advise(good(order_frozen=False)), "order-frozen") is None


def test_the_doubt_about_filing_again_is_said(good: Callable[..., Facts]) -> None:
    """Public texts contradict F6: the note about what follows says so."""
    note = _finding(advise(good()), "after-cancel")
    assert note
    assert "cannot be opened again" in note.meaning
