"""Read attempts: the history, and what is still open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.engine.journal import rows, schema
from automation.engine.journal.base import Store

if TYPE_CHECKING:
    from automation.engine.journal.model import Attempt, AttemptEvent

_FROM_ATTEMPTS = f"SELECT {schema.ATTEMPT_COLUMNS} FROM attempt ORDER BY id DESC LIMIT ?"  # noqa: S608  constants
_FROM_INTENTS = (
    f"SELECT {schema.ATTEMPT_COLUMNS} FROM open_intent"  # noqa: S608  constants
    " WHERE order_id = coalesce(?, order_id) AND (? IS NULL OR dispute_id = ?) ORDER BY id"
)
_FROM_EVENTS = f"SELECT {schema.EVENT_COLUMNS} FROM event WHERE attempt = ? ORDER BY id"  # noqa: S608  constants


class Reading(Store):
    """The methods that read attempts."""

    def attempts(self, limit: int = 20) -> tuple[Attempt, ...]:
        """The newest attempts, newest first."""
        with self._reading() as db:
            return tuple(map(rows.as_attempt, db.execute(_FROM_ATTEMPTS, (limit,))))

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
            rows.attempt(db, number)
            return tuple(map(rows.as_event, db.execute(_FROM_EVENTS, (number,))))

    def open_intents(
        self, order_id: str | None = None, dispute_id: str | None = None
    ) -> tuple[Attempt, ...]:
        """Attempts without a final outcome whose request may have been sent, oldest first.

        They come from crashes and from the outcome ``unknown``. A running attempt is among
        them too, so hold the dispute's lock.
        """
        with self._reading() as db:
            found = db.execute(_FROM_INTENTS, (order_id, dispute_id, dispute_id))
            return tuple(map(rows.as_attempt, found))

    def damaged_pages(self) -> list[str]:
        """The findings of SQLite's integrity check, one line each; empty if there are none."""
        with self._reading() as db:
            report = [str(row[0]) for row in db.execute("PRAGMA integrity_check")]
        return [] if report == ["ok"] else report
