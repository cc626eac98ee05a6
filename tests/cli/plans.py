"""A plan to show and to ask about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from automation.aliexpress.plan.plan import Plan

_NOW = datetime.now(UTC)
_PLAN = Plan(
    site="mimic", origin="http://127.0.0.1:8191", order_id="8194370215560042", reverse_line_id="1", trade_line_id=None,
    item="lamp", amount="US $1.00", status="waiting_seller", status_words="Waiting", unverified=(),
    protection_deadline=None, refile_by=None, verdict="allow", findings=(), accepted_risks=(),
    said="", rules_version="", fingerprint="", created=_NOW, expires=_NOW + timedelta(minutes=15),
)  # fmt: skip


def a_plan(*accepted_risks: str) -> Plan:
    """A plan for one dispute that is good for 15 minutes."""
    return _PLAN.model_copy(update={"accepted_risks": accepted_risks})
