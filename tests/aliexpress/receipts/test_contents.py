"""What a run says in its receipt: totals that agree with their lists, and no outcome at stake."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from automation.aliexpress.answer import Step
from automation.aliexpress.found import Confirmed
from automation.aliexpress.plan.site_warnings import SiteWarning
from automation.aliexpress.receipts.contents import _STEPS, _guard, _kept, _receipt
from automation.aliexpress.receipts.face import DisputeReceipt, face_of
from automation.aliexpress.running import Run
from automation.engine.guard.report import GuardReport, RequestRecord
from automation.engine.receipts.page import groups
from automation.errors import ErrorCode, ToolError
from rules import Facts
from tests.aliexpress.receipts.conftest import NOW

if TYPE_CHECKING:
    from pathlib import Path

    from tests.aliexpress.receipts.conftest import MakeReceipt


def record(what: str, kind: str, *, permitted: bool = False) -> RequestRecord:
    """One judged request."""
    return RequestRecord(what, "s.example", "POST", kind, "why", permitted=permitted)


def test_every_total_is_the_sum_of_its_list() -> None:
    """GIVEN requests of every kind, some equal THEN groups with these totals, as the guard counts."""
    report = GuardReport(
        allowed=(
            record("cancel", "write", permitted=True),
            *(record("read", "read"),) * 3,
            *(record(f"{n}.png", "asset") for n in range(5)),
        ),
        refused=(
            *(record("beacon", "telemetry"),) * 4,
            record("unknown", "unknown"),
            record("other", "foreign"),
        ),
    )

    found = list(groups(_guard(report)))

    assert {group.title: group.total for group in found} == {
        "Changes let through": 1,
        "Reads and pages let through": 3,
        "Files of the pages let through": 5,
        "Requests refused": 2,
        "Telemetry dropped": 4,
    }
    assert all(group.total == sum(times for _, times in group.requests) for group in found)
    total = sum(group.total for group in found)
    assert total == len(report.allowed) + len(report.refused)
    assert report.summary().endswith("1 write let through, 4 telemetry dropped, 2 requests refused")


@pytest.mark.parametrize("loss", [(), (False,), (False, True)])
def test_a_receipt_knows_whether_the_site_warned_of_a_loss(loss: tuple[bool, ...]) -> None:
    """GIVEN what the site said beyond its question THEN all of it, and whether some of it means a loss."""
    run = Run("cancel", "8201234567891234")
    said = tuple(SiteWarning("Thank you.", f"{n:012x}", each) for n, each in enumerate(loss))
    run.take(Confirmed(warnings=said))
    place = SimpleNamespace(origin="https://s.example", is_real=False, order_details=lambda _: "")
    given = {"now": lambda: NOW, "dry_run": False, "said": Facts(), "addresses": place}
    request: Any = SimpleNamespace(**given, order_id=run.order_id)

    receipt = _receipt(run, request, 7, "1", 0, None)

    assert len(receipt.accepted_warnings) == len(loss)
    assert receipt.warned_of_loss is receipt.seems_final is any(loss)


def test_every_step_has_words() -> None:
    """GIVEN any step of a run THEN a receipt says it in words."""
    assert set(_STEPS) == set(Step)


@pytest.mark.parametrize(
    "fault", [ZeroDivisionError(), ToolError("the disk is full", code=ErrorCode.RECEIPT_UNWRITABLE)]
)
def test_no_problem_with_a_receipt_is_raised(fault: Exception) -> None:
    """GIVEN a full disk, or a bug THEN one line that says so, and no folder."""

    def write() -> Path:
        raise fault

    kept = _kept(write)

    assert kept.folder is None
    assert kept.problem
    assert "\n" not in kept.problem


@pytest.mark.parametrize(
    ("code", "headline"),
    [
        (0, "Dry run: nothing was sent"),
        (1, "Not done: the dispute was not cancelled"),
        (3, "Refused: this run cancelled nothing"),
        (5, "Stopped: a page was not recognised"),
        (None, "Not done: the dispute was not cancelled"),
    ],
)
def test_a_run_that_sent_nothing_says_why_it_ended(
    make_receipt: MakeReceipt, code: int | None, headline: str
) -> None:
    """GIVEN an exit code THEN its headline; one of an old receipt, or a settled one, is plain."""
    receipt: DisputeReceipt = make_receipt(outcome="not_done", exit_code=code)
    assert face_of(receipt).headline == headline
    settled = make_receipt(outcome="not_done", exit_code=code, settled=receipt.created)
    assert face_of(settled).headline == "Not done: the dispute was not cancelled"
    assert face_of(make_receipt(outcome="unknown", exit_code=code)).headline.startswith("Unknown")


def test_a_refusal_does_not_say_that_a_dispute_is_open(make_receipt: MakeReceipt) -> None:
    """GIVEN a refusal, perhaps because there is no dispute THEN its receipt leaves that open."""
    refused = face_of(make_receipt(outcome="not_done", exit_code=3)).what_next
    assert refused.startswith("This run changed nothing. If a dispute is open")
    seen = face_of(make_receipt(outcome="not_done", exit_code=1)).what_next
    assert seen.startswith("The dispute stays as it was")


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)//?orderId=1", "https://a.b/x?token=1", "x"]
)
def test_only_a_page_of_an_order_is_linked(make_receipt: MakeReceipt, address: str) -> None:
    """GIVEN anything else THEN no link."""
    assert make_receipt(order_address=address).order_address == ""
