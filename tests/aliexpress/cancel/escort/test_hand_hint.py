"""When a run that stopped names the buyer's own hand."""

from __future__ import annotations

import pytest

from automation.aliexpress.cancel.escort.hand_hint import point_to_a_hand
from automation.errors import ErrorCode, ExitCode, ToolError


def hint_of(
    code: ErrorCode,
    *,
    exit_code: ExitCode = ExitCode.PAGE_NOT_RECOGNISED,
    hint: str = "",
    by_hand: bool = False,
    words_only: bool = True,
) -> str:
    """The hint of an error once the next step is named."""
    error = ToolError("stopped", code=code, exit_code=exit_code, hint=hint)
    point_to_a_hand(error, by_hand=by_hand, words_only=words_only)
    return error.hint


def test_a_hand_is_named_beside_the_first_hint() -> None:
    """GIVEN a page that was not recognised THEN --by-hand, and the first hint stays first."""
    assert hint_of(ErrorCode.TARGET_COVERED).startswith("run it again with --by-hand")
    assert hint_of(ErrorCode.TARGET_COVERED, hint="look").startswith("look; or run it again")


def test_whose_hand_did_it_already_is_told_to_teach() -> None:
    """GIVEN a run by hand THEN only teaching is left."""
    assert "dispute-guard teach" in hint_of(ErrorCode.PAGE_NOT_RECOGNISED, by_hand=True)


@pytest.mark.parametrize(
    ("code", "exit_code"),
    [
        (ErrorCode.CAPTCHA, ExitCode.HUMAN_NEEDED),
        (ErrorCode.PAGE_NOT_RECOGNISED, ExitCode.UNKNOWN_OUTCOME),
        (ErrorCode.NO_DISPUTE, ExitCode.PAGE_NOT_RECOGNISED),
    ],
)
def test_where_a_hand_does_not_help_none_is_named(code: ErrorCode, exit_code: ExitCode) -> None:
    """GIVEN an unknown outcome, or nothing to press THEN no invitation to press anything."""
    assert hint_of(code, exit_code=exit_code) == ""


def test_nobody_is_sent_to_confirm_a_dialog_about_something_else() -> None:
    """GIVEN a dialog that is certainly another one THEN no hand; with unknown words alone, a hand."""
    assert hint_of(ErrorCode.DIALOG_NOT_RECOGNISED, words_only=False) == ""
    assert "--by-hand" in hint_of(ErrorCode.DIALOG_NOT_RECOGNISED)
