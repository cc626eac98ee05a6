"""What a confirm that stopped tells to do next."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from automation.aliexpress.cancel.stops import nothing_sent
from automation.engine.guard import RequestRecord
from automation.errors import ErrorCode

UNKNOWN = RequestRecord(
    "mtop.ae.matter.turnBack", "", "POST", "unknown", "", page="/p/reverse-pages/detail.html",
    keys=("reverseOrderLineId",),
)  # fmt: skip
SUGGESTS = 'permitted_apis = ["mtop.ae.matter.turnBack"]'


def test_one_unknown_call_with_keys_is_suggested() -> None:
    """GIVEN one call that may be the cancel, sent once or again THEN the line that names it."""
    for held in ((UNKNOWN,), (UNKNOWN, UNKNOWN)):
        stopped = nothing_sent(held, "")
        assert stopped.code is ErrorCode.NOTHING_SENT
        assert SUGGESTS in stopped.hint


@pytest.mark.parametrize(
    "held",
    [
        (),
        (replace(UNKNOWN, kind="write"),),
        (replace(UNKNOWN, keys=()),),
        (UNKNOWN, replace(UNKNOWN, what="mtop.ae.matter.acceptIt")),
        (UNKNOWN, replace(UNKNOWN, kind="write")),
    ],
    ids=["none", "says-something-else", "says-nothing", "two-calls", "two-kinds"],
)
def test_no_other_call_is_ever_suggested(held: tuple[RequestRecord, ...]) -> None:
    """GIVEN a call that says what it is, or more than one THEN no line to paste."""
    assert "permitted_apis" not in nothing_sent(held, "").hint


def test_after_another_dialog_the_dispute_stays_open() -> None:
    """GIVEN a dialog behind the confirm THEN no call is suggested: it may have been an offer."""
    stopped = nothing_sent((UNKNOWN,), "; then 'Accept the offer?' opened")
    assert "permitted_apis" not in stopped.hint
    assert stopped.hint.startswith("keep the dispute open")
