"""What an attempt on an order's dispute writes to the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.aliexpress.site.addresses import path_and_query
from automation.aliexpress.targets import dispute_target, order_target
from automation.engine.attempt import AttemptLog
from automation.engine.journal import Event, Journal, StoredPlan

if TYPE_CHECKING:
    from automation.aliexpress.flow.plan import Plan
    from automation.aliexpress.flow.request import Request
    from automation.aliexpress.pages import DisputePage


def begin_attempt(journal: Journal, request: Request, command: str, version: str) -> AttemptLog:
    """Start an attempt on the request's order."""
    return AttemptLog.begin(
        journal,
        order_target(request.order_id),
        request.moment,
        command=f"{command} --dry-run" if request.dry_run else command,
        site=request.addresses.origin,
        surface=request.surface,
        version=version,
    )


def record_dispute(log: AttemptLog, request: Request, dispute: DisputePage) -> None:
    """Note the dispute, what the buyer called it, and the address of its page."""
    log.set_target(dispute_target(request.order_id, dispute.ids))
    log.record(
        Event.TARGET_READ,
        status=dispute.status,
        page=path_and_query(dispute.address),
        **({"item": request.item} if request.item else {}),
    )


def keep_plan(log: AttemptLog, plan: Plan) -> None:
    """Keep a dry run's plan for ``--plan``."""
    log.journal.save_plan(
        StoredPlan(plan.digest, plan.target, plan.created, plan.expires, plan.kept())
    )
