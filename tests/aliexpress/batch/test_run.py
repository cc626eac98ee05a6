"""What a batch does next: every dry run first, one consent, then one cancel after the other.

The orders' own runs are scripted: what each of them does is the promise of ``cancel ORDER``.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Self, cast

import pytest
from msgspec.structs import replace

from automation.aliexpress.answer import Answer, Step
from automation.aliexpress.batch import run as batch_run
from automation.aliexpress.batch.course import Course
from automation.aliexpress.batch.plan import FOR_EACH, Planned
from automation.aliexpress.batch.rows import Row
from automation.aliexpress.batch.run import Batch, _Work, run_batch
from automation.aliexpress.plan.plan import LIFETIME
from automation.aliexpress.plan.targets import dispute_target
from automation.aliexpress.request import Request
from automation.aliexpress.running import Run
from automation.aliexpress.site import Addresses, DisputeIds, SiteMap
from automation.engine.journal import Event, Journal
from automation.engine.outcome import EXIT_CODES, Outcome
from automation.engine.session.options import SessionOptions
from automation.errors import ErrorCode, ExitCode, ToolError
from rules import Facts
from tests.aliexpress.plan.a_plan import NOW, PLAN
from tests.own_loop import in_own_loop, in_own_thread

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from pathlib import Path

    from automation.aliexpress.batch.plan import BatchPlan
    from automation.aliexpress.batch.run import AskForAll
    from automation.aliexpress.plan.plan import Plan
    from automation.aliexpress.session.opening import Opener
    from automation.engine.journal.records import Outcome as Ended

SITE = "http://127.0.0.1:8191"
ONE, TWO, THREE = "8190000000000001", "8190000000000002", "8190000000000003"
NUMBERS = {ONE: "1", TWO: "2", THREE: "3"}

End = Outcome | ToolError
GOOD_FOR = LIFETIME + FOR_EACH
ROW = Row(line=2, order=PLAN.order_id, said=Facts())


def error(exit_code: ExitCode, code: ErrorCode = ErrorCode.REFUSED) -> ToolError:
    """What stopped the run of an order."""
    return ToolError("stopped", code=code, exit_code=exit_code, hint="look")


REFUSED = error(ExitCode.REFUSED)
CAPTCHA = error(ExitCode.HUMAN_NEEDED, ErrorCode.CAPTCHA)
STALE = error(ExitCode.PLAN_STALE, ErrorCode.PLAN_STALE)


def plan_of(order: str, *, dispute: str = "") -> Plan:
    """The plan of an order's one dispute."""
    number = dispute or NUMBERS[order]
    return PLAN.model_copy(
        update={"order_id": order, "reverse_line_id": f"D{number}", "trade_line_id": f"L{number}"}
    )


@dataclass
class Stopping:
    """Stands for Ctrl-C and the watchdog; the work runs in the loop of this thread."""

    caught: bool = False
    stuck: ToolError | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def run(self, work: Coroutine[None, None, None]) -> None:
        """Run the work to its end."""
        asyncio.run(work)


@dataclass
class World:
    """What the runs of the orders do, and what was asked of them.

    Args:
        dry: where the dry run of an order ends; with a plan if it is not named.
        ends: how the cancel of an order ends; done if it is not named.
        verified: what ``verify`` says of an order.
        plans: the plan that the dry run of an order makes.
        during: what happens while an order is cancelled.
    """

    state_dir: Path
    stopping: Stopping = field(default_factory=Stopping)
    dry: dict[str, ToolError] = field(default_factory=dict)
    ends: dict[str, End] = field(default_factory=dict)
    verified: dict[str, End] = field(default_factory=dict)
    plans: list[Plan] = field(default_factory=list)
    during: Callable[[Run], None] = lambda _run: None
    asked: list[str] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    told: list[tuple[int, int]] = field(default_factory=list)
    late: timedelta = timedelta()

    async def cancel(
        self, request: Request, run: Run, _journal: Journal, _version: str, _opener: Opener
    ) -> Answer:
        """A dry run, or a cancel."""
        self.requests.append(request)
        if request.dry_run:
            self.asked.append(f"read {NUMBERS[request.order_id]}")
            if (stopped := self.dry.get(request.order_id)) is not None:
                raise stopped
            run.found = replace(
                run.found, plan=self.plans.pop(0) if self.plans else plan_of(request.order_id)
            )
            return run.answer()
        self.asked.append(f"cancel {NUMBERS[request.order_id]}")
        self.during(run)
        return _ended(run, self.ends.get(request.order_id, Outcome.DONE))

    async def verify(
        self, request: Request, run: Run, _journal: Journal, _opener: Opener
    ) -> Answer:
        """A look at what became of an earlier attempt."""
        self.asked.append(f"verify {NUMBERS[request.order_id]}")
        run.found = replace(run.found, end=replace(run.found.end, outcome=Outcome.UNKNOWN))
        return _ended(run, self.verified[request.order_id])

    async def agrees(self, plan: BatchPlan, planned: tuple[Planned, ...], _course: Course) -> bool:
        """The buyer types the digits."""
        assert [each.plan.digest for each in planned] == [each.digest for each in plan.planned]
        self.asked.append(f"ask about {len(planned)}")
        return True

    def run(
        self,
        *orders: str,
        dry_run: bool = False,
        digest: str | None = None,
        consent: AskForAll | None = None,
        at_terminal: bool = True,
    ) -> Course:
        """Run a batch over these orders; without a plan, at a terminal, the buyer agrees."""
        asks = at_terminal and not dry_run and digest is None
        rows = tuple(
            Row(line=line, order=order, said=Facts()) for line, order in enumerate(orders, start=2)
        )
        course = Course(rows=rows, dry_run=dry_run)
        request = Request(
            order_id=orders[0], site=SiteMap.load(), addresses=Addresses(SITE), dry_run=dry_run,
            session=SessionOptions(state_dir=self.state_dir), now=lambda: NOW + self.late,
        )  # fmt: skip
        batch = Batch(
            request=request,
            run_for=lambda row: Run("cancel", row.order),
            version="1",
            plan_digest=digest,
            consent=(consent or self.agrees) if asks else None,
            told=lambda row, answer: self.told.append((row.line, answer.exit_code)),
        )
        in_own_thread(lambda: run_batch(batch, course))
        return course


def _ended(run: Run, end: End) -> Answer:
    """The answer of a run that came to an end."""
    if isinstance(end, ToolError):
        raise end
    run.found = replace(run.found, end=replace(run.found.end, outcome=end, reason="seen"))
    return run.answer().model_copy(update={"exit_code": int(EXIT_CODES[end])})


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """Orders that can all be planned and cancelled."""
    made = World(tmp_path)
    monkeypatch.setattr(batch_run, "cancel_in", made.cancel)
    monkeypatch.setattr(batch_run, "verify_in", made.verify)
    monkeypatch.setattr(batch_run, "tidy", lambda _options: None)
    monkeypatch.setattr(batch_run, "Interrupts", lambda *_: made.stopping)
    return made


def outcomes(course: Course) -> str:
    """The outcomes of all lines, in the order of the file, by their first letters."""
    return " ".join(each.outcome[0] for each in course.answer().answers)


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
    """GIVEN other digits, or none to ask THEN exit 6 and no cancel."""

    async def declines(*_: object) -> bool:
        return False

    course = world.run(ONE, TWO, consent=declines, at_terminal=at_terminal)

    assert world.asked == ["read 1", "read 2"]
    assert course.answer().exit_code == int(ExitCode.DECLINED)
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


# What an earlier run of the same plan did


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
    work: Any = batch_run._Work(  # noqa: SLF001  what holds the cancel of one order together
        cast("Batch", None), Course(rows=()), cast("Journal", None), cast("Any", world.stopping)
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
            answer: Answer = await task
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
    ("agrees", "later", "code"),
    [
        (True, timedelta(), None),
        (False, timedelta(), ErrorCode.DECLINED),
        (False, GOOD_FOR - timedelta(seconds=1), ErrorCode.DECLINED),
        (False, GOOD_FOR, ErrorCode.PLAN_STALE),
    ],
)
def test_a_question_that_outlives_the_plan_says_so(
    *, agrees: bool, later: timedelta, code: ErrorCode | None
) -> None:
    """GIVEN no consent to a file THEN its digits were others, or its plan expired meanwhile; neither goes on."""
    clock = [NOW]

    async def ask(*_: object) -> bool:
        clock[0] += later
        return agrees

    request = SimpleNamespace(
        now=lambda: clock[0], dry_run=False, addresses=SimpleNamespace(origin="")
    )
    batch: Any = SimpleNamespace(request=request, consent=ask)
    journal: Any = SimpleNamespace(save_plan=lambda _: None)
    course, nowhere = Course(()), None
    work = _Work(batch, course, journal, nowhere, [Planned(ROW, PLAN)])  # type: ignore[arg-type]

    assert in_own_loop(work._plan(nowhere)) is agrees  # type: ignore[arg-type]  # noqa: SLF001  no page is read
    stop = course.stopped_by
    assert (stop and stop.code) == code
    ends = {
        None: None,
        ErrorCode.DECLINED: ExitCode.DECLINED,
        ErrorCode.PLAN_STALE: ExitCode.PLAN_STALE,
    }
    assert (stop and stop.exit_code) is ends[code]
