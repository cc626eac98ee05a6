from __future__ import annotations

import pytest

from automation.aliexpress.answer import Answer, HeldAtPermitAnswer, WarningAnswer
from automation.aliexpress.answer_parts import GuardAnswer, RequestAnswer
from automation.cli.screen.output import emit_error
from automation.cli.screen.render import guard_words, show_dry_run, show_outcome, show_stopped
from automation.engine.outcome import Outcome
from automation.errors import ErrorCode, ToolError
from rules import Reason, Verdict
from tests.cli.screen.advised import NOW, advice_on
from tests.cli.screen.long_words import PLAN

PLEA = advice_on(
    buyer_reason=Reason.WAIT_LONGER,
    item_received=False,
    seller_messages=("Cancel the dispute, I pay by PayPal.",),
)


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


@pytest.mark.parametrize(
    ("loss", "says"),
    [
        ((True, False), "treat this cancel as final"),
        ((False, False), "the site said more than its question; read it above"),
    ],
)
def test_only_a_warning_of_a_loss_makes_a_cancel_final(
    capsys: pytest.CaptureFixture[str], loss: tuple[bool, ...], says: str
) -> None:
    """GIVEN a cancel after more than a question THEN it is called final only if the buyer may lose by it."""
    warnings = tuple(
        WarningAnswer(words="We value your feedback.", digest=f"{number:012x}", means_loss=each)
        for number, each in enumerate(loss)
    )
    answer = Answer(command="cancel", order="8", outcome=Outcome.DONE, warnings=warnings)

    show_outcome(answer, NOW, "")

    shown = capsys.readouterr().out
    assert says in " ".join(shown.split())
    assert ("final" in shown) is any(loss)


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


def test_a_refusal_is_three_lines_and_what_was_sent(capsys: pytest.CaptureFixture[str]) -> None:
    """GIVEN a refusal THEN verdict, reason and step, and the error repeats none of them."""
    error = ToolError(
        f"refused by seller-promise: {PLEA.findings[0].meaning}",
        code=ErrorCode.REFUSED,
        hint="keep the dispute open, or accept the risk with --accept-risk seller-promise",
    )
    error.claim = "nothing was sent"
    answer = Answer.model_validate(
        {**PLEA.as_json(), "command": "cancel", "outcome": Outcome.NOT_DONE}
    )

    show_stopped(answer, error, NOW)
    emit_error(error, ["cancel"], as_json=False, command="cancel")

    told = capsys.readouterr()
    first, why, step, blank, *_ = told.out.splitlines()
    assert (first.split()[0], blank) == ("BLOCK", "")
    assert (why[:5], step[:5]) == ("Why: ", "Next:")
    assert "PayPal" in why
    shown = told.err.splitlines()
    assert [line.split("(")[0].strip() for line in shown if line] == [
        "dispute-guard: refused by seller-promise",
        "nothing was sent",
    ]
    assert error.as_json()["message"].startswith("refused by seller-promise: ")


def test_how_to_teach_a_status_is_the_next_step(capsys: pytest.CaptureFixture[str]) -> None:
    """GIVEN a refusal whose hint teaches something THEN that is the step, not a general advice."""
    error = ToolError(
        "refused by x: y", code=ErrorCode.REFUSED, hint="put this line into site.toml"
    )
    answer = Answer.model_validate(
        {**PLEA.as_json(), "command": "cancel", "outcome": Outcome.NOT_DONE}
    )

    show_stopped(answer, error, NOW)

    assert "Next: put this line into site.toml" in capsys.readouterr().out


def request_of(kind: str, count: int) -> RequestAnswer:
    """Equal requests of a kind."""
    return RequestAnswer(
        request="/h5/x", host="h", method="POST", kind=kind, reason="why", count=count
    )


@pytest.mark.parametrize(
    ("guard", "words"),
    [
        (GuardAnswer(), "nothing that changes anything was let through"),
        (
            GuardAnswer(
                allowed=(request_of("read", 4), request_of("page", 3), request_of("asset", 9)),
                refused=(
                    request_of("telemetry", 6),
                    request_of("unknown", 1),
                    request_of("asset", 5),
                ),
            ),
            "nothing that changes anything was let through, 7 other requests held back",
        ),
        (
            GuardAnswer(
                allowed=(request_of("read", 4), request_of("write", 1)),
                refused=(request_of("foreign", 1),),
                sent_by="playwright",
            ),
            "1 change let through by Playwright's own client, 1 other request held back",
        ),
        (GuardAnswer(allowed=(request_of("unknown", 1),)), "1 change let through"),
    ],
    ids=["none", "reads", "cancel", "cancel without a word"],
)
def test_the_guard_is_told_without_its_own_words(guard: GuardAnswer, words: str) -> None:
    """GIVEN what the guard judged THEN what changed anything, and how much was held back."""
    assert guard_words(guard) == words


def test_a_dry_run_says_where_its_receipt_is(capsys: pytest.CaptureFixture[str]) -> None:
    """GIVEN a dry run THEN the path of its receipt stands before the last words."""
    answer = Answer(
        command="cancel",
        outcome=Outcome.NOT_DONE,
        verdict=Verdict.ALLOW,
        plan=PLAN,
        receipt_page="/state/receipts/x/receipt.html",
    )

    show_dry_run(answer, NOW, "verify first", quiet=False)

    shown = capsys.readouterr().out
    assert "  receipt: /state/receipts/x/receipt.html\n\nDry run: nothing was sent" in shown


@pytest.mark.parametrize(
    ("problems", "told"),
    [
        ({}, ""),
        ({"journal_problem": "no space"}, "there is no attempt and no receipt: no space"),
        ({"journal_problem": "no space", "attempt": 3}, "its end is not in the journal: no space"),
        (
            {"receipt_problem": "could not write the receipt", "attempt": 3},
            "could not write the receipt",
        ),
    ],
)
def test_a_stopped_run_says_what_could_not_be_kept(
    capsys: pytest.CaptureFixture[str], problems: dict[str, object], told: str
) -> None:
    """GIVEN a run that was stopped THEN it says what is missing in the journal, or that no receipt is there."""
    answer = Answer.model_validate({"command": "cancel", "outcome": Outcome.NOT_DONE, **problems})

    show_stopped(answer, ToolError("so", code=ErrorCode.PAGE_LOST), NOW)

    assert capsys.readouterr().err.strip() == told
