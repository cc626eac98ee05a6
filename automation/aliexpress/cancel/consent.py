"""The buyer's consent: to the plan, and to what the site's dialog warns of."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from automation.aliexpress.answer import Step
from automation.aliexpress.found import Consented
from automation.aliexpress.plan.plan import Plan, StalePlanError, differences
from automation.aliexpress.walk.notice import asking_at_terminal
from automation.engine.journal import Event
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from automation.aliexpress.cancel.case import Case, Prepared
    from automation.aliexpress.plan.site_warnings import UnseenWarningsError


async def agree(case: Case, prepared: Prepared) -> Consented:
    """Get consent: to the stored plan, if it is still the same, or at the terminal.

    After a hand-over, consent to the very same plan still counts.
    """
    with case.run.step(Step.CONSENT) as running:
        running.page = "you"
        if case.agreed.plan is not None:
            _check_same(prepared.plan, case.agreed.plan.digest, case.agreed.plan.kept())
            running.note = case.agreed.how
            return Consented(f"{case.agreed.how}{_pressed_by(case)}")
        if case.stored is not None:
            _check_same(prepared.plan, case.stored.digest, case.stored.document)
            running.note = case.request.agreed or f"plan {case.stored.digest}"
        else:
            await _ask(case, prepared)
            running.note = "typed at the terminal"
    case.log.record(Event.CONSENTED, how=running.note)
    case.agreed.plan, case.agreed.how = prepared.plan, running.note
    return Consented(f"{running.note}{_pressed_by(case)}")


async def accept_warnings(case: Case, unseen: UnseenWarningsError, plan: Plan) -> str:
    """Ask the buyer about the dialog's warnings, and say what they did.

    Raises:
        ToolError: there is no terminal to ask at (exit 7), or the buyer says no (exit 6).
    """
    ask = case.request.confirm_warnings
    if ask is None:
        raise unseen
    with case.run.step(Step.CONSENT) as running:
        running.page = "you"
        with case.run.waiting_for_human():
            accepted = await ask(unseen.warnings, plan)
        if not accepted:
            raise ToolError(
                "the site's warning was not accepted",
                code=ErrorCode.DECLINED,
                exit_code=ExitCode.DECLINED,
                hint="run the command again, and read the warning before you type yes",
            )
        running.note = "the site's warning accepted"
    return running.note


async def _ask(case: Case, prepared: Prepared) -> None:
    ask, by_hand = case.request.consent, case.request.escort is not None
    at_window = asking_at_terminal(case.walk.page.context) if by_hand else nullcontext()
    with case.run.waiting_for_human():
        async with at_window:
            agreed = ask is not None and await ask(prepared.plan, prepared.advice)
    if not agreed:
        raise ToolError(
            "consent not given: the digits did not match",
            code=ErrorCode.DECLINED,
            exit_code=ExitCode.DECLINED,
            hint="run the command again, and type the group before the last one",
        )


def _pressed_by(case: Case) -> str:
    """For the consent: who presses, if it is not the tool."""
    if case.request.escort is None:
        return ""
    from automation.aliexpress.cancel.escort.by_hand import PRESSED_BY_HAND  # noqa: PLC0415

    return f"; {PRESSED_BY_HAND}"


def _check_same(plan: Plan, digest: str, document: dict[str, object]) -> None:
    """Require the digest that the buyer consented to."""
    if plan.digest != digest:
        raise StalePlanError("the plan is stale", differences(document, plan))
