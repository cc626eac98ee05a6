"""The one plan of a batch: the plans of its orders in the order of the file, and a digest over all."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from pydantic import BaseModel, ConfigDict, ValidationError

from automation.aliexpress.answer_parts import ErrorAnswer
from automation.aliexpress.plan.plan import LIFETIME, Plan, check_made_here
from automation.aliexpress.site import DisputeIds
from automation.engine.attempt import why_out_of_time
from automation.engine.digest import digest_of
from automation.engine.journal import StoredPlan
from automation.engine.outcome import Outcome
from automation.engine.target import Target
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from automation.aliexpress.batch.rows import Row

# A batch is good for as long as one plan, and longer by what its orders take.
FOR_EACH: Final = timedelta(minutes=1)
BATCH: Final = "batch"


class PlannedRow(BaseModel):
    """One order that the plan would cancel.

    Args:
        line: where the file names it.
        digest: of its own plan.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    line: int
    order: str
    dispute: str | None
    trade_line: str | None
    digest: str

    @property
    def ids(self) -> DisputeIds:
        """The ids of its dispute."""
        return DisputeIds(self.dispute, self.trade_line)

    @property
    def name(self) -> str:
        """What ``--item`` calls it, whatever else the order shows by then."""
        return self.dispute or self.trade_line or ""


class LeftOut(BaseModel):
    """A line that the plan leaves out, and why.

    Args:
        error: what ended its dry run; ``None`` in a plan of a version that did not keep it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    line: int
    outcome: Outcome
    reason: str
    exit_code: int
    error: ErrorAnswer | None = None


class BatchPlan(BaseModel):
    """What the buyer consents to.

    Args:
        site: the origin that it was made on.
        rows_digest: of all lines of the file, also of those that are left out.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    site: str = ""
    rows_digest: str
    planned: tuple[PlannedRow, ...]
    left_out: tuple[LeftOut, ...] = ()
    created: datetime
    expires: datetime

    @property
    def digest(self) -> str:
        """Twelve hex digits over the site, the file and the plan of every order."""
        plans = [row.digest for row in self.planned]
        return digest_of({"site": self.site, "rows": self.rows_digest, "plans": plans})

    def left_out_at(self, line: int) -> LeftOut | None:
        """Why a line is no part of the plan."""
        return next((each for each in self.left_out if each.line == line), None)

    def stored(self) -> StoredPlan:
        """As the journal keeps it."""
        return StoredPlan(
            self.digest,
            Target(ids={BATCH: self.digest}, words=f"{len(self.planned)} disputes", exact=False),
            self.created,
            self.expires,
            {BATCH: self.model_dump(mode="json")},
        )


class Planned(Struct, frozen=True):
    """The plan of one order, and the line that it is for."""

    row: Row
    plan: Plan

    @property
    def as_row(self) -> PlannedRow:
        """What the plan of the batch has of it."""
        return PlannedRow(
            line=self.row.line,
            order=self.plan.order_id,
            dispute=self.plan.reverse_line_id,
            trade_line=self.plan.trade_line_id,
            digest=self.plan.digest,
        )


def make_batch_plan(
    planned: Sequence[Planned],
    left_out: Sequence[LeftOut],
    rows_digest: str,
    now: datetime,
    *,
    site: str,
) -> BatchPlan:
    """Make a plan for all, good for 15 minutes and one more for each order."""
    created = now.replace(microsecond=0)
    return BatchPlan(
        site=site,
        rows_digest=rows_digest,
        planned=tuple(each.as_row for each in planned),
        left_out=tuple(left_out),
        created=created,
        expires=created + LIFETIME + FOR_EACH * len(planned),
    )


def stored_batch(
    stored: StoredPlan | None, digest: str, rows_digest: str, now: datetime, *, site: str
) -> BatchPlan:
    """The plan behind a digest, if it is for this site and file and still good.

    Raises:
        ToolError: it is unknown or expired, for one order only, or the site or file is another
            (exit 7).
    """
    if stored is None:
        raise _stale(f"no such plan: {digest}", code=ErrorCode.PLAN_UNKNOWN)
    plan = _read(stored.document.get(BATCH))
    if plan is None:
        raise _stale(
            f"plan {digest} is for one order, not for a file",
            "name that order in place of --from, or make a plan with --from FILE --dry-run",
        )
    if problem := why_out_of_time(digest, plan.created, plan.expires, now):
        raise _stale(problem)
    check_made_here(digest, plan.site, site)
    if plan.rows_digest != rows_digest:
        raise _stale(f"the file has changed since plan {digest} was made")
    return plan


def _read(document: object) -> BatchPlan | None:
    try:
        return BatchPlan.model_validate(document)
    except ValidationError:
        return None


def _stale(
    message: str,
    hint: str = "make a new plan with --dry-run and read it",
    code: ErrorCode = ErrorCode.PLAN_STALE,
) -> ToolError:
    return ToolError(message, code=code, exit_code=ExitCode.PLAN_STALE, hint=hint)
