"""What a batch does next: every dry run first, one consent, then one cancel after the other."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from automation.aliexpress.answer import Answer
from automation.aliexpress.batch import run as batch_run
from automation.aliexpress.batch.course import Course
from automation.aliexpress.batch.plan import FOR_EACH
from automation.aliexpress.plan.plan import LIFETIME
from automation.engine.journal import Journal
from automation.engine.outcome import Outcome
from automation.errors import ErrorCode, ExitCode, ToolError
from tests.aliexpress.batch.a_batch import (
    CAPTCHA,
    ONE,
    REFUSED,
    STALE,
    THREE,
    TWO,
    End,
    World,
    error,
    outcomes,
    plan_of,
)
from tests.aliexpress.plan.a_plan import PLAN
from tests.own_loop import in_own_thread

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from automation.aliexpress.batch.run import Batch
    from automation.aliexpress.plan.plan import Plan
    from automation.aliexpress.running import Run
    from automation.engine.interrupts import Interrupts

GOOD_FOR = LIFETIME + FOR_EACH


# What comes next


def test_every_order_is_read_before_the_one_question_and_each_is_cancelled_by_its_own_plan(
    world: World,
) -> None:
    """GIVEN three orders THEN three dry runs, one question, and a cancel of each under its digest."""
    course = world.run(ONE, TWO, THREE)

    assert world.asked == [
        "read 1", "read 2", "read 3", "ask about 3", "cancel 1", "cancel 2", "cancel 3",
    ]  # fmt: skip
    cancels = world.requests[3:]
    assert [each.plan_digest for each in cancels] == [
        plan_of(order).digest for order in (ONE, TWO, THREE)
    ]
    assert [each.item for each in cancels] == ["D1", "D2", "D3"], "by id: numbers move"
    assert all("3 disputes, typed at the terminal" in each.agreed for each in cancels)
    assert (outcomes(course), course.answer().exit_code) == ("d d d", 0)
    assert world.told == [(2, 0), (3, 0), (4, 0)] * 2


def test_a_dry_run_makes_a_plan_that_a_second_call_carries_out(world: World) -> None:
    """GIVEN a dry run THEN nothing is asked or cancelled; its digest is the consent of a later run."""
    dry = world.run(ONE, TWO, dry_run=True)
    plan = dry.plan
    assert plan is not None
    assert world.asked == ["read 1", "read 2"]
    assert (dry.stopped_by, dry.answer().exit_code) == (None, 0)

    course = world.run(ONE, TWO, digest=plan.digest)

    assert world.asked[2:] == ["cancel 1", "cancel 2"]
    assert {each.agreed for each in world.requests[2:]} == {f"plan {plan.digest} for 2 disputes"}
    assert outcomes(course) == "d d"


def test_the_plans_of_the_orders_are_good_as_long_as_that_of_the_file(world: World) -> None:
    """GIVEN a plan for two orders THEN that of each expires with it, two minutes later than alone."""
    plan = world.run(ONE, TWO, dry_run=True).plan
    assert plan is not None

    with Journal.open(world.state_dir) as journal:
        stored = [journal.load_plan(plan_of(order).digest) for order in (ONE, TWO)]

    assert [each.expires for each in stored if each] == [plan.expires] * 2
    assert plan.expires == PLAN.expires + timedelta(minutes=2)


@pytest.mark.parametrize(
    ("late", "orders", "digest"),
    [
        (timedelta(hours=1), (ONE, TWO), ""),
        (timedelta(), (ONE, TWO, THREE), ""),
        (timedelta(), (ONE, TWO), "0123456789ab"),
    ],
)
def test_a_plan_that_is_not_this_files_begins_nothing(
    world: World, late: timedelta, orders: tuple[str, ...], digest: str
) -> None:
    """GIVEN an expired plan, another file, or an unknown digest THEN exit 7 before any order."""
    plan = world.run(ONE, TWO, dry_run=True).plan
    assert plan is not None
    world.late = late

    with pytest.raises(ToolError) as caught:
        world.run(*orders, digest=digest or plan.digest)

    assert caught.value.exit_code is ExitCode.PLAN_STALE
    assert world.asked == ["read 1", "read 2"]


# What is left out, and what stops it before the question


def test_an_order_that_the_rules_refuse_is_left_out_and_the_others_go_on(world: World) -> None:
    """GIVEN a refused order THEN the question is about the others; the plan remembers why."""
    world.dry[TWO] = REFUSED

    course = world.run(ONE, TWO, THREE)

    assert world.asked[3:] == ["ask about 2", "cancel 1", "cancel 3"]
    assert (outcomes(course), course.answer().exit_code) == ("d n d", 3)

    plan = world.run(ONE, TWO, THREE, dry_run=True).plan
    assert plan is not None
    again = world.run(ONE, TWO, THREE, digest=plan.digest)
    assert world.asked[-2:] == ["cancel 1", "cancel 3"]
    assert outcomes(again) == "d n d"


@pytest.mark.parametrize("left_out", ["refused", "not recognised", "a repeated dispute"])
def test_a_plan_says_of_the_lines_that_it_leaves_out_what_its_dry_run_said(
    world: World, left_out: str
) -> None:
    """GIVEN a plan that leaves a line out WHEN it is carried out THEN its error is that of the dry run."""
    if left_out == "a repeated dispute":
        world.plans = [plan_of(ONE), plan_of(ONE)]
    else:
        unknown = error(ExitCode.PAGE_NOT_RECOGNISED, ErrorCode.LANGUAGE_UNKNOWN)
        world.dry[TWO] = REFUSED if left_out == "refused" else unknown
    orders = (ONE, ONE if left_out == "a repeated dispute" else TWO)
    dry = world.run(*orders, dry_run=True)
    assert dry.plan is not None

    course = world.run(*orders, digest=dry.plan.digest)

    first, again = dry.answer().answers[1], course.answer().answers[1]
    assert again.error == first.error
    assert (again.reason, again.exit_code) == (first.reason, first.exit_code)
    assert first.error is not None
    assert first.error.hint
    assert world.asked[2:] == ["cancel 1"]


@pytest.mark.parametrize("stop", [CAPTCHA, error(ExitCode.FAILED, ErrorCode.BROWSER_FAILED)])
def test_what_may_stop_the_next_order_too_stops_before_the_question(
    world: World, stop: ToolError
) -> None:
    """GIVEN a captcha, or a browser that failed THEN no further order is read and none cancelled."""
    world.dry[TWO] = stop

    course = world.run(ONE, TWO, THREE)

    assert world.asked == ["read 1", "read 2"]
    assert course.answer().exit_code == int(stop.exit_code)


@pytest.mark.parametrize(
    ("told", "second", "left_out"),
    [
        ("the same", plan_of(ONE), True),
        ("the same by one id", plan_of(ONE).model_copy(update={"trade_line_id": None}), True),
        ("another of the order", plan_of(ONE, dispute="9"), False),
    ],
)
def test_two_lines_about_one_dispute_are_one_cancel(
    world: World, told: str, second: Plan, *, left_out: bool
) -> None:
    """GIVEN an order twice THEN its second line is left out, unless it is about another dispute."""
    world.plans = [plan_of(ONE), second]

    course = world.run(ONE, ONE)

    assert world.asked.count("cancel 1") == (1 if left_out else 2), told
    told_of = course.answer().answers[1]
    assert ("dispute of an earlier line" in told_of.reason) is left_out
    assert (told_of.exit_code == int(ExitCode.PAGE_NOT_RECOGNISED)) is left_out


def test_nothing_to_plan_asks_nothing(world: World) -> None:
    """GIVEN only orders that are refused THEN no question and no plan."""
    world.dry = {ONE: REFUSED, TWO: REFUSED}

    course = world.run(ONE, TWO)

    assert (world.asked, course.plan) == (["read 1", "read 2"], None)
    assert course.answer().exit_code == int(ExitCode.REFUSED)


@pytest.mark.parametrize("at_terminal", [True, False])
def test_without_a_yes_nothing_is_cancelled(world: World, *, at_terminal: bool) -> None:
    """GIVEN other digits, or none to ask THEN exit 6 and no cancel, and the end names no order as the one."""

    async def declines(*_: object) -> bool:
        return False

    course = world.run(ONE, TWO, consent=declines, at_terminal=at_terminal)

    assert world.asked == ["read 1", "read 2"]
    assert course.answer().exit_code == int(ExitCode.DECLINED)
    assert course.stopped_by is not None
    assert "the digits of an order were not typed" in course.stopped_by.message
    assert outcomes(course) == "n n"


# What ends it between two cancels


@pytest.mark.parametrize("end", [REFUSED, STALE, Outcome.NOT_DONE])
def test_a_certain_end_of_one_order_lets_the_next_begin(world: World, end: End) -> None:
    """GIVEN an order that ends for sure and alone THEN the next is cancelled."""
    world.ends[ONE] = end

    course = world.run(ONE, TWO)

    assert world.asked[-2:] == ["cancel 1", "cancel 2"]
    assert outcomes(course) == "n d"


@pytest.mark.parametrize(
    ("end", "code"),
    [
        (Outcome.UNKNOWN, 8),
        (CAPTCHA, 4),
        (error(ExitCode.UNKNOWN_OUTCOME), 8),
        (error(ExitCode.PAGE_NOT_RECOGNISED), 5),
    ],
)
def test_any_other_end_begins_nothing_more(world: World, end: End, code: int) -> None:
    """GIVEN an unknown outcome, a captcha or a page that is not recognised THEN no further cancel."""
    world.ends[ONE] = end

    course = world.run(ONE, TWO, THREE)

    assert world.asked[-2:] == ["ask about 3", "cancel 1"]
    answer = course.answer()
    assert (answer.exit_code, [each.started for each in answer.answers]) == (
        code, [True, False, False],
    )  # fmt: skip


def test_ctrl_c_during_a_cancel_begins_no_further_one(world: World) -> None:
    """GIVEN Ctrl-C during the first of two THEN exit 130; during the last there is nothing to stop."""

    def stop(_run: Run) -> None:
        world.stopping.caught = True

    world.during = stop

    course = world.run(ONE, TWO)
    assert world.asked[-1] == "cancel 1"
    assert course.answer().exit_code == int(ExitCode.INTERRUPTED)

    world.stopping.caught = False
    assert world.run(THREE).answer().exit_code == 0
    assert world.asked[-1] == "cancel 3"


def test_a_step_that_hung_ends_the_batch(world: World) -> None:
    """GIVEN the watchdog's error during an order THEN that ends it, and nothing more begins."""
    hung = error(ExitCode.FAILED, ErrorCode.STEP_STUCK)

    def hang(_run: Run) -> None:
        world.stopping.stuck = hung

    world.during = hang

    course = world.run(ONE, TWO)

    assert (course.stopped_by, world.asked[-1]) == (hung, "cancel 1")


@pytest.mark.parametrize(
    ("raised", "code"), [(KeyboardInterrupt(), 130), (CAPTCHA, 4)], ids=["Ctrl-C", "an error"]
)
def test_what_ends_the_work_itself_is_the_end_of_the_batch(
    world: World, monkeypatch: pytest.MonkeyPatch, raised: BaseException, code: int
) -> None:
    """GIVEN Ctrl-C, or an error outside of any order THEN an answer with all lines."""

    def ends(work: Coroutine[None, None, None]) -> None:
        work.close()
        raise raised

    monkeypatch.setattr(world.stopping, "run", ends)

    answer = world.run(ONE, TWO).answer()

    assert (answer.exit_code, len(answer.answers), world.asked) == (code, 2, [])


# Ctrl-C inside one order


@pytest.mark.parametrize(
    ("sent", "stuck", "end"),
    [(True, None, "done"), (False, None, "cancelled"), (True, CAPTCHA, "cancelled")],
)
def test_ctrl_c_waits_for_the_outcome_of_a_request_that_was_sent(
    world: World, sent: bool, stuck: ToolError | None, end: str
) -> None:
    """GIVEN Ctrl-C THEN an order whose request was sent comes to its outcome, unless it hangs."""
    world.stopping.stuck = stuck
    stopping = cast("Interrupts", world.stopping)
    work = batch_run._Work(  # noqa: SLF001  what holds the cancel of one order together
        cast("Batch", None), Course(rows=()), cast("Journal", None), stopping
    )
    run = cast("Run", SimpleNamespace(may_have_sent=sent))

    async def order(goes_on: asyncio.Event) -> Answer:
        await goes_on.wait()
        return Answer(command="cancel", order=ONE, outcome=Outcome.DONE)

    async def interrupted_work() -> str:
        goes_on = asyncio.Event()
        task = asyncio.ensure_future(work._to_its_outcome(order(goes_on), run))  # noqa: SLF001
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.sleep(0)
        goes_on.set()
        with contextlib.suppress(asyncio.CancelledError):
            answer = await task
            return answer.outcome
        return "cancelled"

    assert in_own_thread(lambda: asyncio.run(interrupted_work())) == end


def test_the_journal_has_to_be_whole(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a journal that is lost THEN no order is even read."""
    monkeypatch.setattr(Journal, "must_not_send", lambda _: "the journal is lost")

    with pytest.raises(ToolError) as caught:
        world.run(ONE)

    assert (caught.value.code, world.asked) == (ErrorCode.JOURNAL_LOST, [])


@pytest.mark.parametrize(
    ("later", "code", "exit_code"),
    [
        (timedelta(), ErrorCode.DECLINED, ExitCode.DECLINED),
        (GOOD_FOR - timedelta(seconds=1), ErrorCode.DECLINED, ExitCode.DECLINED),
        (GOOD_FOR, ErrorCode.PLAN_STALE, ExitCode.PLAN_STALE),
    ],
)
def test_a_question_that_outlives_the_plan_says_so(
    world: World, later: timedelta, code: ErrorCode, exit_code: ExitCode
) -> None:
    """GIVEN no consent to a file THEN the digits were wrong, or the plan expired first; neither cancels."""

    async def declines(*_: object) -> bool:
        world.late += later
        return False

    course = world.run(ONE, consent=declines)

    stop = course.stopped_by
    assert stop is not None
    assert (stop.code, stop.exit_code) == (code, exit_code)
    assert world.asked == ["read 1"]
