"""What ``list`` found: a row for each dispute, and what is uncertain."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import force_setattr, replace

from automation.aliexpress.list_answer import ListAnswer, ListedAnswer
from automation.text import clean_text
from rules import DisputeStatus
from rules.verdicts import as_utc_text, verdict_of

if TYPE_CHECKING:
    from datetime import datetime

    from automation.aliexpress.answer_parts import GuardAnswer
    from automation.aliexpress.site import DisputeIds
    from automation.errors import ToolError
    from rules import Advice, Finding, Verdict

OVER = frozenset({"closed", "cancelled", "refund_complete"})
# A list has no reason to judge; every other finding comes from the pages.
_ON_WORDS = frozenset({"reason-missing"})
_SHORT = 200


class Row(Struct, frozen=True, kw_only=True):
    """One dispute, or an order whose disputes could not be read.

    Page text is made safe to print here, once for all readers.

    Args:
        number: position on the order's page, from 1, as ``--item`` takes it.
        deadline: end of the protection as ISO 8601, ``None`` if no page shows it.
        answer_by: when the buyer has to answer the seller, if the page says so.
        advice: what the rules say about the pages; the buyer's reason is unknown.
        problem: why this could not be read; empty if it was.
    """

    order_id: str
    number: int | None = None
    item: str = ""
    ids: DisputeIds | None = None
    status: DisputeStatus = DisputeStatus.UNKNOWN
    status_words: str = ""
    edits_used: int | None = None
    amount: str = ""
    deadline: str | None = None
    advice: Advice | None = None
    answer_by: datetime | None = None
    problem: str = ""

    def __post_init__(self) -> None:
        for name in ("item", "status_words", "amount", "problem"):
            limit = 600 if name == "problem" else _SHORT
            force_setattr(self, name, clean_text(getattr(self, name), limit))

    @property
    def line_id(self) -> str | None:
        """Id of the order line, which ``--item`` also takes."""
        return self.ids.trade_line_id if self.ids else None

    @property
    def dispute_id(self) -> str | None:
        """Id of the dispute."""
        return self.ids.reverse_line_id if self.ids else None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings on status, deadline, edits, buttons and messages."""
        found = self.advice.findings if self.advice else ()
        return tuple(finding for finding in found if finding.rule not in _ON_WORDS)

    @property
    def verdict(self) -> Verdict | None:
        """What ``advise`` would say if the reason were good; ``None`` if not read."""
        return verdict_of(self.findings) if self.advice else None

    @property
    def refile_by(self) -> datetime | None:
        """Latest time to file again after a cancel, in UTC; an upper bound."""
        return self.advice.refile_by if self.advice else None

    def answer(self) -> ListedAnswer:
        """This row in the JSON answer."""
        return ListedAnswer(
            order=self.order_id or None,
            item_number=self.number,
            item=self.item,
            line_id=self.line_id,
            dispute_id=self.dispute_id,
            status=self.status,
            status_words=self.status_words,
            edits_used=self.edits_used,
            amount=self.amount,
            protection_deadline=self.deadline,
            answer_by=as_utc_text(self.answer_by) if self.answer_by else None,
            refile_by=as_utc_text(self.refile_by) if self.refile_by else None,
            verdict=self.verdict,
            findings=tuple(dict.fromkeys(finding.rule for finding in self.findings)),
            problem=self.problem or None,
        )


@dataclass
class Listing:
    """What a walk over the account has found so far, also if it is interrupted.

    Args:
        orders_seen: number of orders in My Orders.
        sources: the lists that were read, ``my_orders`` and ``dispute_list``.
        over: closed disputes that pages still name; they are not listed.
        notes: where sources disagree or something may be missing.
        complete: false if part of the account was not seen.
        cut_short: My Orders was not read to its end, so orders may be missing.
        failures: the errors, in order.
    """

    rows: list[Row] = field(default_factory=list)
    over: list[DisputeIds] = field(default_factory=list)
    orders_seen: int = 0
    sources: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    complete: bool = True
    cut_short: bool = False
    failures: list[ToolError] = field(default_factory=list)

    def begin(self) -> None:
        """Forget what an earlier walk of this run has found."""
        vars(self).update(vars(Listing()))

    def note(self, sentence: str) -> None:
        """Add a note for the reader, once."""
        line = clean_text(sentence, 600)
        if line not in self.notes:
            self.notes.append(line)

    def lacks(self, sentence: str, error: ToolError) -> None:
        """Note that part of the account was not seen."""
        self.complete = False
        self.failures.append(error)
        self.note(sentence)

    def failed(self, row: Row, error: ToolError) -> None:
        """Add a row that could not be read, with its problem."""
        self.failures.append(error)
        self.rows.append(replace(row, problem=error.message))

    @property
    def known(self) -> tuple[DisputeIds, ...]:
        """The ids of every dispute that was found."""
        return (*(row.ids for row in self.rows if row.ids), *self.over)

    @property
    def nothing_read(self) -> bool:
        """True if neither list, or none of the orders to read, could be read."""
        failed_rows = bool(self.rows) and all(row.problem for row in self.rows) and not self.over
        return bool(self.failures) and (failed_rows or not self.sources)

    def answer(self, guard: GuardAnswer, *, ended: bool = True) -> ListAnswer:
        """The JSON answer: what was found so far, as a value.

        Args:
            ended: the walk went to its end; if not, there may be more than it found.
        """
        return ListAnswer(
            disputes=tuple(row.answer() for row in self.rows),
            orders_seen=self.orders_seen,
            sources=tuple(self.sources),
            complete=self.complete and ended,
            notes=tuple(self.notes),
            guard=guard,
        )
