"""What the rules say about good pages, to be shown."""

from __future__ import annotations

from datetime import UTC, datetime

from automation.aliexpress.advice_answer import Advised, advised
from rules import Facts, advise

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def advice_on(**facts: object) -> Advised:
    """What the rules say about some facts on good pages."""
    known = Facts(
        now=NOW,
        dispute_status="waiting_seller",
        protection_deadline="2026-12-15T00:00:00Z",
        account_role="buyer",
        open_disputes_in_order=1,
        visible_buttons=("Cancel Request",),
    )
    return advised(advise(known.updated(**facts)))
