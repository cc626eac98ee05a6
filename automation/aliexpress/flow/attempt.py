"""Write one attempt to the journal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from automation.aliexpress.site.addresses import path_and_query
from automation.engine.journal import Event, Journal, StoredPlan
from automation.engine.trace import moment_details
from automation.errors import ExitCode, ToolError
from automation.text import when_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from automation.aliexpress.flow.plan import Plan
    from automation.aliexpress.flow.report import Report
    from automation.aliexpress.flow.request import Request
    from automation.aliexpress.pages import DisputePage
    from automation.engine.elapsed import Moment

# Events whose age matters later, so that it must not depend on a wall clock that is set.
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
        """Note the dispute, what the buyer called it, and the address of its page."""
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
        """Mark a plan as used: it is committed at most once."""
        self.journal.spend_plan(digest, self._now)

    def return_plan(self, digest: str) -> None:
        """Allow a plan again: the site rejected its request unread."""
        self.journal.return_plan(digest)

    def stored_plan(self, digest: str) -> StoredPlan:
        """The plan behind a digest.

        Raises:
            ToolError: it is unknown, used or expired (exit 7).
        """
        plan = self.journal.load_plan(digest)
        problem, hint = "", "make a new plan with --dry-run"
        if plan is None:
            problem = f"no such plan: {digest[:40]}"
        elif plan.spent is not None:
            problem = f"plan {digest} was already used by an earlier run"
            hint = f"run 'dispute-guard verify {plan.order_id}' to see what became of it"
        elif self._now >= plan.expires:
            problem = f"plan {digest} expired: it was valid until {when_text(plan.expires)}"
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
