"""One cancel: what it works with, what the buyer agreed to, and what is prepared for the click."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from automation.aliexpress.cancel.escort.taught import Taught

if TYPE_CHECKING:
    from automation.aliexpress.pages import DisputePage
    from automation.aliexpress.plan.plan import Plan
    from automation.aliexpress.request import Request
    from automation.aliexpress.running import Run
    from automation.aliexpress.walk.browse import Walk
    from automation.aliexpress.walk.order.reading import Reading
    from automation.engine.attempt import AttemptLog
    from automation.engine.journal import StoredPlan
    from rules import Advice


@dataclass
class Agreed:
    """The plan that the buyer agreed to in this run, and how; it outlives a hand-over.

    Args:
        taught: what a buyer who acts by hand taught this run.
    """

    plan: Plan | None = None
    how: str = ""
    taught: Taught = field(default_factory=Taught)


class Dossier(msgspec.Struct, frozen=True):
    """What one cancel works with, from the first page to the outcome.

    Args:
        stored: the plan that was consented to earlier, if there is one.
    """

    request: Request
    run: Run
    log: AttemptLog
    walk: Walk
    stored: StoredPlan | None
    agreed: Agreed = msgspec.field(default_factory=Agreed)


class Prepared(msgspec.Struct, frozen=True):
    """The input of a commit."""

    reading: Reading
    dispute: DisputePage
    advice: Advice
    plan: Plan
