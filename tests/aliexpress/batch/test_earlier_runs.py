"""What a batch does about orders that an earlier run has begun, or the tool has cancelled before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from automation.aliexpress.answer import Step
from automation.aliexpress.batch.course import Course
from automation.aliexpress.batch.rows import Row
from automation.aliexpress.batch.run import Batch, run_batch
from automation.aliexpress.plan.targets import dispute_target
from automation.aliexpress.request import Request
from automation.aliexpress.running import Run
from automation.aliexpress.site import Addresses, DisputeIds, SiteMap
from automation.engine.journal import Event, Journal
from automation.engine.outcome import Outcome
from automation.engine.session.options import SessionOptions
from automation.errors import ErrorCode, ExitCode
from rules import Facts
from tests.aliexpress.batch.a_batch import (
    CAPTCHA,
    NUMBERS,
    ONE,
    REFUSED,
    SITE,
    TWO,
    End,
    World,
    error,
    outcomes,
    plan_of,
)
from tests.aliexpress.plan.a_plan import NOW
from tests.own_loop import in_own_thread

if TYPE_CHECKING:
    from collections.abc import Callable

    from automation.engine.journal.records import Outcome as Ended


def attempt(
    world: World, order: str, outcome: Ended | None, *, digest: str = "", events: int = 9
) -> None:
    """An attempt on an order's dispute in the journal, that spent its plan."""
    number = NUMBERS[order]
    with Journal.open(world.state_dir) as journal:
        made = journal.begin(
            dispute_target(order, DisputeIds(f"D{number}", f"L{number}")),
            "cancel", SITE, "web", "1", NOW,
        )  # fmt: skip
        way = (
            Event.TARGET_READ, Event.PLANNED, Event.CONSENTED,
            Event.INTENT, Event.CLICKED, Event.PERMIT_USED,
        )  # fmt: skip
        for event in way[:events]:
            more = {"digest": digest} if event is Event.INTENT and digest else {}
            journal.record(made, event, NOW, **more)
        if digest:
            journal.spend_plan(digest, NOW)
        if outcome:
            journal.finish(made, outcome, 0, "the site shows it closed", NOW)


@pytest.mark.parametrize(
    ("earlier", "asked", "ends"),
    [
        ("done", ["cancel 2"], "d d"),
        ("not_done", ["cancel 2"], "n d"),
        ("unknown", ["verify 1", "cancel 2"], "d d"),
        (None, ["verify 1", "cancel 2"], "d d"),
    ],
)
def test_what_an_earlier_run_of_the_plan_has_sent_is_not_sent_again(
    world: World, earlier: Ended | None, asked: list[str], ends: str
) -> None:
    """GIVEN a plan whose first order was begun THEN it is never cancelled again, only looked at."""
    plan = world.run(ONE, TWO, dry_run=True).plan
    assert plan is not None
    attempt(world, ONE, earlier, digest=plan_of(ONE).digest)
    world.verified[ONE] = Outcome.DONE

    course = world.run(ONE, TWO, digest=plan.digest)

    assert world.asked[2:] == asked
    assert outcomes(course) == ends
    if earlier in {"done", "not_done"}:
        told = course.answer().answers[0]
        assert told.attempt == 1
        assert told.reason == "attempt 1 of an earlier run: the site shows it closed"


def test_an_earlier_attempt_that_sent_nothing_wants_a_new_plan(world: World) -> None:
    """GIVEN Ctrl-C before the request of the first THEN it is told apart from a no of the site; the next is cancelled."""
    plan = world.run(ONE, TWO, dry_run=True).plan
    assert plan is not None
    attempt(world, ONE, "not_done", digest=plan_of(ONE).digest, events=5)

    course = world.run(ONE, TWO, digest=plan.digest)

    assert (world.asked[2:], outcomes(course)) == (["cancel 2"], "n d")
    told = course.answer().answers[0].error
    assert told is not None
    assert told.code is ErrorCode.PLAN_SPENT
    assert "attempt 1 of an earlier run ended before anything was sent" in told.message
    assert "make a new plan" in told.hint


def test_an_earlier_attempt_that_nobody_can_settle_stops_the_batch(world: World) -> None:
    """GIVEN an open attempt and pages that do not tell THEN exit 8, and the next is not begun."""
    plan = world.run(ONE, TWO, dry_run=True).plan
    assert plan is not None
    attempt(world, ONE, None, digest=plan_of(ONE).digest)
    world.verified[ONE] = Outcome.UNKNOWN

    course = world.run(ONE, TWO, digest=plan.digest)

    assert world.asked[2:] == ["verify 1"]
    assert course.answer().exit_code == int(ExitCode.UNKNOWN_OUTCOME)


def test_of_several_attempts_the_one_under_this_plan_counts(world: World) -> None:
    """GIVEN this plan's attempt, and a later one under another plan THEN its own end is told."""
    plan = world.run(ONE, dry_run=True).plan
    assert plan is not None
    attempt(world, ONE, "not_done", digest=plan_of(ONE).digest)
    attempt(world, ONE, "done")

    course = world.run(ONE, digest=plan.digest)

    assert (world.asked[1:], outcomes(course)) == ([], "n")
    assert course.answer().answers[0].attempt == 1


def test_an_attempt_under_another_plan_does_not_count_as_this_one(world: World) -> None:
    """GIVEN a cancel that failed under an older plan THEN the order is carried out; its plan is unspent."""
    plan = world.run(ONE, dry_run=True).plan
    assert plan is not None
    attempt(world, ONE, "not_done")

    world.run(ONE, digest=plan.digest)

    assert world.asked[1:] == ["cancel 1"]


@pytest.mark.parametrize(
    ("said", "asked", "ends"),
    [
        (Outcome.DONE, ["verify 1", "read 2"], "d n"),
        (Outcome.UNKNOWN, ["verify 1", "read 2"], "u n"),
        (Outcome.NOT_DONE, ["verify 1", "read 1", "read 2"], "n n"),
        (REFUSED, ["verify 1", "read 2"], "u n"),
        (CAPTCHA, ["verify 1"], "u n"),
    ],
)
def test_an_order_with_an_open_attempt_is_settled_before_it_is_read(
    world: World, said: End, asked: list[str], ends: str
) -> None:
    """GIVEN an attempt whose outcome is open THEN verify comes first; only "not done" is planned."""
    attempt(world, ONE, None)
    world.verified[ONE] = said

    course = world.run(ONE, TWO, dry_run=True)

    assert world.asked == asked
    assert outcomes(course) == ends


@pytest.mark.parametrize(
    ("said", "ends"), [(Outcome.DONE, "d"), (Outcome.UNKNOWN, "n"), (CAPTCHA, "n")]
)
def test_a_dispute_that_the_tool_cancelled_before_is_looked_at_once_more(
    world: World, said: End, ends: str
) -> None:
    """GIVEN pages without a dispute that the journal calls done THEN done, if fresh pages say so."""
    attempt(world, ONE, "done")
    world.dry[ONE], world.verified[ONE] = error(ExitCode.PAGE_NOT_RECOGNISED), said

    def on_pages(row: Row) -> Run:
        return Run("cancel", row.order, step_now=Step.ORDER_DETAILS)

    course = _run_with(world, on_pages)

    assert world.asked == ["read 1", "verify 1"]
    assert outcomes(course) == ends


def _run_with(world: World, run_for: Callable[[Row], Run]) -> Course:
    """A dry run of one order, in a run of one's own."""
    row = Row(line=2, order=ONE, said=Facts())
    course = Course(rows=(row,), dry_run=True)
    request = Request(
        order_id=ONE, site=SiteMap.load(), addresses=Addresses(SITE), dry_run=True,
        session=SessionOptions(state_dir=world.state_dir), now=lambda: NOW,
    )  # fmt: skip
    batch = Batch(request=request, run_for=run_for, version="1")
    in_own_thread(lambda: run_batch(batch, course))
    return course


def test_words_that_are_refused_before_a_browser_is_open_need_no_look(world: World) -> None:
    """GIVEN a refusal of what the buyer says THEN nothing is looked at, whatever the journal knows."""
    attempt(world, ONE, "done")
    world.dry[ONE] = REFUSED

    course = world.run(ONE, dry_run=True)

    assert (world.asked, outcomes(course)) == (["read 1"], "n")
