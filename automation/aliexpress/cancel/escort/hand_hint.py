"""Which ends of a run name the buyer's own hand as the next step."""

from __future__ import annotations

from typing import Final

from automation.aliexpress.plan.order_number import TEACH_IT
from automation.errors import ErrorCode, ExitCode, ToolError

# Ends of a run with exit 5 after which the buyer's own hand can go on.
_A_HAND_HELPS: Final = frozenset(
    {
        ErrorCode.NO_SINGLE_TARGET,
        ErrorCode.TARGET_COVERED,
        ErrorCode.DIALOG_NOT_RECOGNISED,
        ErrorCode.DIALOG_WANTS_REASON,
        ErrorCode.WORDS_UNVERIFIED,
        ErrorCode.LANGUAGE_UNKNOWN,
        ErrorCode.DISPUTE_NOT_REACHED,
        ErrorCode.PAGE_NOT_RECOGNISED,
    }
)


def point_to_a_hand(error: ToolError, *, by_hand: bool, words_only: bool = True) -> None:
    """Name the next step of a page that was not recognised: the buyer's own hand.

    Args:
        by_hand: the run had that already, so only teaching is left.
        words_only: only the words of a dialog are unknown; no one confirms a dialog that is
            certainly about something else.
    """
    if error.code is ErrorCode.DIALOG_NOT_RECOGNISED and not words_only:
        return
    if error.exit_code is not ExitCode.PAGE_NOT_RECOGNISED or error.code not in _A_HAND_HELPS:
        return
    way = "run it again with --by-hand to press Cancel Request yourself, under guard"
    if by_hand:
        way = f"show it what it does not know with {TEACH_IT}"
    error.hint = f"{error.hint}; or {way}" if error.hint else way
