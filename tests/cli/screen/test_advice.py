"""Advice as a person reads it: the verdict, why, and what to do next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from automation.aliexpress.advice_answer import advised
from automation.cli.screen.advice import (
    answer_line,
    risks_of,
    short_advice,
    short_reason,
    show_advice,
    show_before_consent,
    show_brief,
    show_reply,
    show_short_advice,
)
from rules import Facts, Reason, Verdict, advise, advise_on_words
from tests.cli.screen.advised import NOW, advice_on

JUNE = datetime(2026, 6, 10, 12, tzinfo=UTC)
ORDER = "8190000000000001"
GOOD = {"buyer_reason": Reason.PACKAGE_ARRIVED, "item_received": True, "item_verified": True}


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


def test_a_safe_cancel_leads_to_a_dry_run(capsys: pytest.CaptureFixture[str]) -> None:
    """GIVEN nothing against it THEN the next step is the dry run of that order, and how long it can wait."""
    show_short_advice(advice_on(**GOOD), ORDER)

    told = " ".join(capsys.readouterr().out.split())
    assert told.startswith("ALLOW safe to cancel")
    assert f"Run 'dispute-guard cancel {ORDER} --dry-run' to see what it would do." in told

    show_short_advice(advice_on(**GOOD), ORDER, f"dispute-guard cancel {ORDER} --site X")
    assert f"Run 'dispute-guard cancel {ORDER} --site X' to see" in capsys.readouterr().out


def test_a_reply_is_one_line_to_copy(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """GIVEN a seller who asks for a cancel THEN a reply that no narrow screen breaks, and only then."""
    monkeypatch.setenv("COLUMNS", "40")
    begged = advice_on(seller_messages=("Cancel the dispute, I pay by PayPal.",))
    assert begged.reply is not None

    show_short_advice(begged)
    assert begged.reply.text in capsys.readouterr().out.splitlines()

    show_reply(advice_on())
    assert capsys.readouterr().out == ""


def test_before_consent_every_risk_is_whole(capsys: pytest.CaptureFixture[str]) -> None:
    """GIVEN risks and mere notes THEN each risk with its rule and meaning; notes by their name."""
    advice = advice_on(
        buyer_reason=Reason.CHANGED_MIND, item_received=False, dispute_status="mediating"
    )
    risks = risks_of(advice)
    assert {"warn", "note"} <= {each.severity for each in risks}, "one risk is a note of a loss"
    notes = [each for each in advice.findings if each not in risks]

    show_before_consent(advice, NOW, explain=False, err=True)

    told = capsys.readouterr()
    words = " ".join(told.err.split())
    assert told.out == ""
    for each in risks:
        assert f"{each.rule}: " in words
        assert " ".join(each.meaning.split())[:60] in words
    assert all(each.rule in words for each in notes)


def test_before_consent_to_a_safe_cancel_there_are_three_lines(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """GIVEN no risk THEN the short advice; with ``--explain`` every finding in full."""
    advice = advice_on(**GOOD)
    assert risks_of(advice) == ()

    show_before_consent(advice, NOW, explain=False)
    short = capsys.readouterr().out
    show_before_consent(advice, NOW, explain=True)
    full = capsys.readouterr().out

    assert "safe to cancel" in short
    assert len(short.splitlines()) < len(full.splitlines())


def test_what_the_buyer_said_closes_the_explanation(capsys: pytest.CaptureFixture[str]) -> None:
    """GIVEN what was said THEN it stands there as it was understood; said nothing, no such part."""
    show_advice(advice_on(**GOOD), NOW, ("reason: package arrived",))
    assert capsys.readouterr().out.endswith("You said:\n  - reason: package arrived\n")

    show_advice(advice_on(**GOOD), NOW)
    assert "You said" not in capsys.readouterr().out


def test_a_short_text_ends_with_a_sentence() -> None:
    """GIVEN a long advice THEN whole sentences of it, and none that opens a quotation alone."""
    for reason in Reason:
        advice = advice_on(buyer_reason=reason, item_received=False)
        for text in (short_reason(advice), short_advice(advice)):
            assert text.endswith((".", "?", "!", '"')), text
            assert text.count('"') % 2 == 0, text


def test_a_quotation_is_not_cut_in_its_middle() -> None:
    """GIVEN a sentence that opens a quotation and does not close it THEN the text ends before it."""
    advice = advice_on(**GOOD)
    for instead, short in (
        ('Wait. Say: "Send it. Then I cancel." Nothing else.', "Wait."),
        ('Wait. Say: "Send it." Nothing else.', 'Wait. Say: "Send it." Nothing else.'),
    ):
        [first, *_] = advice.findings
        told = advice.model_copy(
            update={"findings": (first.model_copy(update={"instead": instead}),)}
        )
        assert short_advice(told) == short
