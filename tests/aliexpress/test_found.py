"""What a run found: values that fold into its answer, and a claim from its permit alone."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from automation.aliexpress.answer import ChoiceAnswer, Step
from automation.aliexpress.found import (
    Confirmed,
    Consented,
    End,
    Found,
    Judged,
    Part,
    Replied,
    Unsettled,
)
from automation.aliexpress.plan.plan import StalePlanError
from automation.aliexpress.plan.targets import dispute_target
from automation.aliexpress.run import fold
from automation.aliexpress.running import Run
from automation.aliexpress.site import DisputeIds, Doubt
from automation.aliexpress.walk.confirm_labels import UnverifiedLabelsError
from automation.aliexpress.walk.order.reading import AmbiguousTargetError
from automation.engine.guard import GuardReport, Permit, PermitScope, RequestRecord
from automation.engine.outcome import Outcome, Reply
from automation.engine.sent import Sent
from automation.errors import ErrorCode, ToolError
from rules import Facts, advise_on_words
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


def permit(*, used: bool) -> Permit:
    """A permit for some dispute."""
    made = Permit(
        PermitScope(dispute_target("8194370215560042", DisputeIds("1100482913307001"))), 10.0
    )
    assert not used or made.consume()
    return made


@pytest.mark.parametrize(
    ("found", "sent", "claim"),
    [
        (Found(), Sent.NOTHING, "nothing was sent"),
        (Found(confirmed=Confirmed(permit(used=False))), Sent.NOTHING, "nothing was sent"),
        (Found(confirmed=Confirmed(permit(used=True))), Sent.ONE, "one request was sent"),
        (
            Found(confirmed=Confirmed(sent=Sent.MAYBE)),
            Sent.MAYBE,
            "one request may have been sent",
        ),
        (Found(unsettled=Unsettled((3,))), Sent.NOTHING, "nothing was sent in this run"),
    ],
)
def test_what_was_sent_is_a_field(found: Found, sent: Sent, claim: str) -> None:
    """GIVEN a permit and a browser, lost or not THEN the claim, whatever the error says."""
    run = Run("cancel", found=found)

    assert (run.answer().sent, run.answer().claim) == (sent, claim)
    assert run.request_left == (sent is not Sent.NOTHING)


ADVICE = advise_on_words(Facts(now=datetime(2026, 6, 10, tzinfo=UTC)))


@pytest.mark.parametrize(
    ("part", "name", "value"),
    [
        (End(Outcome.DONE), "end", End(Outcome.DONE)),
        (Judged(ADVICE), "judged", Judged(ADVICE)),
        (Consented("typed"), "consent", "typed"),
        (Confirmed(sent=Sent.MAYBE), "confirmed", Confirmed(sent=Sent.MAYBE)),
        (Replied(Reply.TOKEN), "replied", Replied(Reply.TOKEN)),
        (Unsettled((1,), ("wait",)), "unsettled", Unsettled((1,), ("wait",))),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_each_part_has_its_place_and_changes_nothing_else(
    part: Part, name: str, value: object
) -> None:
    """GIVEN a part WHEN it is folded in THEN a new value differs there alone; the old one stays."""
    before = Found(attempt=7)

    after = before.plus(part)

    assert getattr(after, name) == value
    assert replace(after, **{name: getattr(before, name)}) == before == Found(attempt=7)


def test_what_came_before_an_error_stays() -> None:
    """GIVEN work that breaks after two parts THEN the run has both, and the error is raised."""

    async def work() -> AsyncIterator[Part]:
        yield Consented("typed")
        try:
            raise KeyError("lost")
        finally:
            yield Confirmed(sent=Sent.MAYBE)

    run = Run("cancel")
    with pytest.raises(KeyError, match="lost"):
        in_own_loop(fold(work(), run))

    assert (run.found.consent, run.found.sent) == ("typed", Sent.MAYBE)


def test_an_interrupt_loses_nothing_either() -> None:
    """GIVEN work that is cancelled while it confirms THEN what it may have sent is known."""

    async def work(ready: asyncio.Event) -> AsyncIterator[Part]:
        try:
            ready.set()
            await asyncio.Event().wait()
        finally:
            yield Confirmed(sent=Sent.MAYBE)

    async def interrupted(run: Run) -> None:
        ready = asyncio.Event()
        task = asyncio.create_task(fold(work(ready), run))
        await ready.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    run = Run("cancel")
    in_own_loop(interrupted(run))

    assert run.request_left


def test_a_run_ends_as_the_last_end_says() -> None:
    """GIVEN ends one after the other THEN the last one counts, at its step or the one under way."""
    run = Run("cancel", step_now=Step.VERIFY)

    run.take(End(Outcome.DONE, "seen", verified=True, at=Step.FINISHED))
    assert (run.found.end.verified, run.stopped_at) == (True, Step.FINISHED)
    run.take(End(Outcome.UNKNOWN, "lost"))

    told = run.answer()
    assert (told.outcome, told.reason, told.stopped_at) == (Outcome.UNKNOWN, "lost", Step.VERIFY)
    assert not run.found.end.verified


CHOICE = ChoiceAnswer(item_number=1, item="Kettle", line_id="2", dispute_id="3", status_words="")
PAGE = Doubt("de", "the status of the dispute", {"labels.cancel_request": ("Zurück",)})
DIALOG = Doubt("de", "the dialog", {"labels.confirm": ("Ja",)})


def test_an_error_brings_its_part_of_the_answer() -> None:
    """GIVEN an error that stopped a run in the browser THEN the answer has what it knows."""
    found = Found(stopped_by=AmbiguousTargetError((CHOICE,)))
    assert (found.choices, found.changes) == ((CHOICE,), ())
    assert Run("cancel", found=found).answer().choices == (CHOICE,)

    found = Found(stopped_by=StalePlanError("stale", ["claim: 1 → 2"]))
    assert (found.changes, found.choices) == (("claim: 1 → 2",), ())
    assert Run("cancel", found=found).answer().changes == ("claim: 1 → 2",)

    found = Found(stopped_by=ToolError("else", code=ErrorCode.NO_DISPUTE))
    assert (found.choices, found.changes, found.words) == ((), (), None)


def test_the_labels_that_stopped_a_run_are_shown_first() -> None:
    """GIVEN unknown labels of page and dialog THEN those of the error, the page, the dialog."""
    dialog, judged = Confirmed(doubt=DIALOG), Judged(ADVICE, doubt=PAGE)
    stopped = UnverifiedLabelsError(DIALOG)

    def what(found: Found) -> str:
        return found.words.what if found.words else ""

    assert what(Found(confirmed=dialog)) == DIALOG.what
    assert what(Found(confirmed=dialog, judged=judged)) == PAGE.what
    assert what(Found(judged=judged, stopped_by=stopped)) == DIALOG.what
    assert what(Found(judged=Judged(ADVICE))) == ""


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

    assert Run("cancel", guard=guard).second_held_back is second


def test_what_was_held_back_under_the_permit_is_told_once() -> None:
    """GIVEN requests that the guard held back THEN the answer has those under the permit, once."""
    held = RequestRecord("cancelReverse", "host", "POST", "write", "another id", under_permit=True)
    before = RequestRecord("list", "host", "GET", "read", "unknown")
    guard: Any = SimpleNamespace(report=lambda: GuardReport((), (before, held, held)))

    told = Run("cancel", "8194370215560042", guard=guard).answer()

    assert [each.why for each in told.held_at_permit] == ["another id"]
    assert "cancelReverse" in told.held_at_permit[0].request
    assert told.verify_command == "dispute-guard verify 8194370215560042"
