"""Write attempts: what was tried, how far it got, how it ended."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from automation.engine.journal import opening, rows
from automation.engine.journal.base import Store
from automation.engine.journal.model import Detail, Event, as_text
from automation.engine.journal.order_of_events import objection
from automation.errors import ExitCode, ToolError
from automation.text import clean_text

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime
    from pathlib import Path

    from automation.engine.journal.model import FinalOutcome, Outcome

_LONGEST_TEXT = 300

# Another attempt on the same dispute whose request may have been sent. Without a dispute
# id the line decides, and without a line the order.
_OPEN_ON_SAME_TARGET = """
SELECT id FROM open_intent
WHERE id <> :id AND (dispute_id = :dispute_id OR (order_id = :order_id AND NOT coalesce(
    CASE WHEN dispute_id IS NOT NULL AND :dispute_id IS NOT NULL THEN dispute_id <> :dispute_id
         ELSE line_id <> :line_id END, 0)))
LIMIT 1
"""


class Writing(Store):
    """The methods that write attempts; each returns when its data is on disk."""

    def begin(
        self, order_id: str, command: str, site: str, surface: str, tool_version: str, now: datetime
    ) -> int:
        """Start an attempt and return its number."""
        told = [_short(text) for text in (order_id, command, site, surface, tool_version)]
        with self._writing() as db:
            number = db.execute(
                "INSERT INTO attempt (order_id, command, site, surface, tool_version, pid, started,"
                " last_event) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (*told, os.getpid(), as_text(now), Event.STARTED),
            ).lastrowid
            assert number is not None  # noqa: S101  an INSERT has a row id
            _append(db, number, Event.STARTED, now, {})
        return number

    def set_target(self, attempt: int, dispute_id: str | None, line_id: str | None) -> None:
        """Set which dispute of the order it is about, before the intent.

        Raises:
            ToolError: ``attempt_unknown``, or ``journal_misuse`` after the intent.
        """
        with self._writing() as db:
            if Event.INTENT in rows.events_so_far(db, attempt):
                raise _misuse(attempt, "another target after the intent")
            db.execute(
                "UPDATE attempt SET dispute_id = ?, line_id = ? WHERE id = ?",
                (dispute_id and _short(dispute_id), line_id and _short(line_id), attempt),
            )

    def record(self, attempt: int, event: Event, now: datetime, **details: Detail) -> None:
        """Write an event; it is on disk when this returns.

        An intent is accepted only if nothing forbids sending, the target is known and no
        other attempt on it is open. This holds across processes too, since check and
        write are one transaction.

        Raises:
            ToolError: ``journal_misuse`` (the event is out of order),
                ``attempt_unknown``, ``journal_lost`` or ``unsettled_attempt``.
        """
        with self._writing() as db:
            _allow(db, attempt, event)
            if event is Event.INTENT:
                _allow_intent(db, self.state_dir, attempt)
            _append(db, attempt, event, now, details)
            db.execute("UPDATE attempt SET last_event = ? WHERE id = ?", (event, attempt))

    def finish(
        self, attempt: int, outcome: Outcome, exit_code: int, reason: str, now: datetime
    ) -> None:
        """End an attempt.

        Raises:
            ToolError: ``journal_misuse`` if it already ended, ``attempt_unknown``.
        """
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


def _allow(db: sqlite3.Connection, attempt: int, event: Event) -> None:
    """Refuse an event that cannot follow the attempt's events.

    Raises:
        ToolError: ``journal_misuse`` or ``attempt_unknown``.
    """
    if against := objection(rows.events_so_far(db, attempt), event):
        raise _misuse(attempt, against)


def _allow_intent(db: sqlite3.Connection, state_dir: Path, number: int) -> None:
    """Refuse an intent whose request could be a second one for its dispute.

    Raises:
        ToolError: ``journal_lost``, ``journal_misuse`` or ``unsettled_attempt``.
    """
    if lost := opening.why_not_to_send(state_dir):
        raise ToolError(
            lost,
            code="journal_lost",
            hint=opening.HOW_TO_ACCEPT_THE_LOSS,
        )
    attempt = rows.attempt(db, number)
    if not (attempt.dispute_id or attempt.line_id):
        raise _misuse(number, "an intent without a dispute or line")
    target = {
        "id": number,
        "order_id": attempt.order_id,
        "dispute_id": attempt.dispute_id,
        "line_id": attempt.line_id,
    }
    if still_open := db.execute(_OPEN_ON_SAME_TARGET, target).fetchone():
        raise ToolError(
            f"attempt {still_open[0]} on this dispute may have reached the site and is not settled",
            code="unsettled_attempt",
            exit_code=ExitCode.UNKNOWN_OUTCOME,
            hint=f"do not try again; run 'dispute-guard verify {attempt.order_id}'",
        )


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
        code="journal_misuse",
        hint="report this bug",
    )
