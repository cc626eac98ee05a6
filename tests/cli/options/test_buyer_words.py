"""The buyer's options become the same facts that a file would state."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from unittest.mock import Mock

import pytest
from click.shell_completion import ShellComplete

from automation.aliexpress import run as flow_run
from automation.cli.main import PROGRAM, group
from automation.cli.options.buyer_words import REASONS, BuyerWords
from automation.errors import ErrorCode, ToolError
from rules import DisputeStatus, Facts, Reason, advise_on_words
from rules.outside import checked
from tests.cli.calls import ORDER

if TYPE_CHECKING:
    from tests.cli.calls import Call

NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)
# Each option, its value, and the fact that it becomes.
BUYER = {
    "--because": ("filed-by-mistake", "buyer_reason", "filed_by_mistake"),
    "--received": (None, "item_received", True),
    "--not-received": (None, "item_received", False),
    "--checked": (None, "item_verified", True),
    "--not-checked": (None, "item_verified", False),
    "--replacement": ("LP00123", "replacement_tracking.number", "LP00123"),
    "--replacement-checked": (None, "replacement_tracking.checked_by_buyer", True),
    "--protection-extended": (None, "protection_extended", True),
    "--protection-not-extended": (None, "protection_extended", False),
    "--money": ("full-cleared", "money_received", "full_cleared"),
    "--seller-says": ("please wait", "seller_messages", ("please wait",)),
    "--protection-ends": ("2026-12-24", "protection_deadline", "2026-12-24"),
    "--delivered": ("2026-12-01", "delivered_at", "2026-12-01"),
    "--dispute-status": ("mediating", "dispute_status", "mediating"),
    "--edits-used": ("3", "edits_used", 3),
}


def test_every_reason_on_the_command_line_is_one_of_the_facts() -> None:
    """The words with hyphens are exactly the reasons of the rules."""
    assert {word.replace("-", "_") for word in REASONS} == {reason.value for reason in Reason}


def test_a_status_becomes_a_state_of_the_rules() -> None:
    """The option's word is the same state as in a facts file."""
    said = BuyerWords(dispute_status="waiting_seller").facts(NOW)
    assert said.dispute_status is DisputeStatus.WAITING_SELLER


def test_unknown_status_still_blocks() -> None:
    """Positive control: words that are not a status do not become one."""
    advice = advise_on_words(BuyerWords(dispute_status="nearly-done").facts(NOW))
    assert "status-unreadable" in {finding.rule for finding in advice.findings}


@pytest.mark.parametrize("option", BUYER)
def test_what_the_buyer_says_is_a_fact(
    call: Call, monkeypatch: pytest.MonkeyPatch, option: str
) -> None:
    """GIVEN one fact from the buyer THEN advise and cancel get exactly that fact."""
    weighed = ToolError("weighed", code=ErrorCode.REFUSED)
    advise, cancel = Mock(side_effect=weighed), Mock(side_effect=weighed)
    monkeypatch.setattr(flow_run, "run_cancel", cancel)
    value, fact, expected = BUYER[option]
    words = [option] if value is None else [option, value]
    reason = [] if option == "--because" else ["--because", "other"]

    call("cancel", ORDER, *reason, *words, "--dry-run", opens=False)
    monkeypatch.setattr("rules.advise_on_words", advise)
    call("advise", *words)

    heard = [advise.call_args.args[0], cancel.call_args.args[0].said]
    assert [_fact(facts, fact) for facts in heard] == [expected, expected]


IN_FULL = BuyerWords(
    because="money-received-off-platform",
    received=True,
    checked=False,
    replacement="LP1\udce4",
    replacement_checked=True,
    protection_extended=False,
    money="announced-only",
    seller_says=("cancel it \ud83d", "please"),
    protection_ends="2026-12-24",
    delivered="2026-12-01T10:00:00-08:00",
    dispute_status="seller_accepted_full",
    edits_used=99,
)


@pytest.mark.parametrize("said", [BuyerWords(), BuyerWords(replacement="LP1"), IN_FULL])
def test_typed_options_are_facts_that_pydantic_would_take(said: BuyerWords) -> None:
    """GIVEN options as Click hands them over THEN a check finds nothing to change, nor to refuse."""
    facts = said.facts(NOW)

    assert checked(Facts, facts) == facts
    assert [type(getattr(facts, each.name)) for each in fields(facts)] == [
        type(getattr(checked(Facts, facts), each.name)) for each in fields(facts)
    ]


def test_options_say_more_than_a_file_only_where_they_were_given() -> None:
    """GIVEN facts of a file THEN options that were given stand in their place, and no other."""
    stated = Facts(item_received=True, edits_used=2, seller_messages=("as stated",))

    assert BuyerWords().facts(NOW, stated) == replace(stated, now=NOW)
    assert BuyerWords(received=False, edits_used=0, seller_says=("as said",)).facts(
        NOW, stated
    ) == Facts(now=NOW, item_received=False, edits_used=0, seller_messages=("as said",))


def _fact(facts: Facts, name: str) -> object:
    found: object = facts
    for part in name.split("."):
        found = getattr(found, part)
    return found


@pytest.mark.parametrize("command", ["advise", "cancel"])
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--received", "--not-received"), "--received and --not-received"),
        (("--not-checked", "--checked"), "--not-checked and --checked"),
        (
            ("--because", "changed-mind", "--because=other"),
            "--because changed-mind and --because other",
        ),
        (("--edits-used", "1", "--edits-used", "2"), "--edits-used 1 and --edits-used 2"),
    ],
)
def test_two_answers_that_differ_are_none(
    call: Call, command: str, words: tuple[str, ...], told: str
) -> None:
    """GIVEN an answer and another one to the same question THEN exit 2, whichever came last."""
    ran = call(command, ORDER, *words, "--json", opens=False)

    assert (ran.code, ran.sessions) == (2, [])
    assert f"{told} contradict each other" in ran.json["error"]["message"]


@pytest.mark.parametrize(
    "words", [("--because", "nope"), ("--because=nope",), ("--edits-used", "x")]
)
def test_an_answer_that_is_none_is_told_first(call: Call, words: tuple[str, ...]) -> None:
    """GIVEN a good answer and a word that is none THEN the word is named, and no contradiction."""
    ran = call("advise", "--because", "other", "--edits-used", "1", *words, "--json", opens=False)

    said = ran.json["error"]["message"]
    assert (ran.code, "contradict" in said) == (2, False)
    assert words[-1].removeprefix("--because=") in said


def test_the_same_answer_twice_is_one(call: Call) -> None:
    """Control: GIVEN the same twice, a text that looks like an option, or two messages THEN they are taken."""
    words = ("--because", "other", "--because=other", "--received", "--received")
    texts = ("--seller-says", "--not-received", "--seller-says", "please wait")

    ran = call("advise", *words, "--seller-says=x", "--json")
    also = call("advise", *words[:2], *texts, "--json")

    assert [ran.json.get("error"), also.json.get("error")] == [None, None]


@pytest.mark.parametrize("command", ["advise", "cancel"])
def test_the_shell_may_complete_a_second_answer(command: str) -> None:
    """GIVEN a call that is not yet whole WHEN the shell asks how it goes on THEN it gets the choices."""
    shell = ShellComplete(group, {}, PROGRAM, "_DISPUTE_GUARD_COMPLETE")
    typed = [command, ORDER, "--because", "changed-mind", "--because"]

    assert [each.value for each in shell.get_completions(typed, "wait")] == ["wait-longer"]
