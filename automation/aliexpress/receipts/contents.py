"""Turn what a run that sent its request has found into a receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.aliexpress.found import Kept
from automation.aliexpress.receipts.face import DisputeReceipt, face_of
from automation.aliexpress.targets import ids_of, order_of
from automation.engine.receipts import (
    GuardedRequest,
    GuardSummary,
    ReceiptFinding,
    SiteAnswer,
    Step,
    settle_receipt,
    write_receipt,
)
from automation.errors import ToolError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from automation.aliexpress.found import Found
    from automation.aliexpress.plan import Plan
    from automation.aliexpress.request import Request
    from automation.aliexpress.running import Run
    from automation.engine.guard import GuardReport, RequestRecord
    from automation.engine.journal import Attempt, StoredPlan
    from automation.engine.outcome import Outcome

RECEIPTS = "receipts"


def keep_receipt(run: Run, state_dir: Path, now: datetime) -> Kept:
    """Write the receipt of a run, if its request was sent; a problem changes no outcome."""
    found = run.found
    if not run.request_left or found.plan is None or found.attempt is None:
        return Kept()
    receipt = _receipt(run, found.plan, found.attempt, now)
    return _kept(lambda: write_receipt(state_dir / RECEIPTS, receipt, face_of(receipt)))


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
    receipt = DisputeReceipt(
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
    return _kept(lambda: settle_receipt(request.state_dir / RECEIPTS, receipt, face_of))


def _receipt(run: Run, plan: Plan, attempt: int, now: datetime) -> DisputeReceipt:
    found, end = run.found, run.found.end
    permit, reply = found.confirmed.permit, found.replied
    answer = permit.answer if permit else None
    return DisputeReceipt(
        attempt=attempt,
        created=now,
        order_id=run.order_id or "",
        dispute_id=plan.reverse_line_id,
        line_id=plan.trade_line_id,
        item=plan.item,
        amount=plan.amount,
        offers=plan.offers,
        status_before=plan.status_words,
        outcome=end.outcome.value,
        reason=end.reason,
        verdict=found.advice.verdict.value if found.advice else None,
        findings=_findings(found),
        buyer_says=plan.buyer_says,
        accepted_risks=plan.accepted_risks,
        accepted_warnings=tuple(warning.words for warning in found.confirmed.warnings),
        plan_digest=plan.digest,
        consent=found.consent,
        guard=_guard(run.guard.report()) if run.guard else GuardSummary(),
        steps=tuple(
            Step(name=step.step.value, page=step.page, seconds=step.seconds) for step in run.steps
        ),
        answer=SiteAnswer(status=answer.status, ret=reply.reply if reply else "")
        if answer is not None and answer.status is not None
        else None,
        verified_by=(end.reason,) if end.outcome.value != "unknown" else (),
        refile_by=found.advice.refile_by if found.advice else None,
        verify_command=run.verify_command,
    )


def _findings(found: Found) -> tuple[ReceiptFinding, ...]:
    return tuple(
        ReceiptFinding(
            rule=finding.rule,
            severity=finding.severity.value,
            meaning=finding.meaning,
            instead=finding.instead,
            source=finding.source,
        )
        for finding in (found.advice.findings if found.advice else ())
    )


def _guard(found: GuardReport) -> GuardSummary:
    def requests(records: tuple[RequestRecord, ...]) -> tuple[GuardedRequest, ...]:
        kept = {(r.method, r.what, r.reason): r for r in records if r.kind != "asset"}
        return tuple(
            GuardedRequest(method=method, target=what, why=why) for method, what, why in kept
        )

    return GuardSummary(
        summary=found.summary(), allowed=requests(found.allowed), refused=requests(found.refused)
    )
