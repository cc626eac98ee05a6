"""Moments and the window: zones, changes of clocks, missing offsets, both limits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from rules import LIMITS, Facts, Reason, Verdict, advise
from rules.moments import read_moment

if TYPE_CHECKING:
    from collections.abc import Callable

NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-06-23T09:00:00Z", "2026-06-23T09:00:00+00:00"),
        ("2026-06-10T05:30:00-07:00", "2026-06-10T12:30:00+00:00"),
        ("2026-07-10 18:00:00", "2026-07-10T04:00:00+00:00"),
        ("2026-07-10", "2026-07-09T10:00:00+00:00"),
    ],
)
def test_moment_is_read(text: str, utc: str) -> None:
    """Each way of writing gives the earliest moment that it can mean."""
    moment = read_moment(text)
    assert moment is not None
    assert moment.earliest.isoformat() == utc


@pytest.mark.parametrize(
    "text",
    ["", "soon", "in a few days", "2026-13-01", "2026-06-10 14:00 CST", "10/06/2026", "2026-02-30",
     "9999-12-31T23:59:59-12:00", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "0001-01-01"],
)  # fmt: skip
def test_unreadable_is_unknown(text: str) -> None:
    """A moment with no meaning, or two, is unknown and not an error."""
    assert read_moment(text) is None


@pytest.mark.parametrize(
    ("text", "is_read"),
    [("9000-12-31", True), ("9001-01-02", False), ("1900-01-02", True), ("1899-12-30", False)],
)
def test_only_years_near_ours_are_read(text: str, is_read: bool) -> None:
    """GIVEN a year that no order has THEN unknown, so a limit after it can always be counted."""
    assert (read_moment(text) is not None) is is_read


def test_missing_offset_spans_the_earth() -> None:
    """Without an offset the moment lies within 26 hours."""
    moment = read_moment("2026-07-10 18:00:00")
    assert moment is not None
    assert moment.latest - moment.earliest == timedelta(hours=26)


@pytest.mark.parametrize(
    ("seconds", "window"),
    [(0, "closed"), (-1, "closed"), (1, "closing_soon"), (72 * 3600 - 1, "closing_soon"),
     (72 * 3600, "open")],
)  # fmt: skip
def test_edges_of_the_window(good: Callable[..., Facts], seconds: int, window: str) -> None:
    """Equal to now is over; less than 72 hours is soon; exactly 72 hours is open."""
    deadline = (NOW + timedelta(seconds=seconds)).isoformat()
    advice = advise(good(protection_deadline=deadline, delivered_at=None))
    assert advice.window == window


def test_a_limit_that_may_have_passed_is_never_promised(good: Callable[..., Facts]) -> None:
    """GIVEN a deadline without an offset that is over on one reading THEN no last moment is given.

    The control: the same deadline with the offset that leaves time.
    """
    vague, exact = (
        advise(good(protection_deadline=f"2026-06-10T18:00:00{offset}", delivered_at=None))
        for offset in ("", "-07:00")
    )
    assert (vague.window, vague.refile_by) == ("unknown", None)
    assert (exact.window, exact.refile_by) == ("closing_soon", datetime(2026, 6, 11, 1, tzinfo=UTC))


def test_a_limit_that_has_passed_is_still_named(good: Callable[..., Facts]) -> None:
    """The buyer can see when the window closed."""
    advice = advise(good(protection_deadline="2026-06-10T11:00:00Z", delivered_at=None))
    assert (advice.window, advice.refile_by) == ("closed", datetime(2026, 6, 10, 11, tzinfo=UTC))


def test_delivery_limit_counts_exact_days_over_a_change_of_clocks(
    good: Callable[..., Facts],
) -> None:
    """15 days are 15 times 24 hours, also where a night had 25."""
    advice = advise(
        good(
            now=datetime(2026, 11, 1, tzinfo=UTC),
            delivered_at="2026-10-25T12:00:00-07:00",
            protection_deadline="2026-12-24T00:00:00Z",
        )
    )
    assert advice.refile_by == datetime(2026, 11, 9, 19, tzinfo=UTC)


def test_known_limit_that_is_over_counts_without_the_other(good: Callable[..., Facts]) -> None:
    """With the deadline unknown nothing is promised, yet 15 days after delivery it is over."""
    advice = advise(good(protection_deadline=None, delivered_at="2026-05-01T00:00:00Z"))
    assert (advice.window, advice.refile_by) == ("closed", None)


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 6, 10, 12),  # noqa: DTZ001  a clock without an offset is the point
        datetime.min.replace(tzinfo=timezone(timedelta(hours=14))),
        datetime.max.replace(tzinfo=timezone(timedelta(hours=-12))),
    ],
)
def test_clock_that_tells_nothing_is_refused(good: Callable[..., Facts], now: datetime) -> None:
    """A present time without an offset or of another age is no fact."""
    with pytest.raises(ValidationError):
        good(now=now)


def test_missing_clock_is_unknown(good: Callable[..., Facts]) -> None:
    """Without the present time the window is unknown, and nothing fails."""
    advice = advise(good(now=None, delivered_at=None))
    assert advice.window == "unknown"
    assert advice.refile_by == datetime(2026, 6, 23, 9, tzinfo=UTC)


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001  hypothesis takes naive limits
    st.integers(-14, 14),
)
def test_same_instant_in_any_offset(stamp: datetime, hours: int) -> None:
    """An instant reads the same in whatever offset it is written."""
    shifted = stamp.astimezone(timezone(timedelta(hours=hours)))
    assert read_moment(shifted.isoformat()) == read_moment(stamp.isoformat())


def test_the_orders_date_bounds_a_window_without_a_deadline(good: Callable[..., Facts]) -> None:
    """Within 90 days nothing is promised and the bound is given; later the window is closed."""
    young, old = (
        advise(good(protection_deadline=None, delivered_at=None, order_placed=placed))
        for placed in ("2026-06-01", "2026-03-01")
    )

    assert (young.window, young.refile_by) == ("unknown", None)
    [finding] = [each for each in young.findings if each.rule == "deadline-unknown"]
    assert "29 Aug 2026, 10:00 UTC at the latest" in finding.meaning
    assert (old.window, old.refile_by) == ("closed", None)


@pytest.mark.parametrize(("placed", "verdict"), [("2026-05-01", "warn"), ("2026-03-14", "block")])
def test_a_bound_that_is_near_blocks(good: Callable[..., Facts], placed: str, verdict: str) -> None:
    """With under 72 hours left by the order's date, the dispute should stay open."""
    facts = good(
        protection_deadline=None, delivered_at=None, order_placed=placed, item_verified=None,
        order_status="awaiting_delivery", buyer_reason="changed_mind",
    )  # fmt: skip
    [finding] = [f for f in advise(facts).findings if f.rule == "deadline-unknown"]
    assert finding.severity.value == verdict


def test_a_known_deadline_beats_the_orders_date(good: Callable[..., Facts]) -> None:
    """Positive control: an extended protection may end later than 90 days after the order."""
    advice = advise(
        good(
            protection_deadline="2026-07-15T08:00:00Z", delivered_at=None, order_placed="2026-01-01"
        )
    )
    assert (advice.window, advice.refile_by) == ("open", datetime(2026, 7, 15, 8, tzinfo=UTC))


def _text(moment: datetime) -> str:
    return moment.isoformat()


def test_time_without_offset_may_be_over_from_its_earliest_reading(
    good: Callable[..., Facts],
) -> None:
    """At the earliest reading the window may be over; a second before, it is closing."""
    earliest = (NOW + timedelta(hours=14)).replace(tzinfo=None)
    later = earliest + timedelta(seconds=1)
    found = [advise(good(protection_deadline=_text(end))).window for end in (earliest, later)]
    assert found == ["unknown", "closing_soon"]


@pytest.mark.parametrize(("seconds", "blocks"), [(-1, True), (0, False)])
def test_bound_by_the_order_date(good: Callable[..., Facts], seconds: int, *, blocks: bool) -> None:
    """An outer bound in less than 72 hours blocks where the deadline is unknown."""
    placed = NOW - LIMITS.after_order + LIMITS.soon + timedelta(seconds=seconds)
    facts = good(
        protection_deadline=None, delivered_at=None, order_placed=_text(placed),
        item_verified=None, buyer_reason=Reason.FILED_BY_MISTAKE,
    )  # fmt: skip
    assert (advise(facts).verdict is Verdict.BLOCK) is blocks


def test_delivery_right_now_is_no_contradiction(good: Callable[..., Facts]) -> None:
    """Only a later delivery contradicts the clock."""
    rules = [
        {f.rule for f in advise(good(delivered_at=_text(NOW + timedelta(seconds=s)))).findings}
        for s in (0, 1)
    ]
    assert ["facts-inconsistent" in found for found in rules] == [False, True]


def test_window_texts_name_time_left_and_end(good: Callable[..., Facts]) -> None:
    """The findings say how much time is left and when it ends."""
    soon = advise(good(protection_deadline=_text(NOW + timedelta(hours=12)))).findings
    meanings = {f.rule: f.meaning for f in soon}
    assert "only 12 hours left, until 11 Jun 2026, 00:00 UTC" in meanings["window-closing-soon"]
    assert "with 12 hours left" in meanings["after-cancel"]
    over = advise(good(protection_deadline=_text(NOW - timedelta(hours=12)))).findings
    assert "ended on 10 Jun 2026, 00:00 UTC" in {f.rule: f.meaning for f in over}["window-closed"]
    assert "after-cancel" not in {f.rule for f in over}
