"""An earlier attempt that cancelled a dispute: whether it is the one of this run."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from automation.aliexpress.cancel import settle
from automation.aliexpress.cancel.settle import (
    Settlement,
    cancelled_by,
    newest_that_may_have_sent,
    note_later,
    settled_before,
    verify_order,
)
from automation.aliexpress.found import Kept
from automation.aliexpress.plan.targets import dispute_target
from automation.aliexpress.running import Run
from automation.aliexpress.site import Addresses, DisputeIds
from automation.aliexpress.site.addresses import REAL_SITE
from automation.engine.elapsed import Moment, this_uptime
from automation.engine.journal import Event, Journal
from automation.engine.looking import Concluded
from automation.engine.outcome import Outcome, Sent, Verdict
from automation.errors import ExitCode, ToolError
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from automation.aliexpress.cancel.settle import Verified
    from automation.aliexpress.walk.browse import Walk
    from automation.engine.journal import Attempt
    from automation.engine.journal.records import FinalOutcome

ORDER = "8194370215560042"
IDS = DisputeIds("1100482913300042", "8194370215570042")
OTHER = "1100482913300043"


def settlement(outcome: Outcome) -> Settlement:
    """What became of attempt 7."""
    attempt: Any = SimpleNamespace(
        id=7, target=dispute_target(ORDER, IDS), site=REAL_SITE, gateway=""
    )
    return Settlement(attempt, outcome, "the page says so")


@pytest.fixture
def before(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Settlement | None]:
    """Settle one earlier attempt before a run on an item, or with a stored plan."""

    def run(outcome: Outcome, item: str | None = None, planned: str = "") -> Settlement | None:
        async def settled(*_: object) -> list[Settlement]:
            return [settlement(outcome)]

        monkeypatch.setattr(settle, "settle_open", settled)
        nothing: Any = None
        request: Any = SimpleNamespace(item=item, addresses=Addresses())
        stored: Any = SimpleNamespace(document={"reverse_line_id": planned}) if planned else None
        this = Run("cancel", ORDER)
        return in_own_loop(settled_before(nothing, request, this, nothing, stored))

    return run


@pytest.mark.parametrize(
    ("item", "planned", "expected"),
    [
        (None, "", True),
        (IDS.reverse_line_id, "", True),
        (IDS.trade_line_id, "", True),
        (OTHER, "", False),
        ("1", IDS.reverse_line_id, True),
        (None, OTHER, False),
    ],
)
def test_only_the_dispute_of_this_run_ends_it(
    before: Callable[..., Settlement | None], item: str | None, planned: str, *, expected: bool
) -> None:
    """GIVEN an attempt that cancelled a dispute THEN it ends a run on that one, and no other."""
    found = before(Outcome.DONE, item, planned)

    assert (found is not None) is expected
    if found:
        end = cancelled_by(found)
        assert (end.outcome, end.verified, end.at) == (Outcome.DONE, True, "finished")
        assert end.reason == "attempt 7 cancelled it: the page says so"


@pytest.mark.parametrize("number", ["1", "0042"])
def test_a_number_may_name_another_dispute_now(
    before: Callable[..., Settlement | None], number: str
) -> None:
    """GIVEN --item with a number THEN nothing is sent: it counts what the page shows now."""
    with pytest.raises(ToolError, match=f"--item {number} may be another one") as stopped:
        before(Outcome.DONE, number)

    assert stopped.value.exit_code is ExitCode.UNKNOWN_OUTCOME
    assert before(Outcome.NOT_DONE, number) is None


def test_an_unclear_attempt_stops_the_run(before: Callable[..., Settlement | None]) -> None:
    """GIVEN an attempt that stays unknown THEN exit 8 and the command that settles it."""
    with pytest.raises(ToolError, match="attempt 7 may have sent its request") as stopped:
        before(Outcome.UNKNOWN)

    assert stopped.value.exit_code is ExitCode.UNKNOWN_OUTCOME
    assert f"dispute-guard verify {ORDER}" in stopped.value.hint


NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)


def ended(journal: Journal, outcome: FinalOutcome, *, sent: bool, ids: DisputeIds = IDS) -> Attempt:
    """A finished attempt on the dispute; a refused one had no intent."""
    number = journal.begin(
        dispute_target(ORDER, ids), "cancel", "https://s.example", "web", "1", NOW
    )
    steps = (Event.WHOLE_FOUND, Event.TARGET_READ, Event.PLANNED, Event.CONSENTED, Event.INTENT)
    for event in steps if sent else (Event.REFUSED,):
        journal.record(number, event, NOW)
    journal.finish(number, outcome, 1, "so it ended", NOW)
    return journal.attempt(number)


@pytest.mark.parametrize(
    ("before", "now", "noted"),
    [
        ("not_done", Outcome.DONE, "done"),
        ("done", Outcome.NOT_DONE, "not_done"),
        ("not_done", Outcome.NOT_DONE, None),
        ("done", Outcome.DONE, None),
        ("not_done", Outcome.UNKNOWN, None),
    ],
)
def test_what_pages_show_later_is_kept_with_the_attempt_that_sent(
    tmp_path: Path, before: FinalOutcome, now: Outcome, noted: str | None
) -> None:
    """GIVEN ended attempts THEN another outcome on the pages stands beside the newest that sent."""
    concluded = Concluded(Verdict(now, "shown_done"), "the page says so")
    with Journal.open(tmp_path) as journal:
        other = ended(journal, before, sent=True, ids=DisputeIds(OTHER, None))
        earlier, sent = (ended(journal, before, sent=True) for _ in range(2))
        refused = ended(journal, "not_done", sent=False)
        assert newest_that_may_have_sent(journal, [refused, other], IDS) is None
        newest = newest_that_may_have_sent(journal, [refused, sent, earlier, other], IDS)
        assert newest == sent.id
        note_later(journal, newest, concluded, NOW)
        last = journal.events(sent.id)[-1]
        assert last.details.get("outcome") == (noted or before)
        assert (last.event is Event.SEEN_LATER) is (noted is not None)
        assert journal.attempt(sent.id).outcome == before
        for each in (refused, earlier, other):
            assert journal.events(each.id)[-1].event is Event.FINISHED


@dataclass
class Walked:
    """A walk that opens no page."""

    album: None = None


async def at_once(
    _request: object, _run: object, body: Callable[[Walk], Awaitable[Verified]], _: object
) -> Verified:
    """The work alone, in no browser."""
    return await body(cast("Walk", Walked()))


HERE, THERE = "http://127.0.0.1:8001", "http://127.0.0.1:8002"


@pytest.mark.parametrize(
    ("site", "outcome", "at", "still_open"),
    [
        (HERE, Outcome.DONE, "", 0),
        (THERE, Outcome.UNKNOWN, f"dispute-guard verify {ORDER} --site {THERE}", 1),
    ],
)
def test_an_attempt_of_another_site_is_not_settled_here(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    site: str,
    outcome: Outcome,
    at: str,
    still_open: int,
) -> None:
    """GIVEN pages that show it done WHEN the attempt was made on another mimic THEN it stays open.

    The answer names the call that settles it. The control is one that was made on this site.
    """
    request: Any = SimpleNamespace(
        order_id=ORDER, item=None, addresses=Addresses.for_site(HERE, None), site=None,
        now=lambda: NOW, moment=lambda: Moment(NOW, this_uptime()),
    )  # fmt: skip

    async def looked(*_: object) -> Concluded:
        return Concluded(Verdict(Outcome.DONE, "shown_done"), "the page says so")

    monkeypatch.setattr(settle, "_look", looked)
    monkeypatch.setattr(settle, "walked", at_once)
    monkeypatch.setattr(settle, "Album", lambda *_: None)
    monkeypatch.setattr(settle, "keep_settlement", lambda *_: Kept())
    with Journal.open(tmp_path) as journal:
        number = journal.begin(dispute_target(ORDER, IDS), "cancel", site, "web", "1", NOW)
        journal.record(number, Event.TARGET_READ, NOW, page="/p/x")
        for event in (Event.PLANNED, Event.CONSENTED, Event.INTENT, Event.CLICKED):
            journal.record(number, event, NOW)

        found = in_own_loop(verify_order(request, Run("verify", ORDER), journal))

        assert (found.end.outcome, found.settle_at) == (outcome, at)
        assert len(journal.open_intents()) == still_open


WITHOUT_A_CANCEL = "the journal has no cancel of it"


def verified_on(monkeypatch: pytest.MonkeyPatch, state: Path, shown: Outcome | None) -> Verified:
    """What ``verify`` finds without an attempt, on pages that show an outcome, or no dispute."""
    request: Any = SimpleNamespace(
        order_id=ORDER, item=None, addresses=Addresses.for_site(HERE, None)
    )
    dispute = SimpleNamespace(ids=IDS) if shown else None

    async def read(*_: object) -> object:
        return SimpleNamespace(chosen=dispute, disputes=(), order=None)

    async def looked(*_: object) -> Concluded:
        return Concluded(Verdict(shown or Outcome.UNKNOWN, "other"), "the page says so")

    monkeypatch.setattr(settle, "read_disputes", read)
    monkeypatch.setattr(settle, "subject_of", lambda *_: None)
    monkeypatch.setattr(settle, "_look", looked)
    monkeypatch.setattr(settle, "walked", at_once)
    with Journal.open(state) as journal:
        return in_own_loop(verify_order(request, Run("verify", ORDER), journal))


@pytest.mark.parametrize("lost", ["", "its record is lost"], ids=["there", "lost"])
@pytest.mark.parametrize(
    ("shown", "reason", "outcome"),
    [
        (None, "the order shows no dispute", Outcome.UNKNOWN),
        (Outcome.UNKNOWN, "the page says so", Outcome.UNKNOWN),
        (Outcome.NOT_DONE, "the page says so", Outcome.NOT_DONE),
        (Outcome.DONE, "the page says so", Outcome.DONE),
    ],
)
def test_a_lost_journal_is_told_with_every_outcome(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    lost: str,
    shown: Outcome | None,
    reason: str,
    outcome: Outcome,
) -> None:
    """GIVEN a lost journal THEN each outcome says so, and only "done" is certain.

    The control is a journal that is there: it says what it does not have, and loses nothing.
    """
    monkeypatch.setattr(Journal, "must_not_send", lambda _: lost)

    found = verified_on(monkeypatch, tmp_path, shown)

    is_done = outcome is Outcome.DONE
    assert found.journal_problem == lost
    assert found.end.outcome is (Outcome.UNKNOWN if lost and not is_done else outcome)
    assert found.end.reason == (reason if is_done else f"{reason}; {lost or WITHOUT_A_CANCEL}")


@pytest.mark.parametrize("numbers", [(), (4, 7)], ids=["first use", "receipts"])
def test_a_journal_that_began_after_receipts_may_lack_a_cancel(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, numbers: tuple[int, ...]
) -> None:
    """GIVEN receipts of attempts that sent nothing, and no journal THEN what it may lack is told."""
    for number in numbers:
        folder = tmp_path / "receipts" / f"20261101T120000Z-0042-{number}"
        folder.mkdir(parents=True)
        told = {"outcome": "not_done", "sent": Sent.NOTHING.words, "attempt": number}
        (folder / "receipt.json").write_text(json.dumps(told), "utf-8")

    found = verified_on(monkeypatch, tmp_path, Outcome.NOT_DONE)

    began = ", but it began after attempt 7 and may lack one" if numbers else ""
    assert found.end.reason == f"the page says so; {WITHOUT_A_CANCEL}{began}"
    assert found.end.outcome is Outcome.NOT_DONE
