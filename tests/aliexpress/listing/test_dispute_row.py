"""What a list found: its rows, what is uncertain, and whether anything was read at all."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from automation.aliexpress.answer_parts import GuardAnswer
from automation.aliexpress.listing.dispute_row import Listing, Row
from automation.aliexpress.site import DisputeIds
from automation.errors import ErrorCode, ToolError
from rules import Advice, DisputeStatus, Facts, Verdict, advise

ORDER = "8190000000000001"
IDS = DisputeIds("1100482913300042", "8194370215570042")
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
ENDS = datetime(2026, 12, 15, 18, 39, tzinfo=UTC)
ERROR = ToolError("not read", code=ErrorCode.PAGE_NOT_LOADED)


def advice(status: DisputeStatus) -> Advice:
    """What the rules say of a dispute, without a reason: a list has none."""
    return advise(
        Facts(now=NOW, dispute_status=status, protection_deadline=ENDS.isoformat(), edits_used=0)
    )


def test_a_row_says_what_was_read_in_plain_values() -> None:
    """GIVEN a dispute THEN ids, words and times in UTC, as the contract has them."""
    row = Row(
        order_id=ORDER, number=2, item="Red kettle", ids=IDS, status=DisputeStatus.WAITING_SELLER,
        status_words="Waiting", edits_used=1, amount="US $9.00", deadline=ENDS.isoformat(), answer_by=ENDS,
        advice=advice(DisputeStatus.WAITING_SELLER),
    )  # fmt: skip

    told = row.answer()

    assert (told.order, told.item_number, told.line_id, told.dispute_id) == (
        ORDER, 2, IDS.trade_line_id, IDS.reverse_line_id,
    )  # fmt: skip
    assert (told.answer_by, told.problem) == ("2026-12-15T18:39:00Z", None)
    assert told.refile_by is not None
    assert told.refile_by <= "2026-12-15T18:39:00Z"


def test_a_row_that_was_not_read_claims_nothing() -> None:
    """GIVEN an order whose disputes could not be read THEN no verdict, no ids, and why."""
    told = Row(order_id="", problem="it did not load").answer()

    assert (told.order, told.verdict, told.findings, told.refile_by) == (None, None, (), None)
    assert (told.status, told.line_id, told.dispute_id, told.problem) == (
        DisputeStatus.UNKNOWN, None, None, "it did not load",
    )  # fmt: skip


@pytest.mark.parametrize(
    "status", [DisputeStatus.WAITING_SELLER, DisputeStatus.CLOSED, DisputeStatus.UNKNOWN]
)
def test_the_missing_reason_counts_for_nothing_and_everything_else_does(
    status: DisputeStatus,
) -> None:
    """GIVEN advice without a reason THEN the verdict is that of its other findings."""
    given = advice(status)
    row = Row(order_id=ORDER, status=status, advice=given)

    rules = {finding.rule for finding in given.findings}
    assert "reason-missing" in rules, "control: the advice has it"
    assert {finding.rule for finding in row.findings} == rules - {"reason-missing"}
    blocked = status is not DisputeStatus.WAITING_SELLER
    assert (row.verdict is Verdict.BLOCK) is blocked
    assert set(row.answer().findings) == rules - {"reason-missing"}


def test_words_of_the_page_are_made_safe_and_short() -> None:
    """GIVEN terminal controls and long texts THEN one safe line each."""
    row = Row(order_id=ORDER, item="a\x1b[2Jb\n" + "x" * 900, status_words="\u202eon", amount="1\t2", problem="p" * 900)  # fmt: skip

    assert row.item.startswith("ab x")
    assert (len(row.item), row.status_words, row.amount, len(row.problem)) == (
        200,
        "on",
        "1 2",
        600,
    )


def test_what_is_missing_is_said_once_and_makes_the_list_incomplete() -> None:
    """GIVEN a list that lacks something THEN a note, the error, and no claim to be whole."""
    found = Listing()
    found.note("one\nnote")
    found.note("one note")

    assert (found.notes, found.complete) == (["one note"], True)
    found.lacks("the rest is missing", ERROR)
    assert (found.notes, found.complete) == (["one note", "the rest is missing"], False)
    assert found.failures == [ERROR]


@pytest.mark.parametrize(("complete", "ended"), [(True, True), (True, False), (False, True)])
def test_a_list_is_complete_if_it_lacks_nothing_and_went_to_its_end(
    *, complete: bool, ended: bool
) -> None:
    """GIVEN a walk that was interrupted, or lacks something THEN its answer does not call it whole."""
    answer = Listing(complete=complete, orders_seen=3).answer(GuardAnswer(), ended=ended)

    assert (answer.complete, answer.orders_seen) == (complete and ended, 3)


def test_a_row_that_failed_names_its_problem_and_every_other_is_kept() -> None:
    """GIVEN an order that could not be read THEN its row has the message, and its ids are known."""
    found = Listing(rows=[Row(order_id="1", ids=IDS)], over=[DisputeIds("9")])
    found.failed(Row(order_id=ORDER, number=2), ERROR)

    assert [(row.order_id, row.problem) for row in found.rows] == [("1", ""), (ORDER, "not read")]
    assert found.known == (IDS, DisputeIds("9"))
    assert found.failures == [ERROR]


BAD, GOOD = Row(order_id="1", problem="not read"), Row(order_id="2")


@pytest.mark.parametrize(
    ("found", "nothing"),
    [
        (Listing(), False),
        (Listing(failures=[ERROR]), True),
        (Listing(failures=[ERROR], sources=["my_orders"]), False),
        (Listing(failures=[ERROR], sources=["my_orders"], rows=[BAD]), True),
        (Listing(failures=[ERROR], sources=["my_orders"], rows=[BAD, GOOD]), False),
        (Listing(failures=[ERROR], sources=["my_orders"], rows=[BAD], over=[IDS]), False),
    ],
)
def test_a_list_of_which_nothing_was_read_is_no_empty_list(
    found: Listing, *, nothing: bool
) -> None:
    """GIVEN failures THEN nothing was read if no list was, or none of the orders to read."""
    assert found.nothing_read is nothing


def test_after_a_hand_over_nothing_of_before_counts() -> None:
    """GIVEN a walk that begins again THEN every field is as at the start."""
    found = Listing(rows=[GOOD], over=[IDS], orders_seen=3, sources=["my_orders"], notes=["x"],
                    complete=False, cut_short=True, failures=[ERROR])  # fmt: skip

    found.begin()

    assert found == Listing()
