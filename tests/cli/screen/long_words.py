"""Words longer than any screen on which they are shown."""

from __future__ import annotations

from datetime import UTC, datetime

from automation.aliexpress.answer import PlanAnswer

ORDER = "8190000000000001"
LONG = "the site answered with words that are longer than any screen on which they are shown"
PLAN = PlanAnswer(
    digest="0a1b2c3d4e5f",
    site="mimic", origin="http://127.0.0.1:8191", order_id=ORDER, reverse_line_id="1", trade_line_id=None, item=LONG, amount=LONG,
    status="waiting_seller", status_words=LONG[:80], unverified=(LONG,), protection_deadline=None,
    refile_by=None, verdict="allow", findings=(), accepted_risks=(), said="",
    buyer_says=(f"the seller wrote: {LONG}",), rules_version="", fingerprint="",
    created=datetime(2026, 1, 1, tzinfo=UTC), expires=datetime(2026, 1, 2, tzinfo=UTC),
)  # fmt: skip
