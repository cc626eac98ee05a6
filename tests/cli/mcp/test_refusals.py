"""The answers to calls that come to nothing: codes as at the command line, hints for an agent."""

from __future__ import annotations

import pytest

from automation.aliexpress.answer import Answer
from automation.aliexpress.plan.order_number import check_order_id
from automation.cli.mcp.refusals import MAKE_A_PLAN, bad_arguments, refused_call, stopped
from automation.engine.outcome import Outcome
from automation.errors import ErrorCode, ExitCode, ToolError

ANSWER = Answer(command="cancel", outcome=Outcome.NOT_DONE)


def test_a_short_order_number_has_its_own_code() -> None:
    """GIVEN a number that cannot be one THEN its code and hint; of other arguments ``usage``."""
    with pytest.raises(ToolError) as short:
        check_order_id("12")

    told = refused_call("verify", short.value)
    other = refused_call("verify", bad_arguments("item: empty value"))

    assert told.error is not None
    assert other.error is not None
    assert (told.error.code, told.exit_code) == ("bad_order_id", 2)
    assert "My Orders" in told.error.hint
    assert (other.error.code, other.exit_code) == ("usage", 2)


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        (ErrorCode.PLAN_UNKNOWN, MAKE_A_PLAN),
        (ErrorCode.PLAN_STALE, MAKE_A_PLAN),
        (ErrorCode.PLAN_SPENT, "make a new plan with --dry-run"),
    ],
)
def test_an_agent_is_sent_to_the_tool_for_plans(code: ErrorCode, hint: str) -> None:
    """GIVEN a plan that is no good THEN ``plan`` is named, not an option; a spent one is verified."""
    error = ToolError(
        "no good", code=code, exit_code=ExitCode.PLAN_STALE, hint="make a new plan with --dry-run"
    )

    told = stopped(error, ANSWER).error

    assert told is not None
    assert told.hint == hint
