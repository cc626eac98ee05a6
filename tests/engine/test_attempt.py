"""One attempt in the journal: how it ends, and what a plan is good for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from automation.engine.attempt import AttemptLog, attempt_on
from automation.engine.elapsed import Moment, Uptime
from automation.engine.journal import Event, Journal, StoredPlan
from automation.engine.outcome import Outcome
from automation.engine.target import Target
from automation.errors import ErrorCode, ExitCode, ToolError
from automation.text import when_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

NOON = datetime(2026, 6, 10, 12, 0, tzinfo=UTC)
TARGET = Target(ids={"address": "4471"}, words="the address")
TO_CLICK = (Event.WHOLE_FOUND, Event.TARGET_READ, Event.PLANNED, Event.CONSENTED, Event.INTENT)
DIGEST = "0123456789abcdef"


class Clocks:
    """Both clocks, moved by tests."""

    wall = NOON

    def __call__(self) -> Moment:
        """The moment now."""
        return Moment(self.wall, Uptime(61.5, "a"))


@pytest.fixture
def clocks() -> Clocks:
    """Clocks of this test's own."""
    return Clocks()


@pytest.fixture
def log(tmp_path: Path, clocks: Clocks) -> Iterator[AttemptLog]:
    """A new attempt."""
    with Journal.open(tmp_path) as journal:
        yield AttemptLog.begin(journal, TARGET, clocks, command="delete", site="https://x.example")


def saved(log: AttemptLog) -> None:
    """Save a plan that is good for 15 minutes."""
    plan = StoredPlan(DIGEST, TARGET, NOON, NOON + timedelta(minutes=15), {})
    log.journal.save_plan(plan)


def refusal(
    log: AttemptLog, digest: str = DIGEST, code: ErrorCode = ErrorCode.PLAN_STALE
) -> ToolError:
    """The error of a plan that is not good."""
    with pytest.raises(ToolError) as caught:
        log.stored_plan(digest, "verify 4471")
    assert (caught.value.code, caught.value.exit_code) == (code, ExitCode.PLAN_STALE)
    return caught.value


def test_a_plan_is_good_until_it_expires(log: AttemptLog, clocks: Clocks) -> None:
    """GIVEN a saved plan THEN it is there until its last moment, and then stale."""
    saved(log)
    clocks.wall = NOON + timedelta(minutes=14, seconds=59)
    assert log.stored_plan(DIGEST, "verify 4471").target == TARGET
    clocks.wall = NOON + timedelta(minutes=15)
    assert "expired" in str(refusal(log))


def test_a_plan_of_the_future_is_not_good(log: AttemptLog, clocks: Clocks) -> None:
    """GIVEN a clock that was set back THEN the plan does not live longer; a few seconds are no matter."""
    saved(log)
    clocks.wall = NOON - timedelta(seconds=30)
    assert log.stored_plan(DIGEST, "verify 4471").target == TARGET
    clocks.wall = NOON - timedelta(seconds=31)
    told = f"plan {DIGEST} was made on {when_text(NOON)}, later than this computer's clock"
    assert refusal(log).message == told


def test_a_used_plan_names_how_to_see_what_became_of_it(log: AttemptLog) -> None:
    """GIVEN a plan that was used THEN it is stale; given back, it is good again."""
    saved(log)
    log.spend_plan(DIGEST)
    error = refusal(log, code=ErrorCode.PLAN_SPENT)
    assert "verify 4471" in error.hint
    assert error.message == f"plan {DIGEST} was already used, on {when_text(NOON)}"
    log.return_plan(DIGEST)
    assert log.stored_plan(DIGEST, "verify 4471").digest == DIGEST


def test_an_unknown_plan_is_named_in_short(log: AttemptLog) -> None:
    """What was typed is shown, but no more of it than a digest has."""
    error = refusal(log, "f" * 500, ErrorCode.PLAN_UNKNOWN)
    assert 0 < str(error).count("f") <= 40
    assert "--dry-run" in error.hint


def test_only_events_of_sending_carry_the_uptime(log: AttemptLog) -> None:
    """Their age matters later, and a wall clock can be set."""
    for event in (*TO_CLICK, Event.CLICKED, Event.PERMIT_USED, Event.ANSWERED):
        log.record(event)
    timed = {e.event for e in log.journal.events(log.number) if "uptime" in e.details}
    assert timed == {Event.INTENT, Event.CLICKED, Event.PERMIT_USED, Event.ANSWERED}


def test_an_error_before_the_click_ends_the_attempt(tmp_path: Path) -> None:
    """GIVEN an intent without a click WHEN the run fails THEN not done, and nothing is unsettled."""
    _fails_after(tmp_path, TO_CLICK)

    with Journal.open(tmp_path) as journal:
        attempt = journal.attempt(1)
        assert attempt.outcome == Outcome.NOT_DONE.value
        assert journal.events(1)[-2].event is Event.FAILED
        assert journal.open_intents() == ()


def test_an_error_after_the_click_leaves_it_unsettled(tmp_path: Path) -> None:
    """GIVEN a click WHEN the run fails THEN the attempt stays open: the request may be sent."""
    _fails_after(tmp_path, (*TO_CLICK, Event.CLICKED))

    with Journal.open(tmp_path) as journal:
        assert journal.attempt(1).outcome is None
        assert [attempt.id for attempt in journal.open_intents()] == [1]


def test_two_attempts_on_one_target_exclude_each_other(tmp_path: Path) -> None:
    """GIVEN a run at work on a target THEN a second one is turned away."""
    with (
        _attempt(tmp_path),
        pytest.raises(ToolError, match="another run"),
        _attempt(tmp_path),
    ):
        pass


def _fails_after(folder: Path, events: tuple[Event, ...]) -> None:
    with pytest.raises(ValueError, match="broke"), _attempt(folder) as log:
        _break_after(log, events)


def _break_after(log: AttemptLog, events: tuple[Event, ...]) -> None:
    for event in events:
        log.record(event)
    raise ValueError("it broke")


def _attempt(folder: Path) -> AbstractContextManager[AttemptLog]:
    return attempt_on(TARGET, folder, command="delete", site="https://x.example")


@pytest.mark.parametrize("text", ["zzz", "", "0123456789AB", "0123456789abc", "\x1b[31m"])
def test_what_is_no_digest_is_called_so(log: AttemptLog, text: str) -> None:
    """GIVEN words in place of a digest THEN exit 7 says that; a digest without a plan is unknown."""
    error = refusal(log, text, ErrorCode.PLAN_UNKNOWN)
    assert error.message.endswith("is not a plan's digest, which has 12 hex digits")
    assert "\x1b" not in error.message
    assert (
        refusal(log, "0123456789ab", ErrorCode.PLAN_UNKNOWN).message == "no such plan: 0123456789ab"
    )
