"""A run takes what it claims to have sent from its permit alone."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from automation.aliexpress.report import Report
from automation.aliexpress.site import DisputeIds
from automation.aliexpress.targets import dispute_target
from automation.engine.guard import GuardReport, Permit, PermitScope, RequestRecord
from automation.engine.sent import Sent


def permit(*, used: bool) -> Permit:
    """A permit for some dispute."""
    made = Permit(
        PermitScope(dispute_target("8194370215560042", DisputeIds("1100482913307001"))), 10.0
    )
    assert not used or made.consume()
    return made


@pytest.mark.parametrize(
    ("report", "sent", "claim"),
    [
        (Report("cancel"), Sent.NOTHING, "nothing was sent"),
        (Report("cancel", permit=permit(used=False)), Sent.NOTHING, "nothing was sent"),
        (Report("cancel", permit=permit(used=True)), Sent.ONE, "one request was sent"),
        (Report("cancel", in_doubt=True), Sent.MAYBE, "one request may have been sent"),
        (Report("cancel", unsettled=(3,)), Sent.NOTHING, "nothing was sent in this run"),
    ],
)
def test_what_was_sent_is_a_field(report: Report, sent: Sent, claim: str) -> None:
    """GIVEN a permit and a browser, lost or not THEN the claim, whatever the error says."""
    assert (report.sent, report.claim) == (sent, claim)
    assert report.request_left == (sent is not Sent.NOTHING)


@pytest.mark.parametrize(
    ("held", "second"),
    [
        ({"after_sent": True}, True),
        ({"after_sent": True, "repeats": True}, False),
        ({"under_permit": True}, False),
    ],
)
def test_a_second_request_is_one_that_says_something_else(
    held: dict[str, Any], second: bool
) -> None:
    """GIVEN writes held back behind the first THEN only another one makes its answer doubtful."""
    record = RequestRecord("cancel", "host", "POST", "write", "why", **held)
    guard: Any = SimpleNamespace(report=lambda: GuardReport((), (record,)))

    assert Report("cancel", guard=guard).second_held_back is second
