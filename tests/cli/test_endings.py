"""The error of a run that went to its end without the dispute being cancelled."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from automation.cli import endings
from automation.cli.endings import cancel_error, next_step, verify_error
from automation.errors import ErrorCode, ExitCode

VERIFY = "dispute-guard verify 8194370215560042"


def answer(exit_code: ExitCode, **more: object) -> Any:  # noqa: ANN401  an answer
    """How a run ended."""
    given = {
        "answer": None, "reason": "why", "receipt_page": "receipt.html", "outcome": "not_done",
        "new_status_unknown": False, "order": "8194370215560042", "consent": None,
        "journal_problem": None, "verify_command": None,
    }  # fmt: skip
    return SimpleNamespace(exit_code=exit_code, **{**given, **more})


@pytest.mark.parametrize(
    ("exit_code", "said", "code"),
    [
        (ExitCode.OK, None, None),
        (ExitCode.REFUSED, None, None),
        (ExitCode.FAILED, None, ErrorCode.SITE_REFUSED),
        (ExitCode.FAILED, "token", ErrorCode.TOKEN_EXPIRED),
        (ExitCode.UNKNOWN_OUTCOME, None, ErrorCode.OUTCOME_UNKNOWN),
        (ExitCode.UNKNOWN_OUTCOME, "token", ErrorCode.OUTCOME_UNKNOWN),
    ],
)
def test_the_error_of_a_cancel(
    exit_code: ExitCode, said: str | None, code: ErrorCode | None
) -> None:
    """GIVEN a run to its end THEN an error if it failed or is unknown, with the receipt as evidence."""
    error = cancel_error(answer(exit_code, answer=said), VERIFY)

    assert (error.code if error else None) == code
    assert error is None or (error.message, error.evidence) == ("why", "receipt.html")


@pytest.mark.parametrize(
    ("more", "hint"),
    [
        ({"outcome": "unknown"}, f"do not try again; run '{VERIFY}'"),
        ({"answer": "token"}, "run the command again, with a fresh token"),
        (
            {"answer": "token", "consent": "plan 0123456789ab"},
            "run the plan again, with a fresh token",
        ),
        ({}, "look at the dispute in your own browser"),
    ],
)
def test_what_to_do_next(more: dict[str, object], hint: str) -> None:
    """GIVEN an end THEN the next step; after an unknown one that is never another cancel."""
    assert next_step(answer(ExitCode.FAILED, **more), VERIFY) == hint


def test_a_new_status_is_shown_before_it_is_verified(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN an unknown outcome because of an unknown status THEN teach comes first."""
    monkeypatch.setattr(endings, "teach_command", lambda order: f"teach {order}")
    unknown = answer(ExitCode.UNKNOWN_OUTCOME, outcome="unknown", new_status_unknown=True)
    hint = next_step(unknown, VERIFY)

    assert hint.startswith("do not try again")
    assert hint.index("teach 8194370215560042") < hint.index(VERIFY)


@pytest.mark.parametrize(
    ("exit_code", "more", "code", "hint"),
    [
        (ExitCode.FAILED, {}, ErrorCode.NOT_CANCELLED, "look at the dispute"),
        (ExitCode.UNKNOWN_OUTCOME, {}, ErrorCode.OUTCOME_UNKNOWN, "run verify again later"),
        (ExitCode.UNKNOWN_OUTCOME, {"verify_command": VERIFY}, ErrorCode.OUTCOME_UNKNOWN, f"run '{VERIFY}'"),
        (ExitCode.UNKNOWN_OUTCOME, {"journal_problem": "lost"}, ErrorCode.OUTCOME_UNKNOWN, "--accept-lost-journal"),
    ],
)  # fmt: skip
def test_the_error_of_a_verify(
    exit_code: ExitCode, more: dict[str, object], code: ErrorCode, hint: str
) -> None:
    """GIVEN a dispute that is not cancelled, or not known to be THEN which, and what helps."""
    error = verify_error(answer(exit_code, **more))

    assert error is not None
    assert error.code == code
    assert hint in (error.hint or "")
    assert verify_error(answer(ExitCode.OK)) is None
