"""Why a confirm stops: one error for each cause, with what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from automation.engine.guard.report import RequestRecord

_KEEP_OPEN: Final = (
    "keep the dispute open; do not confirm by hand what you do not understand: "
    "such a dialog can accept a proposal or pay the seller"
)
_YOURSELF: Final = "read the dialog in your own browser, where you can answer truthfully"


def not_confirmed(seen: str) -> ToolError:
    """The dialog is not the known one."""
    return _not_recognised(seen, hint=_KEEP_OPEN)


def wants_input() -> ToolError:
    """The dialog has something to choose or to fill in."""
    return ToolError(
        "the dialog asks for a reason or other input",
        code=ErrorCode.DIALOG_WANTS_REASON,
        exit_code=ExitCode.PAGE_NOT_RECOGNISED,
        hint=_YOURSELF,
    )


def has_frame() -> ToolError:
    """The dialog shows a page of its own, and that is not read."""
    return _not_recognised("the dialog shows a frame whose words cannot be read", hint=_YOURSELF)


def asks_too_often(dialogs: str) -> ToolError:
    """One more question behind the last that is answered."""
    return _not_recognised(f"the site keeps asking{dialogs}", hint=_YOURSELF)


def _not_recognised(seen: str, *, hint: str) -> ToolError:
    return ToolError(
        seen,
        code=ErrorCode.DIALOG_NOT_RECOGNISED,
        exit_code=ExitCode.PAGE_NOT_RECOGNISED,
        hint=hint,
    )


def nothing_sent(held: Sequence[RequestRecord], dialogs: str) -> ToolError:
    """The confirm was clicked, but the page sent nothing that fits the permit.

    Args:
        held: what was held back in its place.
        dialogs: the dialogs that opened after the confirm.
    """
    what = "no request came"
    if held:
        what = f"no request fits the permit; held back: {held[0].in_words}"
    return ToolError(
        f"clicked confirm, but {what}{dialogs}",
        code=ErrorCode.NOTHING_SENT,
        exit_code=ExitCode.FAILED,
        hint=_KEEP_OPEN if dialogs else _how_to_name(held),
    )


def _how_to_name(held: Sequence[RequestRecord]) -> str:
    """How to go on after one call that may be the cancel, but does not say so.

    A call that says something else, or one of several, is never suggested.
    """
    names = {each.what for each in held}
    if len(names) != 1 or any(each.kind != "unknown" or not each.keys for each in held):
        return "check what was held back, or cancel with --by-hand"
    [name] = names
    return (
        f"if you are sure that {name} is the cancel, put this line below [traffic] in your site data "
        f'and make a new plan: permitted_apis = ["{name}"]; or cancel with --by-hand'
    )


def browser_lost() -> ToolError:
    """It is not known what the page could send."""
    return ToolError(
        "the browser was lost during the confirm",
        code=ErrorCode.OUTCOME_UNKNOWN,
        exit_code=ExitCode.UNKNOWN_OUTCOME,
    )


def no_connection(error: str) -> ToolError:
    """The request was never written on a connection."""
    return ToolError(
        f"could not reach the site ({error})",
        code=ErrorCode.NOT_SENT,
        exit_code=ExitCode.FAILED,
        hint="check the connection, then make a new plan",
    )
