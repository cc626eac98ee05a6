"""The answers to calls that come to nothing, and which risks an agent may ask the buyer to accept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from automation.aliexpress.answer import Answer
from automation.aliexpress.answer_parts import ErrorAnswer, GuardAnswer
from automation.aliexpress.list_answer import ListAnswer
from automation.aliexpress.listing.dispute_row import Listing
from automation.cli.call import this_call
from automation.cli.mcp.conversation import Reply
from automation.cli.screen.hints import with_command
from automation.engine.outcome import Outcome
from automation.errors import ErrorCode, ExitCode, ToolError
from rules import Severity, all_rules

if TYPE_CHECKING:
    from automation.aliexpress.advice_answer import FindingAnswer

Ended = TypeVar("Ended", Answer, ListAnswer)


MAKE_A_PLAN: Final = "call 'plan' again, then pass its digest; the buyer is asked once about each"


def bad_arguments(problem: str) -> ToolError:
    """The error of a call that does not fit the schema of its tool."""
    return ToolError(
        problem,
        code=ErrorCode.USAGE,
        exit_code=ExitCode.USAGE,
        hint="see the schema of the tool's input",
    )


def refused_call(tool: str, error: ToolError) -> Answer | ListAnswer:
    """The answer to a call whose arguments cannot be used."""
    if tool == "list":
        return stopped(error, Listing().answer(GuardAnswer(), ended=False))
    outcome = Outcome.UNKNOWN if tool == "verify" else Outcome.NOT_DONE
    command = "cancel" if tool == "plan" else tool
    return stopped(error, Answer(command=command, outcome=outcome, reason=error.message))


def stopped(error: ToolError, answer: Ended) -> Ended:
    """The answer with the error that ended its run."""
    if error.exit_code is ExitCode.PLAN_STALE and error.code is not ErrorCode.PLAN_SPENT:
        error.hint = MAKE_A_PLAN  # an agent has no option --dry-run
    error.hint = with_command(error.hint, this_call().state_dir)
    told = {
        "exit_code": int(error.exit_code),
        "error": ErrorAnswer.model_validate(error.as_json()),
    }
    return answer.model_copy(update=told)


def no_consent(reply: Reply) -> ToolError:
    """The error of a cancel that the buyer did not agree to."""
    if reply is Reply.CANNOT_ASK:
        return ToolError(
            "the agent's client cannot ask you for consent",
            code=ErrorCode.NO_CONSENT,
            exit_code=ExitCode.USAGE,
            hint="cancel at a terminal with 'dispute-guard cancel', or use a client with elicitation",
        )
    return ToolError(
        f"consent not given: {reply.value}",
        code=ErrorCode.DECLINED,
        exit_code=ExitCode.DECLINED,
        hint="the dispute stays open",
    )


def check_risks(names: tuple[str, ...]) -> None:
    """Take only rules that can be overridden.

    Raises:
        ToolError: one cannot (exit 2).
    """
    known = {rule.id: rule.overridable for rule in all_rules()}
    for name in names:
        if not known.get(name):
            why = "cannot be overridden" if name in known else "is no rule"
            raise ToolError(
                f"accept_risk: {name[:60]!r} {why}", code=ErrorCode.USAGE, exit_code=ExitCode.USAGE
            )


def to_accept(answer: Answer, names: set[str]) -> tuple[FindingAnswer, ...]:
    """The findings that block, if these names are all that is to be accepted; else none."""
    blocks = {
        each.rule: each
        for each in answer.findings
        if each.severity == Severity.BLOCK and not each.accepted
    }
    refused = answer.exit_code == ExitCode.REFUSED
    return tuple(blocks.values()) if refused and names.issuperset(blocks) else ()


def not_accepted(answer: Answer, rule: str, reply: Reply) -> Answer:
    """The refusal, which stands, since the buyer did not accept the risk."""
    message = f"the risk of {rule} was not accepted: {reply.value}"
    error = answer.error and answer.error.model_copy(
        update={"message": f"{answer.error.message}; {message}"}
    )
    return answer.model_copy(update={"error": error})
