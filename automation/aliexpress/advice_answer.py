"""The JSON contract of advice: alone, of each line of a file, and as a part of every run's answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field, JsonValue

from automation.aliexpress.answer_parts import ErrorAnswer, ExitNumber, Part
from rules import Verdict

if TYPE_CHECKING:
    from rules import Advice


class FindingAnswer(Part):
    """One rule that applies; ``facts`` are the ids of the facts that it rests on, with values."""

    rule: str
    severity: str
    overridable: bool
    facts: dict[str, JsonValue]
    meaning: str
    instead: str
    would_change: str
    source: tuple[str, ...]
    accepted: bool


class ReplyAnswer(Part):
    """What to answer the seller, ready to paste, in the language of their message."""

    language: str
    text: str


class Advised(Part):
    """The answer of ``advise`` without ORDER, and a part of every other one.

    Args:
        refile_by: the latest time to file again, UTC; never a promise.
    """

    ONLY_IF_SAID: ClassVar[tuple[str, ...]] = ("window", "rules_version", "reply", "error")
    """Fields that are left out where there is nothing to say."""

    command: str = "advise"
    verdict: Verdict | None = None
    findings: tuple[FindingAnswer, ...] = ()
    refile_by: str | None = None
    window: str | None = None
    rules_version: str | None = None
    reply: ReplyAnswer | None = None
    exit_code: ExitNumber = 0
    error: ErrorAnswer | None = None

    def as_json(self) -> dict[str, object]:
        """The document: what this run had nothing to say about is left out."""
        told = self.model_dump(mode="json")
        return {
            key: told[key] for key in told if told[key] is not None or key not in self.ONLY_IF_SAID
        }


def advised(advice: Advice) -> Advised:
    """What the rules say, as a part of the JSON contract."""
    return Advised.model_validate(advice.as_json())


class AdvisedLine(Advised):
    """The advice on one line of ``--facts FILE.jsonl``; lines are counted from 1."""

    line: Annotated[int, Field(ge=1)]


class AdvisedLines(Part):
    """The answer of ``advise --facts FILE.jsonl``; the worst verdict decides the exit code."""

    command: Literal["advise"] = "advise"
    answers: tuple[AdvisedLine, ...]
    exit_code: ExitNumber = 0

    def as_json(self) -> dict[str, object]:
        """The document."""
        answers = [each.as_json() for each in self.answers]
        return {"command": self.command, "answers": answers, "exit_code": self.exit_code}
