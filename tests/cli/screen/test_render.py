from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from automation.aliexpress.advice_answer import Advised, advised
from automation.aliexpress.answer import Answer, HeldAtPermitAnswer, WarningAnswer
from automation.aliexpress.answer_parts import GuardAnswer, RequestAnswer
from automation.cli.screen.advice import (
    answer_line,
    short_reason,
    show_advice,
    show_brief,
    show_short_advice,
)
from automation.cli.screen.output import emit_error
from automation.cli.screen.render import guard_words, show_dry_run, show_stopped
from automation.engine.outcome import Outcome
from automation.errors import ErrorCode, ToolError
from rules import Facts, Reason, Verdict, advise, advise_on_words
from tests.cli.screen.long_words import PLAN

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


def advice_on(**facts: object) -> Advised:
    """What the rules say about some facts on good pages."""
    known = Facts(
        now=NOW,
        dispute_status="waiting_seller",
        protection_deadline="2026-12-15T00:00:00Z",
        account_role="buyer",
        open_disputes_in_order=1,
        visible_buttons=("Cancel Request",),
    )
    return advised(advise(known.updated(**facts)))


PLEA = advice_on(
    buyer_reason=Reason.WAIT_LONGER,
    item_received=False,
    seller_messages=("Cancel the dispute, I pay by PayPal.",),
)


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
    emit_error(error, ["cancel"], as_json=False)

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


def test_a_full_explanation_says_each_sentence_once(capsys: pytest.CaptureFixture[str]) -> None:
    """GIVEN two findings that share a sentence THEN it stands there once, and both rules."""
    advice = advice_on(
        buyer_reason=Reason.MONEY_RECEIVED_OFF_PLATFORM, seller_messages=("I pay by PayPal.",)
    )
    shared = "AliExpress does not enforce payments made elsewhere"
    assert sum(shared in finding.meaning for finding in advice.findings) == 2

    show_advice(advice, NOW)

    told = " ".join(capsys.readouterr().out.split())
    assert told.count(shared) == 1
    assert all(told.count(finding.rule) for finding in advice.findings)


def test_the_reason_is_a_known_fact_before_a_missing_one() -> None:
    """GIVEN a promise and an unknown deadline, both blocks THEN the promise is the reason."""
    facts = advice_on(
        buyer_reason=Reason.SELLER_PROMISED, item_received=False, protection_deadline=None
    )
    assert {f.rule for f in facts.findings if f.severity == "block"} > {"deadline-unknown"}

    assert short_reason(facts).startswith("Your reason is only a promise")


def test_money_outside_is_named_whatever_the_reason() -> None:
    """GIVEN an offer by PayPal beside a worse finding THEN it is still named; else not (control)."""
    offer = ("I pay you by PayPal.",)
    final = advice_on(dispute_status="final_decision", seller_messages=offer)

    assert "closed for good" in short_reason(final)
    assert short_reason(final).endswith("Money outside AliExpress was offered (PayPal).")
    assert "PayPal" not in short_reason(advice_on(dispute_status="final_decision"))


def test_what_gives_nothing_to_decide_is_no_advice_against_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """GIVEN two disputes and none named THEN the headline asks for one."""
    show_brief(advice_on(open_disputes_in_order=2, target_specified=False))

    assert "say first which dispute you mean" in capsys.readouterr().out


def test_options_are_named_beside_the_advice_and_only_in_full(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """GIVEN what the buyer has not said THEN an action, and with --explain the option that says it."""
    advice = advice_on(buyer_reason=Reason.PACKAGE_ARRIVED, item_received=True)

    show_brief(advice)
    brief = capsys.readouterr().out
    show_advice(advice, NOW)
    full = capsys.readouterr().out

    assert "Open it and try it out" in brief
    assert "--" not in brief
    assert "To say so: --checked" in full


def test_advice_without_pages_offers_to_read_them(capsys: pytest.CaptureFixture[str]) -> None:
    """GIVEN a verdict that hangs on what pages show THEN the command that reads them, if none was named."""
    advice = advised(advise_on_words(Facts(now=JUNE, buyer_reason=Reason.FILED_BY_MISTAKE)))

    show_short_advice(advice)
    without = capsys.readouterr().out
    show_short_advice(advice, "8190000000000001")

    assert "'dispute-guard advise ORDER' reads the pages for you" in " ".join(without.split())
    assert "advise ORDER" not in capsys.readouterr().out


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
    ("status", "answer_by", "says"),
    [
        (
            "seller_responded",
            JUNE + timedelta(days=2),
            "the site waits for your answer until Fri 12 Jun",
        ),
        ("seller_responded", None, "the page shows no date for it, so answer soon"),
        ("waiting_seller", JUNE + timedelta(days=2), ""),
    ],
    ids=["a date", "no date", "it waits for the seller"],
)
def test_the_time_to_answer_is_said_where_the_site_waits_for_it(
    status: str, answer_by: datetime | None, says: str
) -> None:
    """GIVEN a dispute that waits for the buyer THEN until when, or that no page shows it."""
    line = answer_line(status, answer_by.isoformat() if answer_by else None, JUNE)

    assert says in line
    assert bool(line) is bool(says)


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
