"""The JSON contract of ``history``."""

from __future__ import annotations

from typing import Literal

from automation.aliexpress.answer_parts import ExitNumber, Part, Told
from automation.engine.outcome import Outcome


class SeenLaterAnswer(Part):
    """What the pages showed after an attempt had ended; the time is UTC."""

    outcome: Outcome
    at: str
    how: str


class AttemptAnswer(Part):
    """One attempt of the journal; times are UTC.

    Args:
        outcome: ``None`` while it runs, and after a crash.
        needs_verify: its request may have been sent, and it is not settled.
        nothing_sent: it ended before it could send a request, such as a refusal or a dry run.
        receipt: the page of its receipt, as ``receipt_page``; ``None`` if it has none.
        receipt_page: the page, to open in a browser; the folder around it is what ``receipt`` of a
            ``cancel`` names.
        seen_later: another outcome that ``verify`` saw after its end; ``None`` if it saw none.
    """

    attempt: int
    order: str
    dispute: str | None
    line: str | None
    command: str
    site: str
    surface: str
    version: str
    process: int
    started: str
    finished: str | None
    outcome: Outcome | None
    exit_code: int | None
    reason: str | None
    settled: str | None
    settled_how: str | None
    last_event: str
    needs_verify: bool
    nothing_sent: bool
    receipt: str | None = None
    receipt_page: str | None = None
    seen_later: SeenLaterAnswer | None = None


class EventAnswer(Part):
    """One event of an attempt."""

    at: str
    event: str
    details: dict[str, str | int | float | bool | None]


class HistoryAnswer(Told):
    """The answer of ``history``: attempts, newest first."""

    command: Literal["history"] = "history"
    attempts: tuple[AttemptAnswer, ...] = ()
    exit_code: ExitNumber = 0


class AttemptHistoryAnswer(Told):
    """The answer of ``history ATTEMPT``: the attempt, and its events in order."""

    command: Literal["history"] = "history"
    attempt: AttemptAnswer
    events: tuple[EventAnswer, ...]
    exit_code: ExitNumber = 0
