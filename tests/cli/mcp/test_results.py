"""What an agent is told of an answer, beside the answer itself."""

from __future__ import annotations

import pytest
from mcp_types import TextContent

from automation.aliexpress.answer_parts import GuardAnswer
from automation.aliexpress.listing.dispute_row import Listing, Row
from automation.cli.mcp.results import result
from rules import DisputeStatus


@pytest.mark.parametrize(
    ("statuses", "told"),
    [
        ((DisputeStatus.MEDIATING,), "1 open dispute"),
        ((DisputeStatus.FINAL_DECISION,), "0 open disputes; 1 decided for good"),
        (
            (DisputeStatus.MEDIATING, DisputeStatus.FINAL_DECISION),
            "1 open dispute; 1 decided for good",
        ),
    ],
)
def test_a_decided_dispute_is_not_counted_as_open(
    statuses: tuple[DisputeStatus, ...], told: str
) -> None:
    """GIVEN a list with a dispute that is decided for good THEN it is counted apart."""
    rows = [Row(order_id=f"819000000000000{n}", status=each) for n, each in enumerate(statuses)]

    [said] = result(Listing(rows=rows).answer(GuardAnswer())).content

    assert isinstance(said, TextContent)
    assert said.text.splitlines()[0] == told
