"""Rows of the journal's tables as values, read on a connection of the test's own."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from automation.engine.journal import Event, rows
from automation.engine.target import Target
from automation.errors import ErrorCode, ToolError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.engine.journal import Journal
    from tests.engine.journal.conftest import Begin

FIRST, SECOND = "8200000000001234", "8200000000005678"


@pytest.fixture
def db(journal: Journal) -> Iterator[sqlite3.Connection]:
    """The journal's file, without the journal."""
    with closing(sqlite3.connect(journal.path)) as database:
        database.row_factory = sqlite3.Row
        yield database


def test_attempts_are_found_by_every_id_that_is_given(
    journal: Journal, begin: Begin, db: sqlite3.Connection
) -> None:
    """GIVEN attempts on two orders THEN a target finds those with all of its ids, newest first."""
    one, two = begin(journal, order=FIRST), begin(journal, order=SECOND)
    again = begin(journal, order=FIRST, dispute="D2")

    def on(**ids: str) -> list[int]:
        return [each.id for each in rows.newest(db, on=Target(ids=ids, words="it", exact=False))]

    assert [each.id for each in rows.newest(db)] == [again, two, one]
    assert [each.id for each in rows.newest(db, limit=2)] == [again, two]
    assert on(order=FIRST) == [again, one]
    assert on(order=FIRST, dispute="D1") == [one]
    assert on(order=FIRST, dispute="D3") == []


def test_open_intents_are_those_that_may_have_been_sent(
    journal: Journal, begin: Begin, with_intent: Begin, db: sqlite3.Connection
) -> None:
    """GIVEN an attempt with an intent and one without THEN only the first is open."""
    begin(journal, order=FIRST)
    sent = with_intent(journal, order=SECOND)

    assert [each.id for each in rows.open_intents(db)] == [sent]
    assert rows.past(db, sent)[-1] is Event.INTENT


def test_an_attempt_that_is_not_there_has_no_events(db: sqlite3.Connection) -> None:
    """GIVEN a number without an attempt THEN its events are an error, not an empty list."""
    with pytest.raises(ToolError) as stopped:
        rows.events(db, 7)

    assert stopped.value.code is ErrorCode.ATTEMPT_UNKNOWN


def test_a_row_that_cannot_be_is_a_damaged_file(
    journal: Journal, begin: Begin, db: sqlite3.Connection
) -> None:
    """GIVEN a time that is none, which SQLite accepts THEN the same error as for a broken page."""
    number = begin(journal)
    assert rows.attempt(db, number).id == number

    db.execute("UPDATE attempt SET started = 'yesterday' WHERE id = ?", (number,))

    with pytest.raises(sqlite3.DatabaseError, match="attempt"):
        rows.attempt(db, number)
