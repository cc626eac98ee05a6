"""``verify``: its exit code and its error say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from automation.aliexpress.found import End, Found
from automation.engine.outcome import EXIT_CODES, Outcome

if TYPE_CHECKING:
    from automation.aliexpress.answer import Answer
    from automation.aliexpress.running import Run
    from tests.cli.calls import Call

ORDER = "8194370215560042"
ERRORS = {Outcome.DONE: None, Outcome.NOT_DONE: "not_cancelled", Outcome.UNKNOWN: "outcome_unknown"}


@pytest.mark.parametrize("outcome", Outcome)
def test_every_other_exit_than_0_has_an_error(
    call: Call, monkeypatch: pytest.MonkeyPatch, outcome: Outcome
) -> None:
    """GIVEN what fresh pages show THEN the exit code, and an error with the reason unless it is done."""

    def verified(_request: object, run: Run) -> Answer:
        run.found = Found(End(outcome, "the dispute page says so"))
        return run.answer().model_copy(update={"exit_code": int(EXIT_CODES[outcome])})

    monkeypatch.setattr("automation.aliexpress.run.run_verify", verified)

    ran = call("verify", ORDER, "--json")

    error = ran.json.get("error")
    assert (ran.code, ran.json["outcome"]) == (EXIT_CODES[outcome], outcome)
    assert (error["code"] if error else None) == ERRORS[outcome]
    if error:
        assert error["message"] == "the dispute page says so"
        assert error["hint"]
