from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from automation.aliexpress.list_answer import ListAnswer, ListedAnswer
from automation.aliexpress.plan.targets import dispute_target
from automation.aliexpress.site import DisputeIds
from automation.cli.commands.listing import with_unsettled
from automation.engine.journal import Event, Journal
from rules import DisputeStatus
from tests.cli.calls import least

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.calls import Call


def test_a_list_that_was_stopped_is_not_called_complete(call: Call, tmp_path: Path) -> None:
    """GIVEN a run that ends before it read a page THEN no disputes, and not that these are all."""
    ran = call(*least("list", tmp_path), "--json", opens=False)

    assert (ran.json["error"]["code"], ran.json["disputes"]) == ("interrupted", [])
    assert ran.json["complete"] is False


NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)
SENT, OTHER = "8200000000000025", "8200000000000017"
TO_INTENT = (Event.WHOLE_FOUND, Event.TARGET_READ, Event.PLANNED, Event.CONSENTED, Event.INTENT)


def listed(order: str) -> ListedAnswer:
    """One dispute of an order."""
    return ListedAnswer(
        order=order, item_number=1, item="Lamp", line_id="L77", dispute_id="D77", status=DisputeStatus.WAITING_SELLER,
        status_words="Waiting", edits_used=None, amount="US $1", protection_deadline=None,
        refile_by=None, verdict=None, findings=(), problem=None,
    )  # fmt: skip


def test_an_order_whose_cancel_may_have_been_sent_has_a_note(tmp_path: Path) -> None:
    """GIVEN an attempt without an end THEN its order is named with what settles it, and no other."""
    with Journal.open(tmp_path) as journal:
        target = dispute_target(SENT, DisputeIds("D77", "L77"))
        number = journal.begin(target, "cancel", "https://s.example", "web", "0.1.0", NOW)
        for event in TO_INTENT:
            journal.record(number, event, NOW)
    answer = ListAnswer(
        disputes=(listed(SENT), listed(OTHER), listed(SENT)), orders_seen=2, sources=(),
        complete=True, notes=("before",),
    )  # fmt: skip

    told = with_unsettled(answer, tmp_path, lambda attempt: f"settle {attempt.id}")

    assert told.notes[0] == "before"
    [note] = told.notes[1:]
    assert SENT in note
    assert note.endswith(f"run 'settle {number}'")
