"""A batch whose orders' own runs are scripted: what each of them does is the promise of ``cancel ORDER``."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Self

from msgspec.structs import replace

from automation.aliexpress.batch.course import Course
from automation.aliexpress.batch.rows import Row
from automation.aliexpress.batch.run import Batch, run_batch
from automation.aliexpress.request import Request
from automation.aliexpress.running import Run
from automation.aliexpress.site import Addresses, SiteMap
from automation.engine.outcome import EXIT_CODES, Outcome
from automation.engine.session.options import SessionOptions
from automation.errors import ErrorCode, ExitCode, ToolError
from rules import Facts
from tests.aliexpress.plan.a_plan import NOW, PLAN
from tests.own_loop import in_own_thread

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from pathlib import Path

    from automation.aliexpress.answer import Answer
    from automation.aliexpress.batch.plan import BatchPlan, Planned
    from automation.aliexpress.batch.run import AskForAll
    from automation.aliexpress.plan.plan import Plan
    from automation.aliexpress.session.opening import Opener
    from automation.engine.journal import Journal

SITE = "http://127.0.0.1:8191"
ONE, TWO, THREE = "8190000000000001", "8190000000000002", "8190000000000003"
NUMBERS = {ONE: "1", TWO: "2", THREE: "3"}

End = Outcome | ToolError


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
        return ended(run, self.ends.get(request.order_id, Outcome.DONE))

    async def verify(
        self, request: Request, run: Run, _journal: Journal, _opener: Opener
    ) -> Answer:
        """A look at what became of an earlier attempt."""
        self.asked.append(f"verify {NUMBERS[request.order_id]}")
        run.found = replace(run.found, end=replace(run.found.end, outcome=Outcome.UNKNOWN))
        return ended(run, self.verified[request.order_id])

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


def ended(run: Run, end: End) -> Answer:
    """The answer of a run that came to an end."""
    if isinstance(end, ToolError):
        raise end
    run.found = replace(run.found, end=replace(run.found.end, outcome=end, reason="seen"))
    return run.answer().model_copy(update={"exit_code": int(EXIT_CODES[end])})


def outcomes(course: Course) -> str:
    """The outcomes of all lines, in the order of the file, by their first letters."""
    return " ".join(each.outcome[0] for each in course.answer().answers)
