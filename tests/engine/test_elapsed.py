"""How long ago something was sent, with clocks that lie."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from automation.engine import elapsed
from automation.engine.elapsed import Moment, Uptime, at_least, this_uptime
from automation.engine.journal import AttemptEvent, Event
from automation.engine.outcome import Past, Reply
from automation.engine.trace import Trace, trace_of

if TYPE_CHECKING:
    from pathlib import Path

NOON = datetime(2026, 6, 10, 12, 0, tzinfo=UTC)


def moment(minutes: float, uptime: float | None = None, boot: str = "a") -> Moment:
    """Minutes past noon on the wall, and minutes since the machine's start."""
    since = None if uptime is None else Uptime(uptime * 60, boot)
    return Moment(NOON + timedelta(minutes=minutes), since)


@pytest.mark.parametrize(
    ("then", "now", "minutes"),
    [
        # One start of the machine: its own clock alone is believed.
        (moment(0, 10), moment(20, 30), 20),
        (moment(-600, 10), moment(0, 11), 1),  # the wall clock was slow when it was sent
        (moment(600, 10), moment(0, 30), 20),  # it was fast
        (moment(0, 10), moment(600, 11), 1),  # it is fast now
        # Started again: at least the time since then, if the wall clock agrees.
        (moment(0, 500, "a"), moment(20, 5, "b"), 5),
        (moment(0, 500, "a"), moment(3, 5, "b"), 3),
        (moment(600, 500, "a"), moment(0, 5, "b"), 0),
        # A system that cannot identify its starts.
        (moment(0, 10, ""), moment(20, 30, ""), 20),
        (moment(-600, 10, ""), moment(0, 11, ""), 1),
        (moment(0, 500, ""), moment(20, 5, ""), 5),
        (moment(-600, 10, ""), moment(0, 10, ""), 0),
        # Only one of the two starts is known: it may be the same.
        (moment(-600, 10, ""), moment(0, 30, "b"), 20),
        (moment(-600, 10, "a"), moment(0, 30, ""), 20),
        # Attempts of older versions have the wall clock alone.
        (moment(0), moment(20, 30), 0),
        (moment(0), moment(60 * 24 - 1, 30), 0),
        (moment(0), moment(60 * 24, 30), 60 * 24),
        (moment(0), moment(60 * 25, 30), 60 * 25),
        (moment(0, 10), moment(20), 0),
    ],
)
def test_never_more_than_has_gone_by(then: Moment, now: Moment, minutes: float) -> None:
    """GIVEN two clocks THEN the age that both allow, or the age by the one that cannot be set."""
    assert at_least(then, now) == timedelta(minutes=minutes)


def test_this_machine_has_such_a_clock() -> None:
    """The uptime grows within one start of the machine."""
    first, second = this_uptime(), this_uptime()

    assert 0 < first.seconds <= second.seconds
    assert first.boot == second.boot


def test_a_clock_that_counts_sleep_is_read_with_the_start_of_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a system with such a clock THEN its seconds, and which start they count from."""
    boot = tmp_path / "boot_id"
    boot.write_text("0f1e2d3c-4b5a\n", "ascii")
    monkeypatch.setattr(elapsed, "_BOOT_ID", boot)
    monkeypatch.setattr(time, "CLOCK_BOOTTIME", 7, raising=False)
    monkeypatch.setattr(time, "clock_gettime", {7: 12.5}.__getitem__, raising=False)
    assert this_uptime() == Uptime(12.5, "0f1e2d3c")

    boot.unlink()
    assert this_uptime() == Uptime(12.5)


def test_a_system_without_that_clock_cannot_name_its_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """GIVEN no clock that counts sleep THEN seconds alone, of which less is ever sure."""
    monkeypatch.delattr(time, "CLOCK_BOOTTIME", raising=False)
    before = time.monotonic()
    found = this_uptime()
    assert found.boot == ""
    assert before <= found.seconds <= time.monotonic()


def test_a_wrong_clock_at_the_time_of_sending_is_no_proof() -> None:
    """GIVEN a clock ten hours slow at the click WHEN a minute has passed THEN still early.

    The control: the same attempt on a clock that was right, at rest after its quiet time.
    """
    slow = Trace(clicked=True, answer=Reply.UNCLEAR, last=moment(-600, 10))
    right = Trace(clicked=True, answer=Reply.UNCLEAR, last=moment(-15, 10))

    assert slow.past(moment(0, 11)) is Past.EARLY
    assert right.past(moment(0, 25)) is Past.LATE


@pytest.mark.parametrize(
    ("error", "minutes", "past"),
    [
        (True, 1.9, Past.EARLY),
        (True, 2, Past.LATE),
        (False, 14.9, Past.EARLY),
        (False, 15, Past.LATE),
    ],
)
def test_quiet_times(error: bool, minutes: float, past: Past) -> None:
    """Two minutes behind an HTTP error, fifteen behind anything else."""
    trace = Trace(clicked=True, answer=Reply.UNCLEAR, last=moment(0, 10), error=error)

    assert trace.past(moment(minutes, 10 + minutes)) is past


def test_the_last_event_counts_and_not_the_latest_time() -> None:
    """GIVEN a clock set back between click and answer THEN the answer counts as the last moment."""
    clicked = AttemptEvent(1, 1, NOON, Event.CLICKED, {"uptime": 60.0, "boot": "a"})
    answered = AttemptEvent(
        2, 1, NOON - timedelta(hours=1), Event.ANSWERED, {"uptime": 61.0, "boot": "a"}
    )

    assert trace_of((clicked, answered)).last == Moment(answered.at, Uptime(61.0, "a"))


@pytest.mark.parametrize(
    ("status", "error"), [(503, True), (403, True), (429, False), (200, False)]
)
def test_an_error_that_may_be_under_way_has_the_long_quiet_time(status: int, error: bool) -> None:
    """GIVEN 429, which may answer a repeated request THEN it is not a plain error."""
    clicked = AttemptEvent(1, 1, NOON, Event.CLICKED, {})
    answered = AttemptEvent(2, 1, NOON, Event.ANSWERED, {"status": status})

    assert trace_of((clicked, answered)).error is error
