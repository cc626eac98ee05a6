from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from automation.aliexpress.answer import (
    Advised,
    Answer,
    HeldAtPermitAnswer,
    WarningAnswer,
    advised,
)
from automation.cli.render import refile_line, show_advice, show_stopped
from automation.engine.outcome import Outcome
from automation.errors import ErrorCode, ToolError
from rules import Facts, Reason, Verdict, advise

NOW = datetime(2026, 11, 1, tzinfo=UTC)
JUNE = datetime(2026, 6, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "is_safe"),
    [("waiting_seller", True), ("mediating", False), ("seller_responded", False)],
)
def test_nothing_that_gives_something_up_is_called_safe(
    capsys: pytest.CaptureFixture[str], status: str, is_safe: bool
) -> None:
    """GIVEN a running mediation or an offer THEN the headline does not say "safe to cancel"."""
    advice = advise(
        Facts(
            now=NOW,
            dispute_status=status,
            buyer_reason=Reason.PACKAGE_ARRIVED,
            item_received=True,
            item_verified=True,
            protection_deadline="2026-12-15T00:00:00Z",
            account_role="buyer",
            open_disputes_in_order=1,
            edits_used=1,
            visible_buttons=("Cancel Request",),
        )
    )

    show_advice(advised(advice), NOW)

    assert advice.verdict is Verdict.ALLOW, advice
    assert ("safe to cancel" in capsys.readouterr().out) is is_safe


@pytest.mark.parametrize(
    ("refile_by", "says"),
    [
        (None, "latest time to file again: unknown (no protection deadline is known)"),
        (JUNE, "you can no longer file again: that ended "),
        (JUNE - timedelta(days=2), "you can no longer file again: that ended Mon 8 Jun 2026"),
        (JUNE + timedelta(days=2, seconds=1), "latest time to file again, not a promise: Fri 12"),
    ],
    ids=["unknown", "now", "past", "ahead"],
)
def test_the_time_to_file_again_is_never_a_promise(refile_by: datetime | None, says: str) -> None:
    """GIVEN an unknown, past or coming time THEN the line says just that."""
    line = refile_line(Advised(refile_by=refile_by.isoformat() if refile_by else None), JUNE)

    assert line.startswith(says)
    assert ("left" in line) == line.startswith("latest time to file again, not a promise")


def test_only_warnings_that_were_not_accepted_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """GIVEN two warnings of which one was accepted THEN the other one stands above the error."""
    warnings = (
        WarningAnswer(words="one", digest="a" * 12),
        WarningAnswer(words="two", digest="b" * 12),
    )
    answer = Answer(command="cancel", outcome=Outcome.NOT_DONE, warnings=warnings)
    error = ToolError("it warns", code=ErrorCode.WARNINGS_NOT_ACCEPTED)

    show_stopped(answer, error, NOW, accepted=frozenset({"a" * 12}))

    shown = capsys.readouterr().err
    assert "bbbbbbbbbbbb  two" in shown
    assert "one" not in shown


def test_what_was_held_back_is_shown_if_nothing_was_sent(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """GIVEN a confirm that sent nothing THEN what the page wanted to send; else not (control)."""
    held = HeldAtPermitAnswer(
        request="POST mtop.cancel (id) on /dispute", why="not known to be a read"
    )
    answer = Answer(command="cancel", outcome=Outcome.NOT_DONE, held_at_permit=(held,))

    for code, shown in ((ErrorCode.NOTHING_SENT, True), (ErrorCode.PAGE_LOST, False)):
        show_stopped(answer, ToolError("so", code=code), NOW)
        assert ("held back: POST mtop.cancel" in capsys.readouterr().err) is shown
