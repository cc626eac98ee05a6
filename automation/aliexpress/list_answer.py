"""The JSON contract of ``list``."""

from __future__ import annotations

from typing import Literal

from automation.aliexpress.answer_parts import ErrorAnswer, ExitNumber, GuardAnswer, Part
from rules import DisputeStatus, Verdict


class ListedAnswer(Part):
    """One dispute of the account, or an order whose disputes could not be read.

    Args:
        item_number: what ``--item`` takes.
        answer_by: when the buyer has to answer the seller, UTC, if the page says so.
        refile_by: the latest time to file again, UTC; never a promise.
        verdict: what ``advise`` would say if the reason were good; ``None`` if not read.
        findings: the rules that apply.
        problem: why this could not be read.
    """

    order: str | None
    item_number: int | None
    item: str
    line_id: str | None
    dispute_id: str | None
    status: DisputeStatus
    status_words: str
    edits_used: int | None
    amount: str
    protection_deadline: str | None
    refile_by: str | None
    verdict: Verdict | None
    findings: tuple[str, ...]
    problem: str | None
    answer_by: str | None = None


class ListAnswer(Part):
    """One run of ``list``, also of one that failed half way.

    Args:
        orders_seen: number of orders in My Orders.
        sources: the lists that were read.
        complete: false if part of the account was not seen; ``notes`` say which.
        notes: also the orders whose earlier cancel may have been sent.
    """

    command: Literal["list"] = "list"
    disputes: tuple[ListedAnswer, ...]
    orders_seen: int
    sources: tuple[str, ...]
    complete: bool
    notes: tuple[str, ...]
    guard: GuardAnswer = GuardAnswer()
    exit_code: ExitNumber = 0
    error: ErrorAnswer | None = None

    @property
    def decided(self) -> int:
        """How many of the disputes are decided for good, and so not open any more."""
        return sum(row.status.is_final for row in self.disputes)

    def as_json(self) -> dict[str, object]:
        """The document: without an error if there is none."""
        return self.model_dump(mode="json", exclude=None if self.error else {"error"})
