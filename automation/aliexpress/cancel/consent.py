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
    from automation.aliexpress.cancel.dossier import Dossier, Prepared
    from automation.aliexpress.plan.site_warnings import UnseenWarningsError


async def agree(dossier: Dossier, prepared: Prepared) -> Consented:
    """Get consent: to the stored plan, if it is still the same, or at the terminal.

    After a hand-over, consent to the very same plan still counts.
    """
    with dossier.run.step(Step.CONSENT) as running:
        running.page = "you"
        if dossier.agreed.plan is not None:
            _check_same(prepared.plan, dossier.agreed.plan.digest, dossier.agreed.plan.kept())
            running.note = dossier.agreed.how
            return Consented(f"{dossier.agreed.how}{_pressed_by(dossier)}")
        if dossier.stored is not None:
            _check_same(prepared.plan, dossier.stored.digest, dossier.stored.document)
            running.note = dossier.request.agreed or f"plan {dossier.stored.digest}"
        else:
            await _ask(dossier, prepared)
            running.note = "typed at the terminal"
    dossier.log.record(Event.CONSENTED, how=running.note)
    dossier.agreed.plan, dossier.agreed.how = prepared.plan, running.note
    return Consented(f"{running.note}{_pressed_by(dossier)}")


async def accept_warnings(dossier: Dossier, unseen: UnseenWarningsError, plan: Plan) -> str:
    """Ask the buyer about the dialog's warnings, and say what they did.

    Raises:
        ToolError: there is no terminal to ask at (exit 7), or the buyer says no (exit 6).
    """
    ask = dossier.request.confirm_warnings
    if ask is None:
        raise unseen
    with dossier.run.step(Step.CONSENT) as running:
        running.page = "you"
        with dossier.run.waiting_for_human():
            accepted = await ask(unseen.warnings, plan)
        if not accepted:
            raise _declined(
                "the site's warning was not accepted",
                "run the command again, and read the warning before you type yes",
            )
        running.note = "the site's warning accepted"
    return running.note


async def _ask(dossier: Dossier, prepared: Prepared) -> None:
    ask, by_hand = dossier.request.consent, dossier.request.escort is not None
    at_window = asking_at_terminal(dossier.walk.page.context) if by_hand else nullcontext()
    with dossier.run.waiting_for_human():
        async with at_window:
            agreed = ask is not None and await ask(prepared.plan, prepared.advice)
    if not agreed:
        raise not_agreed("this order", expired=prepared.plan.is_expired(dossier.request.now()))


def not_agreed(whose: str, *, expired: bool) -> ToolError:
    """The end of a question without consent: its plan expired meanwhile, or other digits or none were typed.

    Args:
        whose: the order whose digits were asked for, in words.
    """
    if expired:
        return StalePlanError("the plan expired before you agreed to it")
    return _declined(
        f"consent not given: the digits of {whose} were not typed",
        "run the command again, and type the group before the last one",
    )


def _declined(what: str, hint: str) -> ToolError:
    return ToolError(what, code=ErrorCode.DECLINED, exit_code=ExitCode.DECLINED, hint=hint)


def _pressed_by(dossier: Dossier) -> str:
    """For the consent: who presses, if it is not the tool."""
    if dossier.request.escort is None:
        return ""
    from automation.aliexpress.cancel.escort.by_hand import PRESSED_BY_HAND  # noqa: PLC0415

    return f"; {PRESSED_BY_HAND}"


def _check_same(plan: Plan, digest: str, document: dict[str, object]) -> None:
    """Require the digest that the buyer consented to."""
    if plan.digest != digest:
        raise StalePlanError("the plan is stale", differences(document, plan))
