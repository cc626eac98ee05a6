"""Whose words count: the seller's block, unknown authors' warn, money outside is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rules import Advice, Facts, Finding, Reason, Severity, advise
from rules.checks import on_seller
from rules.messages import demands

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


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (("Please confirm receipt of goods.",), "to confirm receipt, which ends the order: "),
        (("Please accept our offer.", _PLEA), 'to cancel: "Cancel the dispute'),
        (("Give us 5 stars and we refund. Cancel the dispute.",), 'to cancel: "Cancel the'),
    ],
)
def test_what_a_text_of_an_unknown_author_asks_is_named(
    good: Callable[..., Facts], texts: tuple[str, ...], told: str
) -> None:
    """GIVEN texts of unknown authors THEN their demand is named and quoted, the cancel before others."""
    finding = _finding(advise(good(unattributed_messages=texts)), "words-of-unknown-author")
    assert finding
    assert f"unknown author asks you {told}" in finding.meaning


def test_the_cancel_is_named_and_quoted_before_other_demands(good: Callable[..., Facts]) -> None:
    """GIVEN one message for a cancel among others THEN what is said and what is quoted is the cancel."""
    texts = ("Accept our offer, please.", "Please cancel the dispute.")
    finding = _finding(advise(good(seller_messages=texts)), "seller-asks")
    assert finding
    assert "wants you to cancel." in finding.meaning
    assert 'They wrote: "Please cancel the dispute".' in finding.meaning


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


@pytest.mark.parametrize(
    ("changes", "severity", "asks"),
    [
        ({}, "warn", False),  # the problem is fixed without them
        ({"buyer_reason": Reason.WAIT_LONGER, "item_verified": None}, "block", False),
        ({"seller_asked_to_cancel": True}, "block", True),
    ],
)
def test_a_promise_blocks_unless_all_is_well_without_it(
    good: Callable[..., Facts], changes: dict[str, Any], severity: str, *, asks: bool
) -> None:
    """GIVEN a promise that is not kept THEN it warns only beside a fixed problem and no plea."""
    finding = _finding(advise(good(**{"seller_promise": "a gift", **changes})), "seller-promise")
    assert finding
    assert finding.severity.value == severity
    assert ("asks you to cancel" in finding.meaning) is asks
    promised = "They promise a gift, but have" if asks else "The seller promises a gift, but has"
    assert f"{promised} not done it." in finding.meaning


@pytest.mark.parametrize(
    ("said", "rule", "told"),
    [
        ("Please confirm receipt of goods.", "seller-asks", "to confirm receipt, which ends"),
        ("Please modify the dispute to 10 dollars.", "seller-asks", "to change the reason or"),
        ("Your account will be blocked and you pay a fine.", "seller-asks", "harm or a threat"),
        ("Please cancel the dispute or you pay a fine.", "seller-asks", "wants you to cancel."),
        ("Cancel and we pay you 10 dollars.", "seller-promise", "asks you to cancel. They promise"),
        (
            "Give us 5 stars and we refund. Please cancel the dispute.",
            "seller-promise",
            'asks you to cancel. They promise a refund, but have not done it. They wrote: "Please ',
        ),
        (
            "This dispute hurts our shop. Please accept our offer.",
            "seller-asks",
            "wants you to accept a solution, which closes the case for good",
        ),
        (
            "Please confirm receipt of goods, then we refund you.",
            "seller-promise",
            "to confirm receipt, which ends the order. They promise a refund, but",
        ),
    ],
)
def test_what_the_seller_wants_is_said_as_it_is(
    good: Callable[..., Facts], said: str, rule: str, told: str
) -> None:
    """GIVEN a message that presses THEN its own demand is named; what the buyer shall pay is no promise."""
    finding = _finding(advise(good(seller_message=said)), rule)
    assert finding
    assert told in finding.meaning


def test_every_demand_has_its_words() -> None:
    """GIVEN all kinds of demands THEN each but the cancel is put into words, and nothing else is."""
    kinds = {kind for kind, *_ in demands._DEMANDS}  # noqa: SLF001
    assert on_seller._WANTS.keys() | {"cancel"} == kinds  # noqa: SLF001


@pytest.mark.parametrize(
    ("plea", "told"),
    [
        ("Cancel the dispute and we refund you by PayPal.", "a refund outside AliExpress (PayPal)"),
        ("Cancel the dispute and we refund you.", "They promise a refund, but"),
    ],
)
def test_a_refund_outside_is_told_apart(good: Callable[..., Facts], plea: str, told: str) -> None:
    """F16: how the promised money would come is said where it is not through the site."""
    finding = _finding(advise(good(seller_message=plea)), "seller-promise")
    assert finding
    assert told in finding.meaning


@pytest.mark.parametrize(
    ("promise", "told"),
    [
        ("refund by PayPal", "Someone offers money outside AliExpress (PayPal): "),
        ("off_platform", "Someone offers money outside AliExpress: "),
    ],
)
def test_a_way_outside_is_named_if_there_is_one(
    good: Callable[..., Facts], promise: str, told: str
) -> None:
    """GIVEN an offer THEN the service that it names; nothing in its place if it names none."""
    finding = _finding(advise(good(seller_promise=promise)), "money-outside")
    assert finding
    assert finding.meaning.startswith(told)


@pytest.mark.parametrize(
    ("changes", "instead"),
    [
        ({}, "Check your reason once more"),
        ({"buyer_reason": Reason.WAIT_LONGER, "item_verified": None}, "Keep the dispute open"),
    ],
)
def test_who_has_nothing_fixed_is_told_to_keep_the_dispute(
    good: Callable[..., Facts], changes: dict[str, Any], instead: str
) -> None:
    """GIVEN a seller who only asks THEN the next step goes on only where the problem is fixed."""
    finding = _finding(advise(good(seller_asked_to_cancel=True, **changes)), "seller-asks")
    assert finding
    assert finding.instead.startswith(instead)


@pytest.mark.parametrize(
    ("plea", "told"),
    [
        (
            "Cancel the dispute and we refund you by PayPal.",
            " of money outside AliExpress (PayPal).",
        ),
        ("Cancel the dispute and we refund you.", "only a promise. "),
    ],
)
def test_a_promise_as_the_reason_names_what_is_promised_outside(
    good: Callable[..., Facts], plea: str, told: str
) -> None:
    """GIVEN a buyer who goes by a promise THEN money outside the site is named, and nothing else."""
    facts = good(buyer_reason=Reason.SELLER_PROMISED, seller_message=plea)
    finding = _finding(advise(facts), "seller-promise")
    assert finding
    assert told in finding.meaning


def test_pressing_messages_are_numbered_from_one(good: Callable[..., Facts]) -> None:
    """GIVEN two pleas and a greeting THEN the finding shows the two, each with the words that decided."""
    texts = ("Hello.", "Please cancel the dispute.", "Close the claim, please.")
    finding = _finding(advise(good(seller_messages=texts)), "seller-asks")
    assert finding
    shown = {name: text for name, text in finding.facts.items() if name.startswith("seller_mess")}
    assert list(shown) == ["seller_message_1", "seller_message_2"]
    assert all("[" in text for text in shown.values())
