"""The JSON contract: one frozen value, with a published schema."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from automation.aliexpress.advice_answer import Advised
from automation.aliexpress.answer import Answer, Step
from automation.aliexpress.found import End, Found
from automation.aliexpress.list_answer import ListAnswer
from automation.aliexpress.running import Run
from automation.engine.outcome import Outcome

if TYPE_CHECKING:
    from tests.conftest import Tool

# What scripts rely on (the fixed contract of the command line).
PROMISED = {
    "verdict", "findings", "refile_by", "outcome", "stopped_at", "reason", "plan", "guard",
    "warnings", "attempt", "receipt", "exit_code",
}  # fmt: skip


def test_an_answer_has_every_promised_field_however_early_it_ends() -> None:
    """GIVEN a run that has just begun THEN no promised key is missing."""
    told = Run("cancel", "8194370215560042").answer().as_json()

    assert set(told) >= PROMISED
    assert told["guard"] == {
        "allowed": [],
        "refused": [],
        "held_back": [],
        "sent_by": "",
        "summary": "",
    }
    assert Answer.model_validate(told).as_json() == told


def test_words_of_a_page_are_made_safe_in_it() -> None:
    """GIVEN terminal controls in a reason THEN none in the answer."""
    run = Run("cancel", "8194370215560042", found=Found(End(reason="it says \x1b[2J\u202eno")))

    assert run.answer().reason == "it says no"


def test_a_key_that_the_schema_does_not_have_is_an_error() -> None:
    """GIVEN a key that nobody declared THEN it is no silent part of the contract."""
    told = Run("cancel", "8194370215560042").answer().as_json() | {"surprise": 1}

    with pytest.raises(ValidationError, match="surprise"):
        Answer.model_validate(told)


def test_an_answer_cannot_be_changed() -> None:
    """It is a value: what it says was true when it was made."""
    answer = Answer(outcome=Outcome.NOT_DONE, stopped_at=Step.PLAN)

    with pytest.raises(ValidationError, match="frozen"):
        setattr(answer, "outcome", Outcome.DONE)  # noqa: B010  mypy would refuse the plain form


@pytest.mark.parametrize("command", ["cancel", "verify", "advise"])
def test_the_schema_is_published(tool: Tool, command: str) -> None:
    """GIVEN --json-schema without an order THEN the schema alone, and exit 0."""
    ran = tool.run(command, "--json-schema")
    schema: dict[str, Any] = json.loads(ran.out)

    assert (ran.code, ran.err) == (0, "")
    fields = schema if "properties" in schema else schema["$defs"]["Answer"]
    assert set(fields["properties"]) >= PROMISED


def test_the_schema_of_a_list_is_its_own(tool: Tool) -> None:
    """GIVEN list --json-schema THEN the schema of the list, not that of a cancel."""
    schema: dict[str, Any] = json.loads(tool.run("list", "--json-schema").out)

    assert schema == ListAnswer.model_json_schema()
    assert "disputes" in schema["properties"]
    assert "outcome" not in schema["properties"]


def test_advice_alone_keeps_to_its_schema(tool: Tool) -> None:
    """GIVEN advise without an order THEN its document is an ``Advised``."""
    ran = tool.run("advise", "--because", "seller-promised", "--not-received", "--json")

    assert Advised.model_validate(ran.json).verdict == "block"
