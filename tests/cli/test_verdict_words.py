from __future__ import annotations

from datetime import UTC, datetime

import pytest

from automation.cli.verdicts import show_advice
from rules import Facts, Reason, Verdict, advise

NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "is_safe"),
    [("waiting_seller", True), ("mediating", False), ("seller_responded", False)],
)
def test_nothing_that_gives_something_up_is_called_safe(
    capsys: pytest.CaptureFixture[str], status: str, is_safe: bool
) -> None:
    """GIVEN a running mediation or an offer THEN the headline does not say "safe to cancel"."""
    advice = advise(
        Facts(
            now=NOW,
            dispute_status=status,
            buyer_reason=Reason.PACKAGE_ARRIVED,
            item_received=True,
            item_verified=True,
            protection_deadline="2026-12-15T00:00:00Z",
            account_role="buyer",
            open_disputes_in_order=1,
            edits_used=1,
            visible_buttons=("Cancel Request",),
        )
    )

    show_advice(advice, NOW)

    assert advice.verdict is Verdict.ALLOW, advice
    assert ("safe to cancel" in capsys.readouterr().out) is is_safe
