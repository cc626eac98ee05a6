"""A journal that is missing although receipts beside it tell of requests."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING

import pytest

from automation.engine.journal import Event, Journal
from automation.engine.journal.opening import accepted_damage, open_database
from automation.engine.outcome import Sent
from automation.errors import ErrorCode, ToolError
from tests.engine.journal.conftest import TO_INTENT

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

UNSENT = {"outcome": "not_done", "sent": Sent.NOTHING.words, "attempt": 7}
TELLING = {
    "done": {"outcome": "done", "sent": Sent.ONE.words, "attempt": 7},
    "perhaps sent": {"outcome": "unknown", "sent": Sent.MAYBE.words, "attempt": 7},
    "refused by the site": {"outcome": "not_done", "sent": Sent.ONE.words, "attempt": 7},
    "settled later": UNSENT | {"settled": "2026-11-26T12:00:00Z"},
    "of an old version": {"attempt": 7},
}


def receipt(state: Path, document: object, day: int = 1) -> None:
    """A receipt in the state folder."""
    folder = state / "receipts" / f"2026110{day}T120000Z-0042-7"
    folder.mkdir(parents=True)
    (folder / "receipt.json").write_text(json.dumps(document), "utf-8")


@pytest.mark.parametrize("document", TELLING.values(), ids=TELLING.keys())
def test_a_receipt_of_a_request_makes_it_a_lost_one(
    state: Path, with_intent: Callable[..., int], document: dict[str, object]
) -> None:
    """GIVEN such a receipt and no journal THEN nothing is sent until the loss is accepted."""
    receipt(state, document)
    receipt(state, UNSENT, day=2)

    with Journal.open(state) as journal:
        assert "was missing" in journal.must_not_send()
        with pytest.raises(ToolError, match="is lost") as refused:
            with_intent(journal)
        assert refused.value.code == "journal_lost"

        kept = Journal.acknowledge_damage(state)

        assert journal.must_not_send() == ""
        assert kept == accepted_damage(state)
        assert "tells of a request" in kept[0].read_text("utf-8")


@pytest.mark.parametrize("there", [(), (UNSENT,), (UNSENT, UNSENT)])
def test_without_one_a_new_journal_may_send(
    state: Path, with_intent: Callable[..., int], there: tuple[object, ...]
) -> None:
    """GIVEN a new folder, or receipts of attempts that sent nothing THEN nothing is lost."""
    for day, document in enumerate(there, 1):
        receipt(state, document, day)

    with Journal.open(state) as journal:
        assert journal.must_not_send() == ""
        with_intent(journal)


def test_one_that_cannot_be_read_may_tell_of_a_request(state: Path) -> None:
    """GIVEN an unreadable receipt THEN the journal counts as lost: unknown is never good."""
    receipt(state, [])

    with Journal.open(state) as journal:
        assert "was missing" in journal.must_not_send()


def test_a_loss_stays_accepted_until_the_journal_is_lost_again(state: Path) -> None:
    """GIVEN an accepted loss THEN later runs may send; a second loss must be accepted too."""
    receipt(state, TELLING["done"])
    Journal.open(state).close()
    Journal.acknowledge_damage(state)

    with Journal.open(state) as journal:
        assert journal.must_not_send() == ""
    for file in state.glob("journal.sqlite3*"):
        if "accepted" not in file.name:
            file.unlink()
    with Journal.open(state) as journal:
        assert "was missing" in journal.must_not_send()


def test_the_accepted_loss_of_a_damaged_one_is_not_asked_about_again(state: Path) -> None:
    """GIVEN a damaged journal, accepted before a new one was made THEN that is no second loss."""
    receipt(state, TELLING["done"])
    (state / "journal.sqlite3").write_bytes(b"no database")
    with pytest.raises(ToolError, match="moved to"):
        Journal.open(state)

    assert len(Journal.acknowledge_damage(state)) == 1

    with Journal.open(state) as journal:
        assert journal.must_not_send() == ""


def test_numbers_go_on_after_those_of_the_receipts(
    state: Path, with_intent: Callable[..., int]
) -> None:
    """GIVEN receipts of lost attempts THEN the next attempt has a number of its own."""
    receipt(state, UNSENT)
    receipt(state, {"attempt": "9"}, day=2)
    receipt(state, {"attempt": 10**30}, day=3)

    with Journal.open(state) as journal:
        Journal.acknowledge_damage(state)
        assert with_intent(journal) == 8
        receipt(state, UNSENT | {"attempt": 8}, day=4)
        assert journal.lacks() == {7}


def removed(journal: Journal) -> None:
    """Remove the open journal's files."""
    for file in journal.state_dir.glob("journal.sqlite3*"):
        file.unlink()


def replaced(journal: Journal) -> None:
    """Put a copy in the place of the open journal."""
    copy = journal.path.with_name("copy")
    shutil.copy(journal.path, copy)
    copy.replace(journal.path)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a file that is open")
@pytest.mark.parametrize("gone", [removed, replaced])
@pytest.mark.parametrize("event", [Event.INTENT, Event.CLICKED])
def test_nothing_may_be_sent_with_a_journal_that_no_later_run_finds(
    journal: Journal,
    begin: Callable[..., int],
    now: datetime,
    gone: Callable[[Journal], None],
    event: Event,
) -> None:
    """GIVEN an open journal WHEN its file is removed or replaced THEN neither intent nor click is written."""
    number = begin(journal, *(TO_INTENT if event is Event.CLICKED else TO_INTENT[:-1]))
    gone(journal)

    with pytest.raises(ToolError, match="is not at its place any more") as refused:
        journal.record(number, event, now)

    assert refused.value.code is ErrorCode.JOURNAL_LOST
    assert event not in [each.event for each in journal.events(number)]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a file that is open")
def test_what_was_sent_already_is_told_with_the_loss(
    journal: Journal, with_intent: Callable[..., int], now: datetime
) -> None:
    """GIVEN a sent request WHEN the file is removed THEN the run goes on to its outcome, and its end reports the loss."""
    number = with_intent(journal)
    journal.record(number, Event.CLICKED, now)
    removed(journal)

    journal.record(number, Event.PERMIT_USED, now)
    with pytest.raises(ToolError, match="is not at its place any more"):
        journal.finish(number, "done", 0, "seen", now)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a file that is open")
def test_a_journal_that_could_not_be_seen_when_it_was_opened_counts_as_gone(
    state: Path, begin: Callable[..., int], now: datetime
) -> None:
    """GIVEN a file that was gone before it was identified, and still is THEN no intent is written."""
    Journal.open(state).close()
    database = open_database(state)
    for file in state.glob("journal.sqlite3*"):
        file.unlink()
    with Journal(state, database) as journal:
        number = begin(journal, *TO_INTENT[:-1])

        with pytest.raises(ToolError, match="is not at its place any more"):
            journal.record(number, Event.INTENT, now)

        assert Event.INTENT not in [each.event for each in journal.events(number)]
