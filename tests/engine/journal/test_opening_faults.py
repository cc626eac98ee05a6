from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from automation.engine.journal import Journal
from automation.errors import ToolError

if TYPE_CHECKING:
    from pathlib import Path

Begin = Callable[..., int]

CALLS = ("open", "mkdir", "fsync", "rename", "unlink", "write")


@contextmanager
def failing_from(place: int, *, lasting: bool) -> Iterator[list[str]]:
    """Let the system call at ``place`` fail, and those after it too if ``lasting``.

    Gives the names of the calls that failed.
    """
    failed: list[str] = []
    numbers = count(1)

    def patched(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **more: Any) -> Any:  # noqa: ANN401  the system call's own
            number = next(numbers)
            if number == place or (lasting and number > place):
                failed.append(name)
                raise OSError(5, "Input/output error")
            return real(*given, **more)

        return call

    with pytest.MonkeyPatch.context() as patch:
        for name in CALLS:
            patch.setattr(os, name, patched(name, getattr(os, name)))
        yield failed


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "lasting"])
def test_a_new_journal_whose_nth_call_fails_is_made_by_the_next_run(
    tmp_path: Path, with_intent: Begin, *, lasting: bool
) -> None:
    """Whichever call fails: one line, then a sound journal with no report of damage."""
    tried = set()
    for place in count(1):
        state = tmp_path / str(place) / "state"
        with failing_from(place, lasting=lasting) as failed:
            try:
                Journal.open(state).close()
            except ToolError as error:
                assert error.code == "state_dir_unwritable"  # noqa: PT017  it need not fail
        if not failed:
            break
        tried.update(failed)
        with Journal.open(state) as journal:
            assert journal.must_not_send() == ""
            with_intent(journal)
    assert {"open", "mkdir", "fsync", "rename"} <= tried


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "lasting"])
@pytest.mark.parametrize("log_only", [False, True], ids=["main file", "log only"])
def test_a_damaged_journal_whose_moving_fails_is_never_forgotten(
    tmp_path: Path, with_intent: Begin, *, log_only: bool, lasting: bool
) -> None:
    """Whichever call fails during the move, later runs still know of the damage."""
    for place in count(1):
        state = tmp_path / str(place)
        needed = make_damaged(state, with_intent, log_only=log_only)
        with failing_from(place, lasting=lasting) as failed, pytest.raises(ToolError):
            Journal.open(state)
        with open_at_last(state) as journal:
            assert journal.must_not_send()
            with pytest.raises(ToolError, match="is lost"):
                with_intent(journal)
        kept = b"".join(path.read_bytes() for path in state.glob("journal.sqlite3.damaged-*"))
        assert all(data in kept for data in needed)
        if not failed:
            break
    assert place > 2


def make_damaged(state: Path, with_intent: Begin, *, log_only: bool) -> list[bytes]:
    """A journal with a log beside it; gives the bytes that must not get lost.

    With ``log_only`` the main file alone would look like a complete journal. SQLite may
    then have moved rows from the log into the main file, so a row's own bytes count.
    """
    Journal.open(state).close()
    main, log = state / "journal.sqlite3", state / "journal.sqlite3-wal"
    whole = main.read_bytes()
    with Journal.open(state) as journal:
        with_intent(journal)
        db = sqlite3.connect(main, isolation_level=None)
        db.execute("DROP VIEW open_intent")
        written = log.read_bytes()
        db.close()
    main.write_bytes(whole if log_only else b"broken")
    log.write_bytes(written)
    return [b"8200000000001234"] if log_only else [b"broken", written]


def open_at_last(state: Path) -> Journal:
    """Open until it works, after at most two more damage reports."""
    for _ in range(3):
        try:
            return Journal.open(state)
        except ToolError as error:
            assert error.code == "journal_damaged"  # noqa: PT017  it need not fail
    pytest.fail("it never opened")
