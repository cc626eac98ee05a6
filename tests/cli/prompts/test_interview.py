"""The interview at a terminal: what is shown, what is typed, and what it means."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click
import pytest

from automation.cli.main import group
from automation.cli.options.buyer_words import BuyerWords, options_of
from automation.cli.prompts import interview
from automation.errors import ErrorCode, ToolError
from rules import DisputeStatus, Facts, MoneyReceived, Reason, ReplacementTracking

if TYPE_CHECKING:
    from tests.cli.calls import Types

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
NOTHING = Facts(now=NOW)


def ask(facts: Facts = NOTHING) -> Facts:
    """The interview."""
    return interview.interview(facts)


def test_the_way_to_a_safe_cancel(types: Types, capsys: pytest.CaptureFixture[str]) -> None:
    """GIVEN a checked parcel THEN each answer becomes a fact, and each question was shown once."""
    types("2", "1", "1", "1", "12 days", "")

    facts = ask()

    assert facts.updated(protection_deadline=None) == NOTHING.updated(
        buyer_reason=Reason.PACKAGE_ARRIVED,
        item_received=True,
        item_verified=True,
        dispute_status=DisputeStatus.WAITING_SELLER,
    )
    assert facts.protection_deadline == "2026-12-08T12:00:00+00:00"
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("Do you have it in your hands?") == 1


def test_enter_alone_is_careful(types: Types) -> None:
    """GIVEN Enter at every question THEN nothing counts as known but the doubt."""
    types("", "", "", "")

    assert ask() == NOTHING.updated(buyer_reason=Reason.OTHER)


def test_what_is_no_answer_is_asked_again(types: Types, capsys: pytest.CaptureFixture[str]) -> None:
    """GIVEN a wrong number, a word, no date or one far away THEN the question stays."""
    types("0", "11", "five", "99999", "5", "1", "tomorrow", "1 Jan 1850", "24 Dec 2026", "")

    facts = ask()

    assert facts.buyer_reason is Reason.FILED_BY_MISTAKE
    assert (facts.protection_deadline or "").startswith("2026-12-24")
    told = capsys.readouterr().err
    assert told.count("Type a number from 1 to 10.") == 4
    assert told.count("That is not a date") == 2


@pytest.mark.parametrize(("typed", "number"), [("y", 0), ("No", 1), ("i don", 2), ("2", 1)])
def test_a_label_s_first_letters_choose_it(types: Types, typed: str, number: int) -> None:
    """GIVEN letters that begin one label THEN they choose it; those of two or none do not."""
    types("x", "", typed)

    assert interview.pick("Did it arrive?", ("Yes", "No", "I don't know")) == number


def test_a_pasted_message_is_one_answer(types: Types) -> None:
    """GIVEN a message of several lines THEN its lines answer no other question."""
    types("1", "Dear friend,", pasted=("\n", "3\n", "please cancel the dispute.\n"))

    facts = ask()

    assert facts.seller_messages == ("Dear friend, 3 please cancel the dispute.",)
    assert facts.buyer_reason is Reason.SELLER_PROMISED


@pytest.mark.parametrize(
    ("lines", "words", "again"),
    [
        (("no",), (), False),
        (("Nothing",), (), False),
        (("-",), (), False),
        (("yes", ""), (), True),
        (("Yes", "no"), (), True),
        (("yes", "yes"), (), True),
        (("yes", "Please cancel."), ("Please cancel.",), True),
        (("Please cancel.",), ("Please cancel.",), False),
    ],
)
def test_a_bare_yes_or_no_is_no_message(
    types: Types,
    capsys: pytest.CaptureFixture[str],
    lines: tuple[str, ...],
    words: tuple[str, ...],
    *,
    again: bool,
) -> None:
    """GIVEN a yes or a no where a message is asked for THEN it is never taken as the seller's words."""
    types("1", *lines)

    facts = interview.on_pages(NOTHING)

    assert facts.seller_messages == words
    assert ("Paste what they wrote" in capsys.readouterr().err) is again


@pytest.mark.parametrize(
    ("lines", "number"),
    [(("none",), None), (("yes", "LP1"), "LP1"), (("LP1",), "LP1"), (("yes", "yes"), None)],
)
def test_a_bare_answer_is_no_tracking_number(
    types: Types, lines: tuple[str, ...], number: str | None
) -> None:
    """GIVEN a yes or a no where a number is asked for THEN it is no number."""
    types("4", *lines, "", "", "", "", "")

    tracking = interview.on_pages(NOTHING).replacement_tracking

    assert (tracking and tracking.number) == number


def test_a_closed_terminal_ends_it(types: Types) -> None:
    """GIVEN no answer THEN it counts as none, and nothing goes on."""
    types("2")

    with pytest.raises(ToolError) as stopped:
        ask()

    assert stopped.value.code is ErrorCode.DECLINED


SAID = (
    NOTHING.updated(
        buyer_reason=Reason.PACKAGE_ARRIVED, item_received=True, item_verified=False,
        protection_deadline="2026-12-24", dispute_status=DisputeStatus.WAITING_SELLER,
    ),
    NOTHING.updated(
        buyer_reason=Reason.REPLACEMENT_SENT, protection_extended=False,
        replacement_tracking=ReplacementTracking(number="LP1 2", checked_by_buyer=True),
        seller_messages=("Don't worry", "cancel; it's fine"),
    ),
    NOTHING.updated(
        buyer_reason=Reason.MONEY_RECEIVED_OFF_PLATFORM, money_received=MoneyReceived.FULL_CLEARED
    ),
)  # fmt: skip


@pytest.mark.parametrize("facts", SAID)
def test_answers_can_be_given_as_options(facts: Facts) -> None:
    """GIVEN answers THEN the options shown for them mean the same facts."""
    command = group.get_command(click.Context(group), "advise")
    assert command is not None
    with command.make_context(
        "advise", [word for option in options_of(facts) for word in option]
    ) as context:
        names = set(BuyerWords.__struct_fields__)
        said = BuyerWords(**{name: context.params[name] for name in names})

    assert said.facts(NOW) == facts
