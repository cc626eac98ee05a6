"""Laws that hold for all facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from rules import (
    Advice,
    Facts,
    MoneyReceived,
    Reason,
    ReplacementTracking,
    Severity,
    advise,
    advise_on_words,
)

if TYPE_CHECKING:
    from collections.abc import Callable

NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)
_RANK = {"allow": 0, "warn": 1, "block": 2}
_YES_NO = st.none() | st.booleans()
_TEXT = st.none() | st.text(max_size=40)
_COUNT = st.none() | st.integers(0, 9)
_MOMENT = st.one_of(
    _TEXT,
    st.integers(-40, 40).map(lambda d: (NOW + timedelta(days=d)).isoformat()),
    st.integers(-40, 40).map(lambda d: (NOW + timedelta(days=d)).strftime("%Y-%m-%d %H:%M")),
)
_STATUS = st.sampled_from(["waiting_seller", "seller_responded", "mediating", "none", "closed"])
_MESSAGES = st.sampled_from(
    ["Please cancel the dispute", "Hello", "Cancel it and we refund you", "Do not cancel", ""]
)
_TRACKING = st.builds(
    ReplacementTracking,
    number=_TEXT | st.sampled_from(["12345", "LP00987654321CN", "RB123456785CN"]),
    checked_by_buyer=_YES_NO,
    carrier_events=_COUNT,
    last_event=_TEXT,
)
FACTS = st.builds(
    Facts,
    now=st.just(NOW)
    | st.none()
    | st.datetimes(datetime(2000, 1, 2), datetime(2098, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    order_status=_TEXT | st.sampled_from(["delivered", "completed"]),
    dispute_status=_STATUS | _TEXT,
    buyer_reason=st.none() | st.sampled_from(Reason),
    item_received=_YES_NO,
    item_verified=_YES_NO,
    protection_deadline=_MOMENT,
    delivered_at=_MOMENT,
    edits_used=_COUNT | st.integers(-3, -1),
    seller_asked_to_cancel=_YES_NO,
    seller_promise=_TEXT | st.sampled_from(["resend", "coupon"]),
    seller_message=_TEXT | _MESSAGES,
    seller_messages=st.lists(_MESSAGES, max_size=3).map(tuple),
    unattributed_messages=st.lists(_MESSAGES, max_size=2).map(tuple),
    order_frozen=_YES_NO,
    replacement_tracking=st.none() | _TRACKING,
    protection_extended=_YES_NO,
    money_received=st.none() | st.sampled_from(MoneyReceived),
    account_role=_TEXT | st.just("buyer"),
    open_disputes_in_order=_COUNT,
    target_specified=_YES_NO,
    visible_buttons=st.none() | st.just(("Cancel Request",)) | st.lists(st.text()).map(tuple),
)
_MOVING = ReplacementTracking(
    number="LP00987654321CN", checked_by_buyer=True, carrier_events=6, last_event="arrived"
)


def _changed(**changes: Any) -> ReplacementTracking:  # noqa: ANN401  any of its fields
    return replace(_MOVING, **changes)


_CALM = settings(suppress_health_check=list(HealthCheck), deadline=None)

# field, values from good to bad; unknown is never better than the first.
_LADDERS: list[tuple[str, list[Any]]] = [
    ("item_verified", [True, None, False]),
    ("item_received", [True, None, False]),
    ("replacement_tracking", [_MOVING, None, _changed(number="12345")]),
    ("replacement_tracking", [_MOVING, _changed(checked_by_buyer=None)]),
    ("replacement_tracking", [_MOVING, _changed(carrier_events=None)]),
    ("replacement_tracking", [_MOVING, _changed(carrier_events=0)]),
    ("open_disputes_in_order", [1, None, 2]),
    ("open_disputes_in_order", [1, 0]),
    ("edits_used", [0, 5]),
    ("edits_used", [0, -1]),
    ("dispute_status", ["waiting_seller", "final_decision"]),
    ("dispute_status", ["waiting_seller", None]),
    ("seller_asked_to_cancel", [False, True]),
    ("protection_extended", [True, None, False]),
    ("account_role", ["buyer", None, "seller"]),
    ("target_specified", [True, False]),
    ("visible_buttons", [("Cancel Request",), None, ("Accept",)]),
    ("seller_message", [None, "Please cancel the dispute"]),
    ("unattributed_messages", [(), ("Please cancel the dispute",)]),
    ("order_frozen", [False, True]),
    ("seller_promise", [None, "gift"]),
    ("money_received", ["full_cleared", None, "none"]),
    ("protection_deadline", ["2099-01-01T00:00:00Z", None]),
    ("delivered_at", [None, "whenever"]),
]


def _rank(advice: Advice) -> int:
    return _RANK[advice.verdict.value]


@_CALM
@given(FACTS)
def test_no_facts_crash_and_the_worst_finding_decides(facts: Facts) -> None:
    """Any facts get an answer, whose verdict is that of its first and worst finding."""
    for advice in (advise(facts), advise_on_words(facts)):
        severities = [f.severity for f in advice.findings]
        assert severities == sorted(severities, key=list(Severity).index, reverse=True)
        expected = severities[0].value if severities else "note"
        assert advice.verdict.value == expected.replace("note", "allow")


@pytest.mark.parametrize(("name", "values"), _LADDERS)
@_CALM
@given(FACTS)
def test_a_worse_fact_never_helps(name: str, values: list[Any], facts: Facts) -> None:
    """Whatever else is true, a worse or unknown value gives no better verdict.

    A product that was checked and never came is no good value, but a contradiction.
    """
    assume(name != "item_verified" or facts.item_received is not False)
    ranks = [_rank(advise(facts.updated(**{name: value}))) for value in values]
    assert ranks[0] <= min(ranks)


@_CALM
@given(FACTS, st.integers(1, 60), st.integers(1, 60))
def test_less_time_never_helps(facts: Facts, first: int, second: int) -> None:
    """An earlier deadline gives no better verdict than a later one."""
    late, early = sorted((first, second), reverse=True)
    deadlines = [(NOW + timedelta(days=d - 30)).isoformat() for d in (late, early)]
    base = facts.updated(now=NOW, delivered_at=None)
    ranks = [_rank(advise(base.updated(protection_deadline=d))) for d in deadlines]
    assert ranks == sorted(ranks)


@_CALM
@given(FACTS, st.randoms())
def test_order_of_messages_does_not_matter(facts: Facts, random: Any) -> None:  # noqa: ANN401  hypothesis' own Random
    """Shuffled messages give the same answer."""
    shuffled = list(facts.seller_messages)
    random.shuffle(shuffled)
    plain = facts.updated(seller_message=None)
    assert advise(plain.updated(seller_messages=tuple(shuffled))) == advise(plain)


@_CALM
@given(FACTS)
def test_words_alone_are_never_stricter_than_pages(facts: Facts) -> None:
    """Missing facts never block more before the pages are read than after."""
    assert _rank(advise_on_words(facts)) <= _rank(advise(facts))


@_CALM
@given(FACTS)
def test_accepting_by_name_lifts_risky_blocks_only(facts: Facts) -> None:
    """With every rule accepted, exactly the final blocks remain."""
    advice = advise(facts)
    accepted = advice.accepting({f.rule for f in advice.findings})
    finals = [f for f in advice.findings if f.is_final]
    assert [f for f in accepted.findings if f.severity is Severity.BLOCK] == finals


def test_every_field_unknown_is_refused(good: Callable[..., Facts]) -> None:
    """Knowing nothing is a block, knowing only good facts an allow."""
    assert (_rank(advise(Facts())), _rank(advise(good()))) == (2, 0)
