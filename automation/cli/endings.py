"""The error of a run that went to its end, and whose dispute is not cancelled all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from automation.aliexpress.answer_parts import ErrorAnswer
from automation.cli.call import this_call
from automation.cli.screen.hints import with_command
from automation.cli.screen.other_call import teach_command
from automation.errors import ErrorCode, ExitCode, Hint
from automation.text import pasted

if TYPE_CHECKING:
    from automation.aliexpress.answer import Answer


_LOOK_LATER: Final = "look at the order in your own browser, or run verify again later"


def cancel_error(answer: Answer, verify: str) -> ErrorAnswer | None:
    """The ``error`` of a cancel that ran to its end without the dispute being cancelled."""
    if answer.exit_code == ExitCode.UNKNOWN_OUTCOME:
        kind = ErrorCode.OUTCOME_UNKNOWN
    elif answer.exit_code == ExitCode.FAILED:
        kind = ErrorCode.TOKEN_EXPIRED if answer.answer == "token" else ErrorCode.SITE_REFUSED
    else:
        return None
    return ErrorAnswer(
        code=kind,
        message=answer.reason,
        hint=next_step(answer, verify),
        evidence=answer.receipt_page or "",
    )


def next_step(answer: Answer, verify: str) -> str:
    """What to do after a cancel that was not done."""
    if answer.outcome == "unknown" and answer.new_status_unknown:
        teach = teach_command(answer.order or "")
        return f"do not try again; show what the new status means with {pasted(teach)}, then run {pasted(verify)}"
    if answer.outcome == "unknown":
        return f"do not try again; run {pasted(verify)}"
    if answer.answer == "token":
        what = "plan" if (answer.consent or "").startswith("plan ") else "command"
        return f"run the {what} again, with a fresh token"
    return "look at the dispute in your own browser"


def verify_error(answer: Answer) -> ErrorAnswer | None:
    """The ``error`` of a dispute that is not cancelled, or not known to be."""
    if answer.exit_code == ExitCode.OK:
        return None
    known = answer.exit_code == ExitCode.FAILED
    return ErrorAnswer(
        code=ErrorCode.NOT_CANCELLED if known else ErrorCode.OUTCOME_UNKNOWN,
        message=answer.reason,
        hint="look at the dispute in your own browser" if known else after_verify(answer),
        evidence=answer.receipt_page or "",
    )


def after_verify(answer: Answer) -> str:
    """What to do after a ``verify`` whose outcome is not known, or whose journal is lost."""
    if answer.verify_command:
        return f"run {pasted(answer.verify_command)}"
    # While the record of earlier requests is lost, verifying again does not help.
    if answer.journal_problem:
        return with_command(Hint.ACCEPT_LOSS, this_call().state_dir)
    return _LOOK_LATER
