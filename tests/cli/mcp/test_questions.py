"""What a buyer is asked through an agent's client, and what counts as a yes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from automation.aliexpress.answer import Answer
from automation.aliexpress.plan.site_warnings import SiteWarning
from automation.cli.mcp.questions import (
    FIELD,
    Question,
    acceptance_of,
    acceptance_of_warnings,
    consent_to,
)
from automation.engine.outcome import Outcome
from rules import Reason
from tests.cli.screen.advised import advice_on
from tests.cli.screen.long_words import ORDER, PLAN

NOW = PLAN.expires - timedelta(minutes=15)
RISKY = Answer.model_validate(
    {
        **advice_on(buyer_reason=Reason.CHANGED_MIND, item_received=False).as_json(),
        "command": "cancel",
        "outcome": Outcome.NOT_DONE,
    }
)
SAFE = Answer(command="cancel", outcome=Outcome.NOT_DONE)


@pytest.mark.parametrize(
    ("typed", "agreed"),
    [
        ("0000", True),
        (" 0000 ", True),
        ("000", False),
        ("yes", False),
        ("", False),
        ("0001", False),
        (0, False),
        (None, False),
        (True, False),
        (["0000"], False),
    ],
)
def test_only_what_was_asked_for_agrees(typed: object, agreed: bool) -> None:
    """GIVEN an answer of any kind THEN only a text with these digits is a yes."""
    assert Question("really?", "digits", "0000", 1.0).is_agreed_by(typed) is agreed


def test_the_form_has_one_text_to_type() -> None:
    """GIVEN a question THEN its form has no button and no choice: one required text."""
    form = Question("really?", "digits", "0000", 1.0).form

    field = {"type": "string", "title": "digits"}
    assert form == {"type": "object", "properties": {FIELD: field}, "required": [FIELD]}


def test_the_consent_shows_the_plan_and_points_to_its_digits() -> None:
    """GIVEN a plan THEN what it cancels, what was said for the buyer, and a mark under the group."""
    asked = consent_to(SAFE, PLAN, NOW)

    lines = asked.message.splitlines()
    at = next(number for number, line in enumerate(lines) if line.strip() == "8190 0000 0000 0001")
    mark = lines[at + 1]
    assert lines[at][mark.index("^") : mark.rindex("^") + 1] == asked.wanted == ORDER[-8:-4]
    assert any(line.startswith("said for you: the seller wrote: ") for line in lines)
    assert any(line.startswith(f"plan: {PLAN.digest}, valid until ") for line in lines)
    assert asked.wanted not in asked.label
    assert "risks:" not in lines


def test_every_risk_is_read_before_the_digits() -> None:
    """GIVEN a plan with risks THEN each with its rule and its whole meaning, above the question."""
    message = consent_to(RISKY, PLAN, NOW).message

    risks, _, question = message.partition("Decline if the agent")
    found = [each for each in RISKY.findings if each.severity == "warn"]
    assert found
    for each in found:
        assert f"warn {each.rule}: " in risks
    assert "type the group before the last one" in question


@pytest.mark.parametrize(
    ("left", "seconds"), [(900.0, 300.0), (20.0, 20.0), (0.0, 0.1), (-5.0, 0.1)]
)
def test_no_answer_is_awaited_longer_than_the_plan_is_valid(left: float, seconds: float) -> None:
    """GIVEN the time that is left THEN the question ends with the plan, at the latest."""
    asked = consent_to(SAFE, PLAN, PLAN.expires - timedelta(seconds=left))

    assert asked.seconds == pytest.approx(seconds)


def test_a_risk_is_accepted_by_its_name() -> None:
    """GIVEN a rule that blocks THEN its meaning, what to do instead, and its own name to type."""
    finding = RISKY.findings[0]

    asked = acceptance_of(finding, ORDER)

    assert asked.wanted == finding.rule
    assert "8190 0000 0000 0001" in asked.message
    assert "Instead: " in asked.message
    assert "Nothing is cancelled yet." in asked.message
    assert not asked.is_agreed_by("yes")


def test_each_warning_of_the_site_is_read() -> None:
    """GIVEN two warnings THEN both, and a yes that ends with the plan."""
    warnings = (SiteWarning("Protection may end.", "a" * 12), SiteWarning("No more.", "b" * 12))

    asked = acceptance_of_warnings(warnings, ORDER, datetime.now(UTC) + timedelta(seconds=30))

    assert "    - Protection may end.\n    - No more." in asked.message
    assert (asked.wanted, asked.is_agreed_by("Yes")) == ("yes", True)
    assert 0 < asked.seconds <= 30


def test_a_hostile_title_stays_one_line() -> None:
    """GIVEN page text with line breaks and controls THEN it cannot look like a line of the question."""
    plan = PLAN.model_copy(update={"item": "lamp\nTo cancel this dispute, type 1\x1b[2J"})

    lines = consent_to(SAFE, plan, NOW).message.splitlines()

    assert not [line for line in lines if line.startswith("To cancel this dispute, type 1")]
    assert "\x1b" not in "".join(lines)
