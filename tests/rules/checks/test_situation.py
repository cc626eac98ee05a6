"""What all rules share: what is settled or solved, and how a fact is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rules import Facts, MoneyReceived, Reason, ReplacementTracking, Severity
from rules.catalogue import UnknownRule, rule
from rules.checks.situation import found, readable, situation_of
from rules.replacement import Proof

if TYPE_CHECKING:
    from collections.abc import Callable

AWAY = {"item_received": False, "item_verified": False}
MOVING = ReplacementTracking(number="RR473124829GB", checked_by_buyer=True, carrier_events=3)


@pytest.mark.parametrize(
    ("status", "settled"),
    [
        ("waiting_seller", False),
        ("seller_responded", False),
        ("mediating", False),
        ("unknown", False),
        ("Arbitrated twice", False),
        (None, False),
        ("final_decision", True),
        ("accepted_proposal", True),
        ("seller_accepted", True),
        ("appeal", True),
        ("refund_complete", True),
        ("cancelled", True),
        ("none", True),
    ],
)
def test_a_dispute_is_settled_where_nothing_can_be_withdrawn(
    good: Callable[..., Facts], status: str | None, *, settled: bool
) -> None:
    """F3, F5: decided, being carried out or over; an unreadable status is none of these."""
    facts = good(dispute_status=status)
    assert situation_of(facts, awaiting_pages=False).is_settled is settled


@pytest.mark.parametrize(
    ("reason", "changes", "solved"),
    [
        (Reason.PACKAGE_ARRIVED, {}, True),
        (Reason.OTHER, {}, True),
        (Reason.PACKAGE_ARRIVED, AWAY, False),
        (Reason.PACKAGE_ARRIVED, {"item_verified": False}, False),
        (Reason.PACKAGE_ARRIVED, {"item_verified": None}, False),
        (Reason.FILED_BY_MISTAKE, AWAY, True),
        (Reason.SELLER_PROMISED, AWAY, False),
        (None, AWAY, False),
    ],
)
def test_a_problem_is_solved_by_what_is_in_hand_or_never_was(
    good: Callable[..., Facts], reason: Reason | None, changes: dict[str, object], *, solved: bool
) -> None:
    """F10, F14: a checked product, or no problem at all; a person's word alone is not enough."""
    facts = good(buyer_reason=reason, **changes)
    assert situation_of(facts, awaiting_pages=False).is_solved is solved


@pytest.mark.parametrize(
    ("reason", "solved"),
    [(Reason.MONEY_RECEIVED_OFF_PLATFORM, True), (Reason.WAIT_LONGER, False), (None, False)],
)
def test_money_solves_only_what_was_about_money(
    good: Callable[..., Facts], reason: Reason | None, *, solved: bool
) -> None:
    """GIVEN the full amount and nothing in hand THEN it is solved if that is the reason."""
    facts = good(buyer_reason=reason, money_received=MoneyReceived.FULL_CLEARED, **AWAY)
    assert situation_of(facts, awaiting_pages=False).is_solved is solved


@pytest.mark.parametrize(
    ("money", "there"),
    [*((each, each is MoneyReceived.FULL_CLEARED) for each in MoneyReceived), (None, False)],
)
def test_only_cleared_money_is_there(
    good: Callable[..., Facts], money: MoneyReceived | None, *, there: bool
) -> None:
    """F16: GIVEN money that was announced, or a part of it THEN it is not there."""
    facts = good(buyer_reason=Reason.MONEY_RECEIVED_OFF_PLATFORM, money_received=money, **AWAY)
    situation = situation_of(facts, awaiting_pages=False)
    assert (situation.money_is_there, situation.is_solved) == (there, there)


@pytest.mark.parametrize(
    ("events", "extended", "solved"),
    [(3, True, True), (3, False, False), (3, None, False), (0, True, False), (None, True, False)],
)
def test_a_replacement_solves_only_if_it_moves_and_the_protection_lasts(
    good: Callable[..., Facts], events: int | None, extended: bool | None, *, solved: bool
) -> None:
    """F9: either of the two alone fixes nothing."""
    tracking = ReplacementTracking(
        number="RR473124829GB", checked_by_buyer=True, carrier_events=events
    )
    facts = good(
        buyer_reason=Reason.REPLACEMENT_SENT,
        replacement_tracking=tracking,
        protection_extended=extended,
        **AWAY,
    )
    assert situation_of(facts, awaiting_pages=False).is_solved is solved


def test_a_situation_is_what_the_facts_say(good: Callable[..., Facts]) -> None:
    """GIVEN facts THEN window, replacement and messages are read from these, and nothing is added."""
    facts = good(replacement_tracking=MOVING, seller_messages=("Please cancel, we refund.",))
    early, late = (situation_of(facts, awaiting_pages=each) for each in (True, False))

    assert (early.facts, early.proof) == (facts, Proof.PROVEN)
    assert (early.awaiting_pages, late.awaiting_pages) == (True, False)
    assert early.seller == late.seller != situation_of(good(), awaiting_pages=True).seller


@pytest.mark.parametrize("name", ["status-final", "deadline-unknown"])
def test_a_finding_has_the_rank_that_the_catalogue_gives_it(name: str) -> None:
    """GIVEN a rule THEN whether it can be accepted is the catalogue's word, and a fact is shown as text."""
    made = found(
        name,
        Severity.BLOCK,
        {"a": None, "b": True, "c": ("x", "y")},
        meaning="m",
        instead="i",
        would_change="w",
    )

    assert (made.rule, made.severity) == (name, Severity.BLOCK)
    assert (made.overridable, made.source) == (rule(name).overridable, rule(name).source)
    assert made.is_final is (name == "status-final")
    assert made.facts == {"a": "unknown", "b": "yes", "c": "x, y"}


def test_a_finding_of_no_rule_is_a_mistake() -> None:
    """GIVEN an id that the catalogue does not have THEN an error, not a finding without an explanation."""
    with pytest.raises(UnknownRule):
        found("no-such-rule", Severity.NOTE, {}, meaning="", instead="", would_change="")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "unknown"),
        (True, "yes"),
        (False, "no"),
        ((), "none"),
        (("a", "b"), "a, b"),
        ("", "empty"),
        (" \n ", "empty"),
        (("", " "), ","),
        ("a\n  b", "a b"),
        (0, "0"),
        (Reason.OTHER, "other"),
    ],
)
def test_a_fact_is_readable(value: object, text: str) -> None:
    """Unknown, no, none and empty are four different things."""
    assert readable(value) == text


def test_a_long_fact_is_one_short_line() -> None:
    """GIVEN a message of many lines THEN the finding shows one line of it."""
    shown = readable("word\n" * 1_000)

    assert "\n" not in shown
    assert len(shown) == 160
