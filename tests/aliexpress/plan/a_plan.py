"""A plan to commit, and the time at which it was made."""

from __future__ import annotations

from datetime import UTC, datetime

from automation.aliexpress.plan.plan import LIFETIME, Plan

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
PLAN = Plan(
    site="mimic",
    origin="http://127.0.0.1:8191",
    order_id="8194370215560042",
    reverse_line_id="1100482913300042",
    trade_line_id="8194370215570042",
    item="Kettle",
    amount="US $25.00",
    status="waiting_seller",
    status_words="Waiting",
    unverified=(),
    protection_deadline=None,
    refile_by=None,
    verdict="allow",
    findings=(),
    accepted_risks=(),
    said="",
    rules_version="1",
    fingerprint="",
    created=NOW,
    expires=NOW + LIFETIME,
)
