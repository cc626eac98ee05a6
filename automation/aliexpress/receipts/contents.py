"""Turn the report of a run that sent its request into a receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.aliexpress.receipts import (
    GuardedRequest,
    GuardSummary,
    HeldCall,
    Receipt,
    ReceiptFinding,
    SiteAnswer,
    Step,
    settle_receipt,
    write_receipt,
)
from automation.aliexpress.report import Kept
from automation.aliexpress.targets import ids_of, order_of
from automation.errors import ToolError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from automation.aliexpress.report import Report
    from automation.aliexpress.request import Request
    from automation.engine.guard import GuardReport, RequestRecord
    from automation.engine.journal import Attempt, StoredPlan
    from automation.engine.outcome import Outcome

RECEIPTS = "receipts"


def keep_receipt(report: Report, state_dir: Path, now: datetime) -> Kept:
    """Write the receipt of a run, if its request was sent; a problem changes no outcome."""
    if not report.request_left or report.plan is None or report.attempt is None:
        return Kept()
    receipt = _receipt(report, report.attempt, now)
    return _kept(lambda: write_receipt(state_dir / RECEIPTS, receipt, ()))


def _kept(write: Callable[[], Path]) -> Kept:
    try:
        return Kept(write())
    except ToolError as error:
        return Kept(problem=error.message)


def keep_settlement(
    attempt: Attempt, plan: StoredPlan | None, outcome: Outcome, how: str, request: Request
) -> Kept:
    """Write the outcome of a settled attempt into its receipt, or into its first one.

    Args:
        plan: the plan that it carried out, if the journal has it.
    """
    known, ids = plan.document if plan else {}, ids_of(attempt)
    receipt = Receipt(
        attempt=attempt.id,
        created=attempt.started,
        settled=request.now(),
        order_id=order_of(attempt),
        dispute_id=ids.reverse_line_id,
        line_id=ids.trade_line_id,
        amount=known.get("amount", ""),
        status_before=known.get("status_words", ""),
        verdict=known.get("verdict"),
        accepted_risks=tuple(known.get("accepted_risks", ())),
        refile_by=known.get("refile_by"),
        plan_digest=plan.digest if plan else None,
        outcome=outcome.value,
        reason=how,
        verified_by=(how,),
    )
    return _kept(lambda: settle_receipt(request.state_dir / RECEIPTS, receipt))


def _receipt(report: Report, attempt: int, now: datetime) -> Receipt:
    plan, advice = report.plan, report.advice
    answer = report.permit.answer if report.permit else None
    return Receipt(
        attempt=attempt,
        created=now,
        order_id=report.order_id or "",
        dispute_id=plan.reverse_line_id if plan else None,
        line_id=plan.trade_line_id if plan else None,
        item=plan.item if plan else "",
        amount=plan.amount if plan else "",
        offers=plan.offers if plan else (),
        status_before=plan.status_words if plan else "",
        outcome=report.outcome.value,
        reason=report.reason,
        verdict=advice.verdict.value if advice else None,
        findings=_findings(report),
        buyer_says=plan.buyer_says if plan else (),
        accepted_risks=plan.accepted_risks if plan else (),
        accepted_warnings=tuple(warning.words for warning in report.warnings),
        plan_digest=plan.digest if plan else None,
        consent=report.consent,
        guard=_guard(report.guard.report()) if report.guard else GuardSummary(),
        steps=tuple(
            Step(name=step.step.value, page=step.page, seconds=step.seconds)
            for step in report.steps
        ),
        answer=SiteAnswer(status=answer.status, ret=report.reply or "")
        if answer is not None and answer.status is not None
        else None,
        verified_by=(report.reason,) if report.outcome.value != "unknown" else (),
        refile_by=advice.refile_by if advice else None,
        verify_command=report.verify_command,
    )


def _findings(report: Report) -> tuple[ReceiptFinding, ...]:
    return tuple(
        ReceiptFinding(
            rule=finding.rule,
            severity=finding.severity.value,
            meaning=finding.meaning,
            instead=finding.instead,
            source=finding.source,
        )
        for finding in (report.advice.findings if report.advice else ())
    )


def _guard(found: GuardReport) -> GuardSummary:
    def requests(records: tuple[RequestRecord, ...]) -> tuple[GuardedRequest, ...]:
        kept = {(r.method, r.what, r.reason): r for r in records if r.kind != "asset"}
        return tuple(
            GuardedRequest(method=method, target=what, why=why) for method, what, why in kept
        )

    held = {(r.what, r.page, r.reason, r.negotiable): None for r in found.refused if r.is_held_back}
    return GuardSummary(
        summary=found.summary(),
        allowed=requests(found.allowed),
        refused=requests(found.refused),
        held_back=tuple(
            HeldCall(name=name, page=page, why=why, negotiable=negotiable)
            for name, page, why, negotiable in held
        ),
    )
