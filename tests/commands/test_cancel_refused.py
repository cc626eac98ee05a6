from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import CALM, GOOD_REASON, disputed_order

if TYPE_CHECKING:
    from fixtures.pytest_plugin import Mimic
    from tests.conftest import Tool

_NEVER_CANCELLED = [
    "final_decision",
    "accepted_proposal",
    "return_in_progress",
    "refund_in_progress",
    "unreadable",
]
_BAD_REASONS = [
    "seller-promised",
    "fair-agreement",
    "add-evidence",
    "start-fresh",
    "change-amount",
    "package-arrived-wrong-item",
    "package-arrived-partly",
]


@pytest.mark.further
def test_no_other_status_may_be_cancelled_even_with_a_button(mimic: Mimic, tool: Tool) -> None:
    """GIVEN each status outside F3's table beside a Cancel Request THEN each is blocked.

    The control is the last one, which may be cancelled.
    """
    disputes = [
        {"title": status, "dispute": {"status": status, "cancel_button": "shown"}}
        for status in (*_NEVER_CANCELLED, "waiting_seller")
    ]
    site = mimic("quick", order=[{"line": disputes, "protection_ends": "+20d"}])

    rows = tool.run("list", "--every-order", "--json", site=site).json["disputes"]

    assert [row["verdict"] for row in rows] == [*["block"] * len(_NEVER_CANCELLED), "allow"], rows
    assert site.ledger.writes() == ()


@pytest.mark.parametrize(
    "status", [pytest.param("refund_complete", marks=pytest.mark.further), "unreadable"]
)
def test_a_plan_is_made_for_no_other_status(mimic: Mimic, tool: Tool, status: str) -> None:
    """GIVEN such a status and a Cancel Request all the same THEN exit 3, and no write."""
    site = mimic("quick", dispute={"status": status, "cancel_button": "shown"})

    ran = tool.dry_run(disputed_order(site), site)

    assert (ran.code, ran.json["verdict"]) == (3, "block"), ran.out
    assert not any(f["overridable"] for f in ran.json["findings"] if f["severity"] == "block")
    assert site.ledger.writes() == ()


def test_a_final_block_cannot_be_accepted(mimic: Mimic, tool: Tool) -> None:
    """GIVEN a final decision WHEN its rule is accepted as a risk THEN exit 2 before any request."""
    site = mimic("final-decision", **CALM)

    ran = tool.dry_run(disputed_order(site), site, *GOOD_REASON, "--accept-risk", "status-final")

    assert (ran.code, ran.json["error"]["code"]) == (2, "usage")
    assert "cannot be overridden" in ran.json["error"]["message"]
    assert site.ledger.entries == ()


@pytest.mark.parametrize("reason", _BAD_REASONS)
def test_a_bad_reason_ends_before_a_browser_starts(mimic: Mimic, tool: Tool, reason: str) -> None:
    """GIVEN a bad reason (F11 to F16) THEN refused, without any request."""
    site = mimic("quick")

    ran = tool.dry_run(disputed_order(site), site, "--because", reason, "--received", "--checked")

    assert (ran.code, ran.json["verdict"]) == (3, "block"), ran.out
    assert site.ledger.entries == ()


@pytest.mark.pictures  # where the run stopped was pictured before
def test_a_message_on_the_page_refuses_what_the_buyer_left_out(mimic: Mimic, tool: Tool) -> None:
    """GIVEN a seller who begs on the dispute page, not in the call THEN blocked (F12)."""
    site = mimic("begging-seller", **CALM)

    ran = tool.dry_run(disputed_order(site), site)

    assert ran.code == 3, ran.out
    assert any("F12" in finding["source"] for finding in ran.json["findings"])
    assert ran.json["error"]["evidence"] == f"{ran.json['receipt']}/receipt.html"
    page = Path(ran.json["error"]["evidence"]).read_text("utf-8")
    assert "Refused: this run cancelled nothing" in page
    assert page.count("data:image/png") == 3
    assert site.ledger.writes() == ()


@pytest.mark.parametrize(
    ("scenario", "code"),
    [
        pytest.param(
            "no-dispute", 3, marks=pytest.mark.further
        ),  # tests/aliexpress/walk/order/test_read_order.py
        pytest.param("ninety-days-reminder", 3, marks=pytest.mark.further),  # a reader's
        pytest.param("processing-order", 3, marks=pytest.mark.further),
        pytest.param("several-disputes", 5, marks=pytest.mark.further),
        pytest.param("two-cancel-buttons", 5, marks=pytest.mark.further),
        pytest.param("missing-cancel", 3, marks=pytest.mark.further),
        pytest.param("disabled-cancel", 3, marks=pytest.mark.further),
        ("signed-out", 4),
        pytest.param("captcha", 4, marks=pytest.mark.further),  # test_list.py meets one
        pytest.param("captcha-frame", 4, marks=pytest.mark.further),
    ],
)
def test_what_stands_in_the_way_is_told_and_nothing_is_sent(
    mimic: Mimic, tool: Tool, scenario: str, code: int
) -> None:
    """GIVEN an obstacle THEN its exit code, one clear line, and no write."""
    site = mimic(scenario, **CALM)
    orders = [o for o in site.state.orders if any(line.dispute for line in o.lines)]
    order = (orders or list(site.state.orders))[0].id

    ran = tool.dry_run(order, site)

    assert ran.code == code, ran.out
    assert ran.json["outcome"] == "not_done"
    assert ran.json["error"]["message"]
    assert site.ledger.writes() == ()


@pytest.mark.further
@pytest.mark.parametrize("scenario", ["wrong-dialog", "no-dialog"])
def test_a_dialog_that_is_not_about_this_cancel_is_never_confirmed(
    mimic: Mimic, tool: Tool, scenario: str
) -> None:
    """GIVEN an unexpected dialog, or none, behind Cancel Request THEN no write at all."""
    site = mimic(scenario, **CALM)

    ran = tool.cancel_typed(disputed_order(site), site)

    assert (ran.code, ran.json["outcome"]) == (5, "not_done"), ran.out
    assert site.ledger.writes() == ()
    assert site.state.dispute().status.can_be_cancelled


@pytest.mark.further
def test_an_unknown_order_is_not_searched_for_ever(mimic: Mimic, tool: Tool) -> None:
    """GIVEN a mistyped order number THEN exit 5, and its number is what the error names first."""
    site = mimic("quick", filler_after=15)

    ran = tool.dry_run("8190000000000009", site)

    assert (ran.code, ran.error) == (5, "order_not_found")
    error = ran.json["error"]
    assert error["message"].startswith("order 8190000000000009 is not among the first 10 orders")
    assert error["hint"].startswith("check the number")
    assert site.ledger.writes() == ()


def test_no_terminal_and_no_plan_opens_nothing(mimic: Mimic, tool: Tool) -> None:
    """GIVEN neither a terminal nor a plan THEN exit 2 and no request."""
    site = mimic("quick")

    ran = tool.run("cancel", disputed_order(site), *GOOD_REASON, "--json", site=site)

    assert (ran.code, ran.error) == (2, "no_consent")
    assert site.ledger.entries == ()
