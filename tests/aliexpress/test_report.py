"""A run takes what it claims to have sent from its permit alone."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from automation.aliexpress.answer import ChoiceAnswer, Step
from automation.aliexpress.plan import StalePlanError
from automation.aliexpress.report import Confirmed, End, Judged, Report
from automation.aliexpress.site import DisputeIds, Doubt
from automation.aliexpress.targets import dispute_target
from automation.aliexpress.walk.confirm_labels import UnverifiedLabelsError
from automation.aliexpress.walk.read_order import AmbiguousTargetError
from automation.engine.guard import GuardReport, Permit, PermitScope, RequestRecord
from automation.engine.outcome import Outcome
from automation.engine.sent import Sent
from automation.errors import ErrorCode, ToolError
from rules import Facts, advise_on_words


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
        (
            Report("cancel", confirmed=Confirmed(permit(used=False))),
            Sent.NOTHING,
            "nothing was sent",
        ),
        (
            Report("cancel", confirmed=Confirmed(permit(used=True))),
            Sent.ONE,
            "one request was sent",
        ),
        (
            Report("cancel", confirmed=Confirmed(sent=Sent.MAYBE)),
            Sent.MAYBE,
            "one request may have been sent",
        ),
        (Report("cancel", unsettled=(3,)), Sent.NOTHING, "nothing was sent in this run"),
    ],
)
def test_what_was_sent_is_a_field(report: Report, sent: Sent, claim: str) -> None:
    """GIVEN a permit and a browser, lost or not THEN the claim, whatever the error says."""
    assert (report.sent, report.claim) == (sent, claim)
    assert report.request_left == (sent is not Sent.NOTHING)


def test_a_run_ends_as_the_last_end_says() -> None:
    """GIVEN ends one after the other THEN the last one counts, and keeps the step it does not name."""
    report = Report("cancel", stopped_at=Step.VERIFY)

    report.ends(End(Outcome.DONE, "seen", verified=True, at=Step.FINISHED))
    assert (report.outcome, report.verified, report.stopped_at) == ("done", True, "finished")
    report.ends(End(Outcome.UNKNOWN, "lost"))

    assert (report.outcome, report.reason) == (Outcome.UNKNOWN, "lost")
    assert (report.verified, report.stopped_at) == (False, Step.FINISHED)


CHOICE = ChoiceAnswer(item_number=1, item="Kettle", line_id="2", dispute_id="3", status_words="")
PAGE = Doubt("de", "the status of the dispute", {"labels.cancel_request": ("Zurück",)})
DIALOG = Doubt("de", "the dialog", {"labels.confirm": ("Ja",)})


def test_an_error_brings_its_part_of_the_answer() -> None:
    """GIVEN an error that stopped a run in the browser THEN the answer has what it knows."""
    report = Report("cancel", stopped_by=AmbiguousTargetError((CHOICE,)))
    assert (report.answer().choices, report.changes) == ((CHOICE,), ())

    report = Report("cancel", stopped_by=StalePlanError("stale", ["claim: 1 → 2"]))
    assert (report.answer().changes, report.choices) == (("claim: 1 → 2",), ())

    report = Report("cancel", stopped_by=ToolError("else", code=ErrorCode.NO_DISPUTE))
    assert (report.choices, report.changes, report.words) == ((), (), None)


def test_the_labels_that_stopped_a_run_are_shown_first() -> None:
    """GIVEN unknown labels of page and dialog THEN those of the error, the page, the dialog."""
    advice = advise_on_words(Facts(now=datetime(2026, 6, 10, tzinfo=UTC)))
    dialog, judged = Confirmed(doubt=DIALOG), Judged(advice, doubt=PAGE)
    stopped = UnverifiedLabelsError(DIALOG)

    def what(report: Report) -> str:
        return report.words.what if report.words else ""

    assert what(Report("cancel", confirmed=dialog)) == DIALOG.what
    assert what(Report("cancel", confirmed=dialog, judged=judged)) == PAGE.what
    assert what(Report("cancel", judged=judged, stopped_by=stopped)) == DIALOG.what
    assert what(Report("cancel", judged=Judged(advice))) == ""


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
