"""What a run writes to the journal, bound to its attempt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from automation.errors import ExitCode, ToolError
from automation.flow.trace import moment_details
from automation.journal import Event, Journal, StoredPlan
from automation.site.addresses import path_and_query

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from automation.flow.elapsed import Moment
    from automation.flow.plan import Plan
    from automation.flow.report import Report
    from automation.flow.request import Request
    from automation.pages import DisputePage

# Events whose age is asked for later, so that a wall clock that is set must not matter.
_TIMED = frozenset({Event.INTENT, Event.CLICKED, Event.PERMIT_USED, Event.ANSWERED})


@dataclass
class AttemptLog:
    """One attempt in the journal."""

    journal: Journal
    number: int
    moment: Callable[[], Moment]

    @classmethod
    def begin(cls, journal: Journal, request: Request, report: Report, version: str) -> AttemptLog:
        """Start an attempt; its number goes into the report."""
        report.attempt = journal.begin(
            request.order_id,
            "cancel --dry-run" if request.dry_run else report.command,
            request.addresses.origin,
            request.surface,
            version,
            request.now(),
        )
        return cls(journal, report.attempt, request.moment)

    @property
    def _now(self) -> datetime:
        return self.moment().wall

    def record(self, event: Event, **details: str | int | bool | None) -> None:
        """Write an event; it is on disk when this returns."""
        moment = self.moment()
        also = moment_details(moment) if event in _TIMED else {}
        self.journal.record(self.number, event, moment.wall, **details, **also)

    def has(self, event: Event) -> bool:
        """True if the event was written."""
        return any(each.event is event for each in self.journal.events(self.number))

    def target(self, dispute: DisputePage, item: str | None) -> None:
        """Note which dispute it is about, what the buyer called it, and where its page is."""
        self.journal.set_target(self.number, dispute.ids.reverse_line_id, dispute.ids.trade_line_id)
        self.record(
            Event.DISPUTE_READ,
            status=dispute.status,
            page=path_and_query(dispute.address),
            **({"item": item} if item else {}),
        )

    def keep_plan(self, plan: Plan) -> None:
        """Keep a dry run's plan for ``--plan``."""
        self.journal.save_plan(
            StoredPlan(plan.digest, plan.order_id, plan.created, plan.expires, plan.kept())
        )

    def spend_plan(self, digest: str) -> None:
        """A plan is committed at most once."""
        self.journal.spend_plan(digest, self._now)

    def return_plan(self, digest: str) -> None:
        """Let a plan be committed after all: the site turned its request away unread."""
        self.journal.return_plan(digest)

    def stored_plan(self, digest: str) -> StoredPlan:
        """The plan behind a digest.

        Raises:
            ToolError: it is unknown, spent, expired (exit 7).
        """
        plan = self.journal.load_plan(digest)
        problem, hint = "", "make a new plan with --dry-run; it lives for 15 minutes"
        if plan is None:
            problem = f"no plan {digest[:40]} is known"
        elif plan.spent is not None:
            problem = f"plan {digest} was used already, by an earlier run"
            hint = f"run 'dispute-guard verify {plan.order_id}' to see what became of it"
        elif self._now >= plan.expires:
            problem = f"plan {digest} expired at {plan.expires:%H:%M:%S} UTC"
        if plan is None or problem:
            raise ToolError(
                problem,
                code="plan_stale",
                exit_code=ExitCode.PLAN_STALE,
                hint=hint,
            )
        return plan

    def finish(self, report: Report, exit_code: int) -> None:
        """End the attempt with what the report says."""
        self.journal.finish(self.number, report.outcome.value, exit_code, report.reason, self._now)
