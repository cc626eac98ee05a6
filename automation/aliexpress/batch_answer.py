"""The JSON contract of ``cancel --from FILE``: one answer for each order, and their sums."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from automation.aliexpress.answer import Answer
from automation.aliexpress.answer_parts import ErrorAnswer, ExitNumber, Part, Text
from automation.engine.outcome import Outcome


class RowAnswer(Answer):
    """What became of one line of the file of ``cancel --from``.

    Args:
        line: where the file names the order, from 1.
        item: the dispute, as the file names it.
        started: false where the batch ended before this order.
    """

    line: Annotated[int, Field(ge=1)]
    item: Text | None = None
    started: bool = True


class PlannedAnswer(Part):
    """One order of the plan for a file; ``digest`` is that of its own plan."""

    line: int
    order: str
    dispute: str | None
    trade_line: str | None
    digest: str


class BatchPlanAnswer(Part):
    """The plan for a file; ``--from FILE --plan DIGEST`` consents to it until ``expires``."""

    digest: str
    created: datetime
    expires: datetime
    orders: tuple[PlannedAnswer, ...]


class TotalsAnswer(Part):
    """How many orders came to which end; ``left_out`` ones are not part of the plan.

    Args:
        sent: requests that were sent, or may have been.
    """

    orders: int = 0
    planned: int = 0
    left_out: int = 0
    done: int = 0
    not_done: int = 0
    unknown: int = 0
    not_started: int = 0
    sent: int = 0


class BadLineAnswer(Part):
    """A line of the file that cannot be used."""

    line: int
    problem: str
    hint: str


class BatchAnswer(Part):
    """One run of ``cancel --from FILE``.

    Args:
        outcome: ``done`` if every order of the file is; ``unknown`` if one is.
        reason: what ended it before its last order.
        exit_code: the worst of the orders': 8, 130, 4, 5, 1, 7, 6, 3, 0.
        bad_lines: what is wrong with the file, if it cannot be used.
    """

    command: Literal["cancel"] = "cancel"
    outcome: Outcome
    reason: Text = ""
    plan: BatchPlanAnswer | None = None
    answers: tuple[RowAnswer, ...] = ()
    totals: TotalsAnswer = TotalsAnswer()
    bad_lines: tuple[BadLineAnswer, ...] = ()
    exit_code: ExitNumber = 0
    error: ErrorAnswer | None = None

    def as_json(self) -> dict[str, object]:
        """The document: without an error if there is none."""
        told = self.model_dump(mode="json", exclude={"answers"})
        told["answers"] = [each.as_json() for each in self.answers]
        return {key: told[key] for key in told if key != "error" or told[key] is not None}
