"""How severe each finding is, where a fact more or less decides it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rules import (
    LIMITS,
    Facts,
    MoneyReceived,
    Reason,
    Severity,
    Verdict,
    advise,
    advise_on_words,
)
from rules.replies import replies_in
from rules.verdicts import verdict_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from rules import Advice

AWAY = {"item_received": False, "item_verified": False}
SOON, VAGUE = "2026-06-10T13:00:00Z", "2026-06-10 18:00:00"
NO_DATES = {"protection_deadline": None, "delivered_at": None}


def severity(advice: Advice, rule: str) -> str:
    """The severity of a rule's finding; empty if it does not fire."""
    return next((f.severity.value for f in advice.findings if f.rule == rule), "")


@pytest.mark.parametrize(
    ("rule", "changes", "wanted"),
    [
        ("edits-exhausted", {"buyer_reason": Reason.CHANGE_AMOUNT, "edits_used": 4}, "warn"),
        (
            "edits-exhausted",
            {
                "buyer_reason": Reason.CHANGE_AMOUNT,
                "edits_used": 4,
                "protection_deadline": SOON,
            },
            "block",
        ),
        ("edits-exhausted", {"buyer_reason": Reason.CHANGE_AMOUNT, "edits_used": 3}, ""),
        ("edit-instead", {"buyer_reason": Reason.CHANGE_AMOUNT, "edits_used": 3}, "block"),
        ("edit-instead", {"buyer_reason": Reason.CHANGE_AMOUNT, "edits_used": 4}, ""),
        ("deadline-unknown", NO_DATES, "warn"),
        ("deadline-unknown", {**NO_DATES, **AWAY}, "block"),
        ("deadline-unknown", {**NO_DATES, **AWAY, "item_received": None}, "warn"),
        ("deadline-unknown", {"protection_deadline": VAGUE, "item_verified": None}, "block"),
        ("account-unknown", {"account_role": None}, "warn"),
        ("account-unknown", {}, ""),
        ("facts-inconsistent", {"item_received": False, "item_verified": True}, "block"),
        ("facts-inconsistent", {"item_received": False, "item_verified": False}, ""),
        ("facts-inconsistent", {"item_received": None, "item_verified": True}, ""),
        ("facts-inconsistent", {"edits_used": -1}, "block"),
        ("facts-inconsistent", {"edits_used": 0}, ""),
        ("facts-inconsistent", {"edits_used": LIMITS.edits}, ""),
        ("facts-inconsistent", {"edits_used": LIMITS.edits + 1}, "block"),
    ],
)
def test_how_severe_a_finding_is(
    good: Callable[..., Facts], rule: str, changes: dict[str, Any], wanted: str
) -> None:
    """GIVEN good facts with one change THEN note, warn or block, or no finding."""
    assert severity(advise(good(**changes)), rule) == wanted


@pytest.mark.parametrize(
    ("rule", "changes", "before", "after"),
    [
        # Pages may still show these; before they are read their absence only warns.
        ("deadline-unknown", {**NO_DATES, **AWAY}, "warn", "block"),
        ("account-unknown", {"account_role": None}, "", "warn"),
        # What was said and may be over already is no absence.
        ("deadline-unknown", {**AWAY, "protection_deadline": VAGUE}, "block", "block"),
    ],
)
def test_what_pages_may_still_show_is_judged_after_they_were_read(
    good: Callable[..., Facts], rule: str, changes: dict[str, Any], before: str, after: str
) -> None:
    """GIVEN advice on words alone THEN what only pages know is not held against the buyer yet."""
    assert severity(advise_on_words(good(**changes)), rule) == before
    assert severity(advise(good(**changes)), rule) == after


@pytest.mark.parametrize(
    ("money", "wanted", "words"),
    [
        (MoneyReceived.FULL_CLEARED, "warn", "You have the money"),
        (MoneyReceived.PARTIAL, "block", "Only part of the money"),
        (MoneyReceived.ANNOUNCED_ONLY, "block", "No money"),
        (MoneyReceived.NONE, "block", "No money"),
        (None, "block", "No money"),
    ],
)
def test_money_outside_counts_only_if_it_is_all_there(
    good: Callable[..., Facts], money: MoneyReceived | None, wanted: str, words: str
) -> None:
    """F16: a part of it, an announcement or no answer blocks, each by its own words."""
    advice = advise(good(buyer_reason=Reason.MONEY_RECEIVED_OFF_PLATFORM, money_received=money))
    found = next(f for f in advice.findings if f.rule == "money-outside")
    assert found.severity.value == wanted
    assert found.meaning.startswith(words)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (Reason.WAIT_LONGER, "you can wait without a cancel"),
        (Reason.CHANGED_MIND, "A change of mind"),
        (Reason.AFRAID_OF_ACCOUNT_BLOCK, "Fear for your account"),
        (Reason.OTHER, "Your reason does not mean that the problem is fixed"),
    ],
)
def test_a_reason_that_fixes_nothing_is_named(
    good: Callable[..., Facts], reason: Reason, words: str
) -> None:
    """F14: the buyer reads why their own reason does not count."""
    found = next(f for f in advise(good(buyer_reason=reason)).findings if f.rule == "not-fixed-yet")
    assert words in found.meaning


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (Reason.PACKAGE_ARRIVED_PARTLY, "Only part of your order came"),
        (Reason.PACKAGE_ARRIVED_WRONG_ITEM, "What came is wrong or broken"),
    ],
)
def test_what_came_is_told_as_the_buyer_said_it(
    good: Callable[..., Facts], reason: Reason, words: str
) -> None:
    """F8: a missing part and a wrong product are two different problems."""
    advice = advise(good(buyer_reason=reason))
    found = next(f for f in advice.findings if f.rule == "item-wrong-or-incomplete")
    assert found.meaning.startswith(words)


def test_without_a_finding_nothing_speaks_against_it() -> None:
    """The worst finding decides; the control is every test here with one."""
    assert verdict_of(()) is Verdict.ALLOW


def test_only_a_risky_block_can_be_accepted(good: Callable[..., Facts]) -> None:
    """GIVEN a risk named THEN its block warns and is marked; a final one or a warning stays."""
    risky = advise(good(**NO_DATES, **AWAY))
    taken = risky.accepting([f.rule for f in risky.findings])
    blocks = [f for f in risky.findings if f.severity is Severity.BLOCK]
    assert blocks
    assert not any(f.is_final for f in blocks)
    assert (risky.verdict, taken.verdict) == (Verdict.BLOCK, Verdict.WARN)
    assert {f.rule for f in taken.findings if f.accepted} == {f.rule for f in blocks}
    assert not any(f.accepted for f in risky.findings)

    final = advise(good(dispute_status="final_decision"))
    still = final.accepting([f.rule for f in final.findings])
    assert still.verdict is Verdict.BLOCK
    assert [f.rule for f in still.findings if f.is_final] == ["status-final"]


@pytest.mark.parametrize(
    ("promise", "open_"), [("a gift", True), ("resend", False), ("refund", True), ("extend", True)]
)
def test_an_arrived_replacement_keeps_no_other_promise(
    good: Callable[..., Facts], promise: str, *, open_: bool
) -> None:
    """F14: a gift, a refund or more protection is not there because a parcel is."""
    advice = advise(good(buyer_reason=Reason.REPLACEMENT_ARRIVED, seller_promise=promise))
    assert (severity(advice, "seller-promise") in {"warn", "block"}) is open_


def test_a_contradiction_shows_both_of_its_sides(good: Callable[..., Facts]) -> None:
    """GIVEN a product that was checked and is not there THEN the buyer sees what to correct."""
    advice = advise(good(item_received=False, item_verified=True))
    (found,) = (f for f in advice.findings if f.rule == "facts-inconsistent")
    assert found.facts == {"item_received": "no", "item_verified": "yes"}


def test_what_would_change_used_up_edits_depends_on_the_time_left(
    good: Callable[..., Facts],
) -> None:
    """GIVEN a window that closes soon THEN more time would help; else only the site's decision."""
    used_up = {"buyer_reason": Reason.CHANGE_AMOUNT, "edits_used": 4}
    said = [
        next(f for f in advise(good(**used_up, **more)).findings if f.rule == "edits-exhausted")
        for more in ({}, {"protection_deadline": SOON})
    ]
    hours = f"{LIMITS.soon_hours} hours"
    assert [hours in f.would_change for f in said] == [False, True]


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"protection_deadline": "2026-06-12"}, "window-closing-soon"),
        ({"protection_deadline": "2026-07-12"}, "after-cancel"),
    ],
)
def test_a_moved_day_is_explained_where_it_is_named(
    good: Callable[..., Facts], changes: dict[str, Any], rule: str
) -> None:
    """GIVEN a date without a zone THEN the finding with its earliest meaning says so; with one, not."""
    dates = {"delivered_at": None, **AWAY, **changes}
    said = [
        next(f for f in advise(good(**{**dates, **zoned})).findings if f.rule == rule).meaning
        for zoned in ({}, {"protection_deadline": f"{changes['protection_deadline']}T00:00Z"})
    ]
    assert ["the earliest possible time counts" in each for each in said] == [True, False]


def test_a_date_that_may_be_over_is_looked_up_with_its_zone(good: Callable[..., Facts]) -> None:
    """GIVEN today without a zone THEN the next step asks for the zone; without any date, not."""
    said = [
        next(f for f in advise(good(**more)).findings if f.rule == "deadline-unknown").instead
        for more in ({"protection_deadline": VAGUE}, NO_DATES)
    ]
    assert ["time zone" in each for each in said] == [True, False]


@pytest.mark.parametrize(
    ("status", "open_"),
    [("waiting_seller", True), ("mediating", True), ("unknown", True), (None, True),
     ("Arbitrated twice", True), ("final_decision", False), ("accepted_proposal", False),
     ("refund_in_progress", False), ("refund_complete", False)],
)  # fmt: skip
def test_what_follows_a_cancel_is_said_only_where_one_is_possible(
    good: Callable[..., Facts], status: str | None, *, open_: bool
) -> None:
    """F3: without an open dispute nothing is said of the time after its cancel."""
    assert bool(severity(advise(good(dispute_status=status)), "after-cancel")) is open_


@pytest.mark.parametrize(
    ("status", "answered"),
    [("waiting_seller", True), ("refund_in_progress", True), ("final_decision", False),
     ("refund_complete", False)],
)  # fmt: skip
def test_no_reply_says_that_a_closed_dispute_stays_open(
    good: Callable[..., Facts], status: str, *, answered: bool
) -> None:
    """GIVEN a plea of the seller THEN a reply, unless there is no dispute that could stay open."""
    plea = ("Please cancel the dispute, then we will refund you.",)
    facts = good(**AWAY, buyer_reason=Reason.SELLER_PROMISED, seller_messages=plea)
    assert bool(advise(facts.updated(dispute_status=status)).reply) is answered


@pytest.mark.parametrize(
    ("used", "told"),
    [
        (0, "You have 4 edits of 4 left"),
        (3, "You have 1 edit of 4 left"),
        (None, "It is unknown how many of the four edits are left"),
        (-1, "It is unknown how many of the four edits are left"),
    ],
)
def test_how_many_edits_are_left_is_told(
    good: Callable[..., Facts], used: int | None, told: str
) -> None:
    """F15: none used leaves all; a count that nobody knows is said to be unknown."""
    advice = advise(good(buyer_reason=Reason.ADD_EVIDENCE, edits_used=used))
    assert told in next(f for f in advice.findings if f.rule == "edit-instead").meaning


@pytest.mark.parametrize(
    ("reason", "asks_for_a_proposal"), [(Reason.FAIR_AGREEMENT, True), (Reason.OTHER, False)]
)
def test_who_agreed_asks_for_it_in_the_dispute(
    good: Callable[..., Facts], reason: Reason, *, asks_for_a_proposal: bool
) -> None:
    """F11: the reply of a buyer who agreed wants the offer as a proposal; no other buyer accepts one."""
    plea = ("Please cancel the dispute, then we will refund you.",)
    reply = advise(good(**AWAY, buyer_reason=reason, seller_messages=plea)).reply
    assert reply
    assert reply.text.endswith(replies_in("en").proposal) is asks_for_a_proposal
