from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from automation.engine.journal import Event, Journal, StoredPlan, check_journal
from automation.engine.target import Target
from automation.errors import ExitCode, ToolError

if TYPE_CHECKING:
    from automation.engine.journal.records import FinalOutcome

Begin = Callable[..., int]
AN_HOUR = timedelta(hours=1)


def test_a_full_run_reads_back_as_it_was_written(
    journal: Journal, with_intent: Begin, now: datetime
) -> None:
    """Every event of a run is there in its order, with details, times in UTC and outcome."""
    number = with_intent(journal)
    east = now.astimezone(timezone(timedelta(hours=9)))
    for event in (Event.CLICKED, Event.PERMIT_USED, Event.ANSWERED, Event.VERIFIED):
        journal.record(number, event, east, page="dispute", status=200, ok=True, left=None)
    journal.finish(number, "done", 0, "closed on fresh pages", now)

    events = journal.events(number)
    assert [event.event for event in events] == list(Event)[:11]
    assert events[-2].details == {"page": "dispute", "status": 200, "ok": True, "left": None}
    assert events[-2].at == now
    assert events[-2].at.tzinfo is UTC
    attempt = journal.attempt(number)
    assert dict(attempt.target.ids) == {"order": "8200000000001234", "line": "L1", "dispute": "D1"}
    assert str(attempt.target) == "order 8200000000001234"
    assert (attempt.outcome, attempt.exit_code, attempt.finished) == ("done", 0, now)
    assert check_journal(journal) == []


def test_plain_sql_reads_well(journal: Journal, with_intent: Begin) -> None:
    """Another program reads target, time and event as plain text."""
    with_intent(journal)
    with sqlite3.connect(journal.path) as db:
        row = db.execute("SELECT target, started, last_event FROM attempt").fetchone()
        story = [event for (event,) in db.execute("SELECT event FROM event")]
    db.close()
    ids = '{"order":"8200000000001234","line":"L1","dispute":"D1"}'
    target = f'{{"ids":{ids},"words":"order 8200000000001234","exact":true}}'
    assert row == (target, "2026-06-10T12:00:00.000Z", "intent")
    assert story == [str(event) for event in list(Event)[:6]]


@pytest.mark.parametrize("outcome", [None, "unknown"])
def test_an_intent_without_final_outcome_is_open(
    journal: Journal, with_intent: Begin, now: datetime, outcome: str | None
) -> None:
    """A crash and an unknown outcome leave the intent open; each of its ids selects it."""
    number = with_intent(journal)
    if outcome == "unknown":
        journal.finish(number, "unknown", 8, "no answer", now)
    found = journal.open_intents()
    assert [attempt.id for attempt in found] == [number]
    for known in ({"order": "8200000000001234"}, {"dispute": "D1"}, found[0].target.ids):
        assert journal.open_intents(Target(ids=known, words="x")) == found
        assert journal.attempts(on=Target(ids=known, words="x")) == found
    for other in ({"order": "1"}, {"dispute": "D2"}, {"order": "8200000000001234", "line": "L2"}):
        assert journal.open_intents(Target(ids=other, words="x")) == ()
        assert journal.attempts(on=Target(ids=other, words="x")) == ()


@pytest.mark.parametrize("outcome", ["done", "not_done"])
def test_a_final_outcome_closes_the_intent(
    journal: Journal, with_intent: Begin, now: datetime, outcome: FinalOutcome
) -> None:
    """Done and not done both leave nothing open."""
    number = with_intent(journal)
    assert journal.open_intents()
    journal.finish(number, outcome, 0, "", now)
    assert journal.open_intents() == ()


def test_an_attempt_without_intent_is_never_open(
    journal: Journal, begin: Begin, now: datetime
) -> None:
    """A dry run, and one that crashed while reading, sent nothing."""
    begin(journal, Event.WHOLE_FOUND)
    dry = begin(journal, Event.TARGET_READ, Event.PLANNED)
    journal.finish(dry, "not_done", 0, "dry run", now)
    assert journal.open_intents() == ()


@pytest.mark.parametrize(
    ("dispute", "line", "allowed"),
    [
        ("D1", "L1", False),
        ("D1", "L2", False),
        (None, "L1", False),
        ("D2", "L1", True),
        ("D2", "L2", True),
        (None, "L2", True),
    ],
)
def test_no_second_intent_while_one_on_its_dispute_is_open(
    journal: Journal, with_intent: Begin, dispute: str | None, line: str, allowed: bool
) -> None:
    """The journal itself refuses it, by dispute or line; another dispute is free."""
    with_intent(journal)
    if allowed:
        with_intent(journal, dispute=dispute, line=line)
        return
    with pytest.raises(ToolError, match="may have reached the site") as caught:
        with_intent(journal, dispute=dispute, line=line)
    assert caught.value.code == "unsettled_attempt"
    assert caught.value.exit_code == ExitCode.UNKNOWN_OUTCOME
    assert "verified attempt 1" in caught.value.hint
    assert len(journal.open_intents()) == 1


def test_a_dispute_is_the_same_under_another_order_id(journal: Journal, with_intent: Begin) -> None:
    """A dispute that is reached by two order ids is still one dispute."""
    with_intent(journal, order="8200000000001234")
    with pytest.raises(ToolError, match="may have reached the site"):
        with_intent(journal, order="8200000000009999", line="L2")


def test_settling_decides_and_keeps_the_history(
    journal: Journal, with_intent: Begin, now: datetime
) -> None:
    """The row gets the final outcome, the first ending is kept; a new intent is possible."""
    number = with_intent(journal)
    journal.finish(number, "unknown", 8, "no answer", now)
    later = now + timedelta(minutes=5)
    journal.settle(number, "not_done", "fresh pages show it open", later)
    journal.settle(number, "not_done", "again", later)

    attempt = journal.attempt(number)
    assert (attempt.outcome, attempt.exit_code, attempt.reason) == ("not_done", 8, "no answer")
    assert (attempt.settled, attempt.settled_how) == (later, "fresh pages show it open")
    finished, settled = journal.events(number)[-2:]
    assert finished.details["outcome"] == "unknown"
    assert settled.details == {
        "outcome": "not_done",
        "how": "fresh pages show it open",
        "was": "unknown",
    }
    assert check_journal(journal) == []
    with_intent(journal)


def test_a_crashed_attempt_can_be_settled(
    journal: Journal, with_intent: Begin, now: datetime
) -> None:
    """An attempt that never finished is settled by what fresh pages show."""
    number = with_intent(journal)
    journal.settle(number, "done", "closed", now)
    attempt = journal.attempt(number)
    assert (attempt.outcome, attempt.finished) == ("done", None)
    assert journal.open_intents() == ()
    assert check_journal(journal) == []


@pytest.mark.parametrize(("first", "then"), [("done", "not_done"), ("not_done", "done")])
def test_a_final_outcome_is_not_settled_again(
    journal: Journal, with_intent: Begin, now: datetime, first: FinalOutcome, then: FinalOutcome
) -> None:
    """A settled outcome never changes."""
    number = with_intent(journal)
    journal.finish(number, first, 0, "", now)
    with pytest.raises(ToolError, match=f"{then} instead of {first}"):
        journal.settle(number, then, "", now)
    assert journal.attempt(number).outcome == first


def test_the_newest_attempts_come_first(journal: Journal, begin: Begin) -> None:
    """A limit keeps the newest."""
    numbers = [begin(journal) for _ in range(4)]
    assert [attempt.id for attempt in journal.attempts(limit=2)] == numbers[:1:-1]


def test_an_attempt_that_is_not_there_is_named(journal: Journal, now: datetime) -> None:
    """Reading and writing of an unknown number end in one clear line."""
    for call in (
        lambda: journal.attempt(7),
        lambda: journal.events(7),
        lambda: journal.record(7, Event.FAILED, now),
        lambda: journal.set_target(7, Target(ids={"order": "1"}, words="x")),
        lambda: journal.settle(7, "done", "", now),
        lambda: journal.finish(7, "done", 0, "", now),
    ):
        with pytest.raises(ToolError, match="no such attempt: 7") as caught:
            call()
        assert caught.value.code == "attempt_unknown"


def test_a_time_without_zone_is_refused(journal: Journal, begin: Begin, now: datetime) -> None:
    """It has no time zone; nothing is written."""
    number = begin(journal)
    with pytest.raises(ValueError, match="zone"):
        journal.record(number, Event.WHOLE_FOUND, now.replace(tzinfo=None))
    assert [event.event for event in journal.events(number)] == [Event.STARTED]


def test_text_from_pages_is_made_safe_and_short(
    journal: Journal, begin: Begin, now: datetime
) -> None:
    """No terminal escape and no long text gets into the journal."""
    number = begin(journal)
    journal.record(number, Event.FAILED, now, seen="\x1b[31mred\u202e" + "x" * 5000)
    journal.finish(number, "not_done", 1, "\x1b]0;title\x07why", now)
    seen = journal.events(number)[1].details["seen"]
    assert isinstance(seen, str)
    assert seen.startswith("redxx")
    assert len(seen) == 300
    assert journal.attempt(number).reason == "why"


def test_events_cannot_be_rewritten(journal: Journal, begin: Begin) -> None:
    """Not even plain SQL can change what was recorded."""
    begin(journal)
    db = sqlite3.connect(journal.path)
    for statement in ("UPDATE event SET event = 'intent'", "DELETE FROM event"):
        with pytest.raises(sqlite3.IntegrityError, match="events are never"):
            db.execute(statement)
    db.close()


@pytest.fixture
def plan(now: datetime) -> StoredPlan:
    """A plan as a dry run makes it."""
    return StoredPlan(
        digest="3f9a0c",
        target=Target(ids={"order": "8200000000001234"}, words="the order"),
        created=now,
        expires=now + timedelta(minutes=15),
        document={"amount": "US $23.40", "findings": [{"rule": "x", "facts": None}], "lines": 2},
    )


def test_a_plan_reads_back_as_it_was_saved(journal: Journal, plan: StoredPlan) -> None:
    """Its document is returned whole; an unknown digest is not a plan."""
    journal.save_plan(plan)
    assert journal.load_plan(plan.digest) == plan
    assert journal.load_plan("other") is None


def test_a_plan_is_spent_once(journal: Journal, plan: StoredPlan, now: datetime) -> None:
    """The second commit is refused as stale."""
    journal.save_plan(plan)
    journal.spend_plan(plan.digest, now)
    assert journal.load_plan(plan.digest) == replace(plan, spent=now)
    with pytest.raises(ToolError, match="already used") as caught:
        journal.spend_plan(plan.digest)
    assert caught.value.code == "plan_spent"
    assert caught.value.exit_code == ExitCode.PLAN_STALE


def test_the_same_plan_made_again_is_good_anew(
    journal: Journal, plan: StoredPlan, now: datetime
) -> None:
    """GIVEN a spent plan WHEN a later dry run makes the same one THEN its new expiry counts."""
    journal.save_plan(plan)
    journal.spend_plan(plan.digest, now)
    later = replace(plan, created=plan.created + AN_HOUR, expires=plan.expires + AN_HOUR)

    journal.save_plan(later)

    assert journal.load_plan(plan.digest) == later
    journal.spend_plan(plan.digest, now)


def test_an_unknown_plan_cannot_be_spent(journal: Journal) -> None:
    """A digest that no dry run of this folder made is refused."""
    with pytest.raises(ToolError) as caught:
        journal.spend_plan("3f9a0c")
    assert caught.value.code == "plan_unknown"
    assert caught.value.exit_code == ExitCode.PLAN_STALE


def test_plans_are_forgotten_a_week_after_they_expired(
    journal: Journal, plan: StoredPlan, now: datetime
) -> None:
    """A new plan deletes those that can no longer be used, and only those."""
    old = replace(plan, digest="old", expires=now - timedelta(days=8))
    late = replace(plan, digest="late", expires=now - timedelta(days=6))
    for each in (old, late):
        journal.save_plan(each)
    journal.save_plan(plan)
    assert [journal.load_plan(each.digest) for each in (old, late, plan)] == [None, late, plan]
