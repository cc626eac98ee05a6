"""The document of ``list``."""

from __future__ import annotations

from automation.aliexpress.answer_parts import ErrorAnswer
from automation.aliexpress.list_answer import ListAnswer
from automation.aliexpress.listing.dispute_row import Row
from automation.errors import ErrorCode
from rules import DisputeStatus


def listed(*statuses: DisputeStatus, error: ErrorAnswer | None = None) -> ListAnswer:
    """A list of disputes in these states."""
    rows = tuple(Row(order_id=str(number), status=each).answer() for number, each in enumerate(statuses))  # fmt: skip
    return ListAnswer(
        disputes=rows, orders_seen=len(rows), sources=(), complete=True, notes=(), error=error
    )


def test_decided_disputes_are_counted_and_unknown_ones_are_not() -> None:
    """GIVEN disputes THEN those that are final are decided: an unknown status is not known to be."""
    every = listed(*DisputeStatus)

    assert every.decided == sum(each.is_final for each in DisputeStatus) > 0
    assert listed(DisputeStatus.UNKNOWN, DisputeStatus.WAITING_SELLER).decided == 0


def test_an_error_is_there_only_if_there_is_one() -> None:
    """GIVEN a list without an error THEN no such key; everything else is there, even if empty."""
    error = ErrorAnswer(code=ErrorCode.SIGNED_OUT, message="m", hint="h", evidence="")
    fine, failed = listed().as_json(), listed(error=error).as_json()

    assert "error" not in fine
    assert set(failed) == {*fine, "error"} == set(ListAnswer.model_fields)
    assert fine["disputes"] == []
