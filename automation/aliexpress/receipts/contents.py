"""Turn what a run has found into a receipt."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from automation.aliexpress.answer import Step as RunStep
from automation.aliexpress.found import Kept
from automation.aliexpress.plan.said import buyer_says
from automation.aliexpress.plan.targets import ids_of, order_of
from automation.aliexpress.receipts.face import DisputeReceipt, face_of
from automation.engine.receipts import (
    GuardedRequest,
    GuardSummary,
    HeldCall,
    ReceiptFinding,
    SiteAnswer,
    Step,
    StepPicture,
    Stop,
    prune_receipts,
    settle_receipt,
    write_receipt,
)
from automation.engine.receipts.evidence import FOLDER
from automation.engine.receipts.writing import PAGE
from automation.errors import ToolError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from automation.aliexpress.found import Found
    from automation.aliexpress.plan.plan import Plan
    from automation.aliexpress.request import Request
    from automation.aliexpress.running import Run
    from automation.aliexpress.walk.album import Album
    from automation.engine.guard import GuardReport, RequestRecord
    from automation.engine.journal import Attempt, StoredPlan
    from automation.engine.outcome import Outcome

RECEIPTS: Final = FOLDER
_STEPS: Final = {
    RunStep.WORDS: "Checked what you said",
    RunStep.BROWSER: "Opened a browser under the guard",
    RunStep.HAND_OVER: "Waited for you at the window",
    RunStep.MY_ORDERS: "Read My Orders",
    RunStep.ORDER_DETAILS: "Read Order Details",
    RunStep.DISPUTE_PAGE: "Read the dispute page",
    RunStep.ADVISE: "Checked the rules",
    RunStep.TRIAL_CLICK: "Found Cancel Request, without clicking it",
    RunStep.PLAN: "Made a plan",
    RunStep.CONSENT: "You agreed",
    RunStep.REREAD: "Read the dispute page once more",
    RunStep.INTENT: "Wrote the plan to disk",
    RunStep.CANCEL_REQUEST: "Pressed Cancel Request",
    RunStep.CONFIRM: "Confirmed in the site's dialog",
    RunStep.VERIFY: "Looked at freshly loaded pages",
    RunStep.RECEIPT: "Wrote this receipt",
    RunStep.FINISHED: "Finished",
}
_BY_HAND: Final = {
    RunStep.CANCEL_REQUEST: "You pressed Cancel Request",
    RunStep.CONFIRM: "You confirmed",
}
_SENDERS: Final = {"browser": "the browser itself", "playwright": "Playwright's own client"}


def keep_receipt(
    run: Run, request: Request, version: str, exit_code: int, error: ToolError | None = None
) -> Kept:
    """Write the receipt of an attempt; a problem changes no outcome.

    Args:
        error: what ended it.
    """
    attempt = run.found.attempt
    if attempt is None:
        return Kept()

    def write() -> Path:
        receipt = _receipt(run, request, attempt, version, exit_code, error)
        pictures = _pictures(run.album)
        folder = request.state_dir / RECEIPTS
        path = write_receipt(folder, receipt, face_of(receipt), pictures)
        if request.keep_receipts is not None:
            prune_receipts(folder, request.keep_receipts, spare=(path,))
        return path

    return _kept(write)


def _kept(write: Callable[[], Path]) -> Kept:
    try:
        folder = write()
    except ToolError as error:
        return Kept(problem=error.message)
    except Exception as fault:  # noqa: BLE001  nothing is clicked here, and the outcome is known
        return Kept(problem=f"could not write the receipt ({type(fault).__name__})")
    return Kept(folder, folder / PAGE)


def _pictures(album: Album | None) -> tuple[StepPicture, ...]:
    return tuple(StepPicture(*each) for each in album.pictures()) if album else ()


def keep_settlement(
    attempt: Attempt,
    plan: StoredPlan | None,
    outcome: Outcome,
    how: str,
    request: Request,
    album: Album | None = None,
) -> Kept:
    """Write the outcome of a settled attempt into its receipt, or into its first one.

    Args:
        plan: the plan that it carried out, if the journal has it.
        album: pictures of the look that settled it.
    """
    known, ids = plan.document if plan else {}, ids_of(attempt)

    def write() -> Path:
        told = {
            "attempt": attempt.id,
            "created": attempt.started,
            "settled": request.now(),
            "order_id": order_of(attempt),
            "dispute_id": ids.reverse_line_id,
            "line_id": ids.trade_line_id,
            "amount": known.get("amount", ""),
            "status_before": known.get("status_words", ""),
            "verdict": known.get("verdict"),
            "accepted_risks": known.get("accepted_risks", ()),
            "refile_by": known.get("refile_by"),
            "plan_digest": plan.digest if plan else None,
            "outcome": outcome.value,
            "reason": how,
            "verified_by": how,
        }
        receipt = DisputeReceipt.model_validate(told | _place(request))
        folder = request.state_dir / RECEIPTS
        return settle_receipt(folder, receipt, face_of, _pictures(album))

    return _kept(write)


def _receipt(
    run: Run,
    request: Request,
    attempt: int,
    version: str,
    exit_code: int,
    error: ToolError | None,
) -> DisputeReceipt:
    found, end = run.found, run.found.end
    told = {
        "attempt": attempt,
        "created": request.now(),
        "version": version,
        "order_id": run.order_id or "",
        "outcome": end.outcome.value,
        "reason": end.reason,
        "dry_run": request.dry_run,
        "exit_code": int(exit_code),
        "stop": _stop(error),
        "sent": found.sent.words,
        "sent_by": _sent_by(run),
        "verdict": found.advice.verdict.value if found.advice else None,
        "findings": _findings(found),
        "accepted_warnings": tuple(warning.words for warning in found.confirmed.warnings),
        "warned_of_loss": any(warning.means_loss for warning in found.confirmed.warnings),
        "buyer_says": buyer_says(request.said),
        "consent": found.consent,
        "guard": _guard(run.guard.report()) if run.guard else GuardSummary(),
        "steps": _steps(run),
        "answer": _answer(found),
        "verified_by": (end.reason,) if end.verified else (),
        "refile_by": found.advice.refile_by if found.advice else None,
        "verify_command": run.verify_command,
    }
    about = _about(found.plan) if found.plan else {}
    return DisputeReceipt.model_validate(told | about | _place(request))


def _place(request: Request) -> dict[str, object]:
    """Which site it was, and where its page of the order is."""
    addresses = request.addresses
    return {
        "site": "real" if addresses.is_real else "mimic",
        "origin": addresses.origin,
        "order_address": addresses.order_details(request.order_id),
    }


def _about(plan: Plan) -> dict[str, object]:
    """What the request was about."""
    return {
        "dispute_id": plan.reverse_line_id,
        "line_id": plan.trade_line_id,
        "item": plan.item,
        "amount": plan.amount,
        "offers": plan.offers,
        "status_before": plan.status_words,
        "buyer_says": plan.buyer_says,
        "accepted_risks": plan.accepted_risks,
        "plan_digest": plan.digest,
    }


def _answer(found: Found) -> SiteAnswer | None:
    answer = found.confirmed.permit.answer if found.confirmed.permit else None
    if answer is None or answer.status is None:
        return None
    return SiteAnswer(status=answer.status, ret=found.replied.reply if found.replied else "")


def _stop(error: ToolError | None) -> Stop | None:
    if error is None:
        return None
    return Stop(code=error.code, message=error.message, hint=error.hint, evidence=error.evidence)


def _sent_by(run: Run) -> str:
    """Who sent the request, and who pressed; nothing if none was sent."""
    report = run.guard.report() if run.guard else None
    sender = _SENDERS.get(report.sent_by, "") if report else ""
    pressed = "after your own press" if run.found.confirmed.by_hand else ""
    return ", ".join(filter(None, (sender, pressed if sender else "")))


def _steps(run: Run) -> tuple[Step, ...]:
    words = _STEPS | (_BY_HAND if run.found.confirmed.by_hand else {})
    return tuple(
        Step(name=words[each.step], page=each.page, seconds=each.seconds, note=each.note)
        for each in run.steps
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
    held = {(r.what, r.page, r.reason, r.negotiable): None for r in found.refused if r.is_held_back}
    return GuardSummary(
        summary=found.summary(),
        allowed=_requests(found.allowed),
        refused=_requests(found.refused),
        held_back=tuple(
            HeldCall(name=name, page=page, why=why, negotiable=negotiable)
            for name, page, why, negotiable in held
        ),
    )


def _requests(records: tuple[RequestRecord, ...]) -> tuple[GuardedRequest, ...]:
    """Equal requests once, with their count; files of the pages are counted together."""
    counts = Counter(
        ("GET", "(files)", "", "asset")
        if r.kind == "asset"
        else (r.method, r.what, r.reason, "change" if r.permitted else r.kind)
        for r in records
    )
    return tuple(
        GuardedRequest(method=method, target=what, why=why, kind=kind, times=times)
        for (method, what, why, kind), times in counts.items()
    )
