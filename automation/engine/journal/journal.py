"""The journal of one state folder: attempts, their events, and plans."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, Self

from automation.engine.journal import opening, rows, sqlite_errors
from automation.engine.journal.order_of_events import objection
from automation.engine.journal.records import Event, as_text
from automation.errors import ErrorCode, ExitCode, Hint, ToolError
from automation.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType

    from automation.engine.journal.records import (
        Attempt,
        AttemptEvent,
        Detail,
        FinalOutcome,
        Outcome,
        StoredPlan,
    )
    from automation.engine.target import Target

_LONGEST_TEXT: Final = 300
# An expired plan can never be committed; for a week the tool can still say so.
_KEPT_AFTER_EXPIRY: Final = timedelta(days=7)
# What must be on disk before a request may leave.
_BEFORE_SENDING: Final = frozenset({Event.INTENT, Event.CLICKED})


class Journal:
    """What was tried, how far it got and how it ended; start with :meth:`open`.

    A method that writes returns when its data is on disk. Several processes may write;
    each waits up to ten seconds for another. If the file fails, every method raises
    ``ToolError``: ``journal_damaged``, ``state_dir_unwritable``, ``disk_full``,
    ``journal_busy`` or ``journal_failed``. Times passed in need a time zone, returned
    times are UTC.

    Args:
        state_dir: the journal's folder.
        database: an open connection without implicit transactions.
    """

    def __init__(self, state_dir: Path, database: sqlite3.Connection) -> None:
        self.state_dir = state_dir
        self.path = state_dir / opening.NAME
        self._database = database
        self._file = _identity(self.path)
        database.row_factory = sqlite3.Row

    @classmethod
    def open(cls, state_dir: Path) -> Self:
        """Open the journal of ``state_dir``, creating both if needed.

        Raises:
            ToolError: ``state_dir_unwritable``, ``journal_damaged`` (moved aside),
                ``journal_newer`` (left alone), ``journal_busy`` or ``disk_full``.
        """
        return cls(state_dir, opening.open_database(state_dir))

    def close(self) -> None:
        """Close the file."""
        with sqlite_errors.as_tool_error(self.path):
            self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def must_not_send(self) -> str:
        """Why nothing may be sent although this journal works; empty if sending is allowed."""
        return opening.why_not_to_send(self.state_dir)

    @staticmethod
    def acknowledge_damage(state_dir: Path) -> tuple[Path, ...]:
        """Accept the loss of damaged journals, which is the buyer's decision.

        Returns:
            Their new paths: they are kept under another name.

        Raises:
            ToolError: ``state_dir_unwritable``.
        """
        return opening.accept_damage(state_dir)

    def begin(
        self,
        target: Target,
        command: str,
        site: str,
        surface: str,
        tool_version: str,
        now: datetime,
        *,
        gateway: str = "",
    ) -> int:
        """Start an attempt and return its number.

        Args:
            gateway: the origin of the site's API, if it is not the site's own.
        """
        texts = [_short(text) for text in (command, site, gateway, surface, tool_version)]
        with self._writing() as db:
            number = db.execute(
                "INSERT INTO attempt (order_id, target, command, site, gateway, surface, tool_version, pid,"
                " started, last_event) VALUES ('', ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (target.model_dump_json(), *texts, os.getpid(), as_text(now), Event.STARTED),
            ).lastrowid
            assert number is not None  # noqa: S101  an INSERT has a row id
            _append(db, number, Event.STARTED, now, {})
        return number

    def set_target(self, attempt: int, target: Target) -> None:
        """Set what exactly it is about, before the intent.

        Raises:
            ToolError: ``attempt_unknown``, or ``journal_misuse`` after the intent.
        """
        with self._writing() as db:
            if Event.INTENT in rows.past(db, attempt):
                raise _misuse(attempt, "another target after the intent")
            db.execute(
                "UPDATE attempt SET target = ? WHERE id = ?", (target.model_dump_json(), attempt)
            )

    def record(self, attempt: int, event: Event, now: datetime, **details: Detail) -> None:
        """Write an event; it is on disk when this returns.

        An intent is accepted only if nothing forbids sending, the target is exact and no
        other attempt on it is open. This holds across processes too, since check and
        write are one transaction.

        Raises:
            ToolError: ``journal_misuse`` (the event is out of order),
                ``attempt_unknown``, ``journal_lost`` (also if the file was removed meanwhile)
                or ``unsettled_attempt``.
        """
        if event in _BEFORE_SENDING:
            self._must_be_in_place()
        with self._writing() as db:
            _allow(db, attempt, event)
            if event is Event.INTENT:
                self._allow_intent(db, attempt)
            _append(db, attempt, event, now, details)
            db.execute("UPDATE attempt SET last_event = ? WHERE id = ?", (event, attempt))

    def finish(
        self, attempt: int, outcome: Outcome, exit_code: int, reason: str, now: datetime
    ) -> None:
        """End an attempt.

        Raises:
            ToolError: ``journal_misuse`` if it already ended, ``attempt_unknown``, or
                ``journal_lost`` if the file was removed meanwhile.
        """
        self._must_be_in_place()
        reason = _short(reason)
        details: dict[str, Detail] = {"outcome": outcome, "exit_code": int(exit_code)}
        with self._writing() as db:
            _allow(db, attempt, Event.FINISHED)
            _append(db, attempt, Event.FINISHED, now, details | {"reason": reason})
            db.execute(
                "UPDATE attempt SET last_event = ?, finished = ?, outcome = ?, exit_code = ?,"
                " reason = ? WHERE id = ?",
                (Event.FINISHED, as_text(now), outcome, int(exit_code), reason, attempt),
            )

    def settle(self, attempt: int, outcome: FinalOutcome, how: str, now: datetime) -> None:
        """Settle an open or unknown attempt later; its first end stays recorded as an event.

        Settling it again with the same outcome changes nothing.

        Raises:
            ToolError: ``journal_misuse`` if its outcome is final or it never had an
                intent, ``attempt_unknown``.
        """
        how = _short(how)
        with self._writing() as db:
            before = rows.attempt(db, attempt)
            if before.settled and before.outcome == outcome:
                return
            if outcome not in {"done", "not_done"} or before.outcome in {"done", "not_done"}:
                raise _misuse(attempt, f"{outcome} instead of {before.outcome}")
            _allow(db, attempt, Event.SETTLED)
            details: dict[str, Detail] = {"outcome": outcome, "how": how, "was": before.outcome}
            _append(db, attempt, Event.SETTLED, now, details)
            db.execute(
                "UPDATE attempt SET last_event = ?, settled = ?, outcome = ?, settled_how = ?"
                " WHERE id = ?",
                (Event.SETTLED, as_text(now), outcome, how, attempt),
            )

    def seen_later(self, attempt: int, outcome: FinalOutcome, how: str, now: datetime) -> None:
        """Note that pages show another outcome than an ended attempt has; its own stays.

        Noting the same outcome again changes nothing.

        Raises:
            ToolError: ``journal_misuse`` if it has not ended or never had an intent,
                ``attempt_unknown``.
        """
        with self._writing() as db:
            shown = [each for each in rows.events(db, attempt) if each.event is Event.SEEN_LATER]
            said = shown[-1].details.get("outcome") if shown else rows.attempt(db, attempt).outcome
            if said == outcome:
                return
            _allow(db, attempt, Event.SEEN_LATER)
            details: dict[str, Detail] = {"outcome": outcome, "how": _short(how)}
            _append(db, attempt, Event.SEEN_LATER, now, details)
            db.execute(
                "UPDATE attempt SET last_event = ? WHERE id = ?", (Event.SEEN_LATER, attempt)
            )

    def attempts(self, limit: int | None = None, on: Target | None = None) -> tuple[Attempt, ...]:
        """The newest attempts, newest first.

        Args:
            limit: how many; all by default.
            on: only those on this target or on a part of it.
        """
        with self._reading() as db:
            return rows.newest(db, limit, on)

    def attempt(self, number: int) -> Attempt:
        """One attempt.

        Raises:
            ToolError: ``attempt_unknown``.
        """
        with self._reading() as db:
            return rows.attempt(db, number)

    def events(self, number: int) -> tuple[AttemptEvent, ...]:
        """The events of an attempt, in order.

        Raises:
            ToolError: ``attempt_unknown``.
        """
        with self._reading() as db:
            return rows.events(db, number)

    def lacks(self) -> frozenset[int]:
        """The attempts that receipts beside it name, and that an earlier journal had.

        None of those receipts need tell of a request; one that was killed left no receipt.
        """
        from automation.engine.receipts.evidence import attempts_told  # noqa: PLC0415  rarely

        return attempts_told(self.state_dir) - {each.id for each in self.attempts()}

    def open_intents(self, on: Target | None = None) -> tuple[Attempt, ...]:
        """Attempts without a final outcome whose request may have been sent, oldest first.

        They come from crashes and from the outcome ``unknown``. A running attempt is among
        them too, so hold the target's lock.

        Args:
            on: only those on this target or on a part of it.
        """
        with self._reading() as db:
            return rows.open_intents(db, on)

    def damaged_pages(self) -> list[str]:
        """The findings of SQLite's integrity check, one line each; empty if there are none."""
        with self._reading() as db:
            report = [str(row[0]) for row in db.execute("PRAGMA integrity_check")]
        return [] if report == ["ok"] else report

    def save_plan(self, plan: StoredPlan) -> None:
        """Keep a plan; the same plan made again is good anew, until its new expiry.

        What its earlier use may have sent is the concern of the open attempts. Plans that
        expired more than a week before this one was created are removed.
        """
        times = as_text(plan.created), as_text(plan.expires)
        document = json.dumps(plan.document, ensure_ascii=False)
        with self._writing() as db:
            db.execute(
                "DELETE FROM plan WHERE expires < ?", (as_text(plan.created - _KEPT_AFTER_EXPIRY),)
            )
            db.execute(
                "INSERT INTO plan (digest, order_id, target, created, expires, document)"
                " VALUES (?, '', ?, ?, ?, ?) ON CONFLICT (digest) DO UPDATE SET spent = NULL,"
                " created = excluded.created, expires = excluded.expires",
                (plan.digest, plan.target.model_dump_json(), *times, document),
            )

    def load_plan(self, digest: str) -> StoredPlan | None:
        """The plan with this digest, even if expired or spent."""
        with self._reading() as db:
            return rows.plan(db, digest)

    def spend_plan(self, digest: str, now: datetime | None = None) -> None:
        """Use up a plan, at ``now`` or the current time; of two processes one succeeds.

        Raises:
            ToolError: ``plan_spent`` or ``plan_unknown``, exit code 7.
        """
        moment = as_text(now or datetime.now(UTC))
        with self._writing() as db:
            plan = rows.plan(db, digest)
            if plan is None:
                raise _stale(
                    "no plan with this digest in this state folder", ErrorCode.PLAN_UNKNOWN
                )
            if plan.spent:
                raise _stale("this plan was already used", ErrorCode.PLAN_SPENT)
            db.execute("UPDATE plan SET spent = ? WHERE digest = ?", (moment, digest))

    def return_plan(self, digest: str) -> None:
        """Make a spent plan usable again, since its request was refused before it had an effect."""
        with self._writing() as db:
            db.execute("UPDATE plan SET spent = NULL WHERE digest = ?", (digest,))

    def _must_be_in_place(self) -> None:
        """Refuse to write into a file that no later run will find.

        SQLite goes on in a file that was removed or replaced while it was open; the next run
        would begin a new journal, and know of no request.
        """
        if self._file is None or _identity(self.path) != self._file:
            raise ToolError(
                f"the journal {self.path} is not at its place any more",
                code=ErrorCode.JOURNAL_LOST,
                hint="find out what removes files there, and look at the dispute before you repeat the command",
            )

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: on disk if the body succeeds, rolled back if it fails.

        It takes the write lock before it reads, so what it read is still true when it
        writes.
        """
        with sqlite_errors.as_tool_error(self.path), self._database as db:
            db.execute("BEGIN IMMEDIATE")
            yield db

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """One consistent view of the journal for all reads of the body."""
        with sqlite_errors.as_tool_error(self.path), self._database as db:
            db.execute("BEGIN")
            yield db

    def _allow_intent(self, db: sqlite3.Connection, number: int) -> None:
        """Refuse an intent whose request could be a second one for its target.

        Raises:
            ToolError: ``journal_lost``, ``journal_misuse`` or ``unsettled_attempt``.
        """
        if lost := self.must_not_send():
            raise ToolError(lost, code=ErrorCode.JOURNAL_LOST, hint=Hint.ACCEPT_LOSS)
        target = rows.attempt(db, number).target
        if not target.exact:
            raise _misuse(number, f"an intent on {target}, which does not say what exactly")
        for other in rows.open_intents(db):
            if other.id != number and target.may_be(other.target):
                raise ToolError(
                    f"attempt {other.id} on {other.target} may have reached the site and is not"
                    " settled",
                    code=ErrorCode.UNSETTLED_ATTEMPT,
                    exit_code=ExitCode.UNKNOWN_OUTCOME,
                    hint=f"do not try again before you have verified attempt {other.id}",
                )


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file is at a path; ``None`` if that cannot be told."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _allow(db: sqlite3.Connection, attempt: int, event: Event) -> None:
    """Refuse an event that cannot follow the attempt's events.

    Raises:
        ToolError: ``journal_misuse`` or ``attempt_unknown``.
    """
    if against := objection(rows.past(db, attempt), event):
        raise _misuse(attempt, against)


def _append(
    db: sqlite3.Connection, attempt: int, event: Event, now: datetime, details: dict[str, Detail]
) -> None:
    safe = {
        name: _short(value) if isinstance(value, str) else value for name, value in details.items()
    }
    db.execute(
        "INSERT INTO event (attempt, at, event, details) VALUES (?, ?, ?, ?)",
        (attempt, as_text(now), event, json.dumps(safe, ensure_ascii=False)),
    )


def _short(text: str) -> str:
    """Text for a column: one safe, short line."""
    return clean_text(text, _LONGEST_TEXT)


def _misuse(attempt: int, what: str) -> ToolError:
    return ToolError(
        f"invalid journal entry for attempt {attempt}: {what}",
        code=ErrorCode.JOURNAL_MISUSE,
        hint="report this bug",
    )


def _stale(message: str, code: ErrorCode) -> ToolError:
    return ToolError(
        message,
        code=code,
        exit_code=ExitCode.PLAN_STALE,
        hint=Hint.NEW_PLAN,
    )
