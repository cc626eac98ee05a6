from __future__ import annotations

import contextlib
import io
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from automation.aliexpress.answer_parts import GuardAnswer
from automation.aliexpress.listing.dispute_row import Listing, Row
from automation.aliexpress.site import DisputeIds
from automation.cli.screen.tables import show_list, show_list_lines
from rules import DisputeStatus, Facts, advise

NOW = datetime(2026, 6, 10, 12, 30, tzinfo=UTC)
WIDTHS = pytest.mark.parametrize("width", [40, 60, 80, 140])
LONG = "an order whose name is so long that it never fits into any column of a small screen"


def shown(monkeypatch: pytest.MonkeyPatch, width: int, listing: Listing) -> str:
    """The list on a screen of this width; a line that is too wide fails."""
    monkeypatch.setenv("COLUMNS", str(width))
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        show_list(listing.answer(GuardAnswer()), NOW)
    return fitting(out.getvalue(), width)


def fitting(text: str, width: int) -> str:
    """The text, if no line of it is wider than the screen."""
    assert [line for line in text.splitlines() if cell_len(line) > width] == []
    return text


def row(number: int, status: str) -> Row:
    """A dispute with every field at its longest."""
    facts = Facts(
        now=NOW, dispute_status=status, protection_deadline="2026-06-30T12:00:00Z", edits_used=1
    )
    return Row(
        order_id=f"819000000000000000{number}", number=number, item=LONG, status=DisputeStatus(status),
        ids=DisputeIds(f"110048291330700000{number}", f"819437021556004000{number}"),
        status_words=LONG, amount="US $1,234.56", edits_used=1, advice=advise(facts),
    )  # fmt: skip


@WIDTHS
def test_a_list_keeps_every_verdict_and_number(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    """GIVEN any screen width THEN each dispute has its verdict, ids, deadline and claim."""
    listing = Listing(rows=[row(1, "waiting_seller"), row(2, "final_decision")], orders_seen=2)

    text = shown(monkeypatch, width, listing)

    for each in listing.rows:
        assert each.verdict is not None
        assert text.count(each.verdict.value) >= 1
        for part in (each.order_id, each.line_id, each.dispute_id, each.amount):
            assert str(part) in text
    assert "2026" in text


def test_a_decided_dispute_is_not_counted_as_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a dispute that is decided for good THEN it is listed, and counted apart."""
    decided = [row(number, "final_decision") for number in (1, 2)]

    only = shown(monkeypatch, 140, Listing(rows=decided[:1], orders_seen=1))
    both = shown(monkeypatch, 140, Listing(rows=[*decided, row(3, "mediating")], orders_seen=3))

    assert "no open disputes; 1 decided for good; 1 order" in only
    assert "1 open dispute; 1 can still be cancelled; 2 decided for good; 3 orders" in both


def test_what_the_rules_block_is_not_called_cancellable(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN disputes that the site would cancel and the rules would not THEN the summary says which."""
    begged = Facts(
        now=NOW, dispute_status="mediating", seller_messages=("Cancel first, then we refund",)
    )
    blocked = replace(row(1, "mediating"), advice=advise(begged))

    alone = shown(monkeypatch, 140, Listing(rows=[blocked], orders_seen=1))
    both = shown(monkeypatch, 140, Listing(rows=[blocked, row(2, "mediating")], orders_seen=2))

    assert "1 open dispute; 1 blocked by what the pages show; 1 order" in alone
    assert (
        "2 open disputes; 1 can still be cancelled; 1 blocked by what the pages show; 2 orders"
        in both
    )


@WIDTHS
def test_the_time_to_answer_is_the_next_deadline(
    monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    """GIVEN disputes that wait for the buyer THEN until when, or that no date is shown."""
    monkeypatch.setenv("TZ", "UTC")
    waits = replace(row(1, "seller_responded"), answer_by=NOW + timedelta(days=2, hours=1))
    undated, other = row(2, "seller_responded"), row(3, "waiting_seller")

    text = shown(monkeypatch, width, Listing(rows=[other, undated, waits], orders_seen=3))

    words = " ".join(text.split())
    assert words.startswith(f"answer soon: order {undated.order_id} waits for you")
    assert "next deadline: Fri 12 Jun 2026" in words
    assert "(answer the seller)" in words
    assert "answer by: Fri 12 Jun" in words.replace("\n", " ") or width < 140
    assert "soon, no date" in words or width < 140
    order = [text.rindex(each.order_id) for each in (waits, undated, other)]
    assert order[0] < order[1]


@pytest.mark.parametrize("complete", [True, False])
def test_an_incomplete_list_says_so_in_every_form(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], complete: bool
) -> None:
    """GIVEN a list that may lack disputes THEN neither form says that there are none."""
    answer = Listing(orders_seen=3, complete=complete).answer(GuardAnswer())
    monkeypatch.setenv("COLUMNS", "80")

    show_list_lines(answer)
    quiet = capsys.readouterr()
    show_list(answer, NOW)

    assert quiet.out == ""
    assert ("the list is incomplete" in quiet.err) is not complete
    assert capsys.readouterr().out.startswith(
        "no open disputes;" if complete else "found no open disputes;"
    )
