"""Attempts with an unknown outcome: while an order has one, every end of a run names ``verify``."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from automation.aliexpress.targets import order_target
from automation.engine.journal import Journal, journal_exists
from automation.engine.outcome import Outcome
from automation.errors import ExitCode, ToolError

if TYPE_CHECKING:
    from pathlib import Path

    from automation.aliexpress.flow.report import Report


def unsettled(state_dir: Path, order_id: str) -> tuple[int, ...]:
    """Numbers of the attempts on an order that may have sent a request and are not settled.

    None for a journal that cannot be read: those who need it report the problem.
    """
    if not journal_exists(state_dir):
        return ()
    try:
        with closing(Journal.open(state_dir)) as journal:
            return tuple(attempt.id for attempt in journal.open_intents(order_target(order_id)))
    except ToolError:
        return ()


def verify_first(verify_command: str) -> str:
    """The hint at every end of a run while an attempt is unsettled."""
    return f"run '{verify_command}' before you cancel again"


def point_to_verify(error: ToolError, report: Report, open_attempts: tuple[int, ...]) -> None:
    """Make the outcome unknown if an earlier attempt is unsettled.

    The dispute may have been cancelled, so the run cannot end as if nothing had happened.
    """
    if not open_attempts:
        return
    report.unsettled = open_attempts
    report.outcome = Outcome.UNKNOWN
    error.hint = verify_first(report.verify_command)
    if error.exit_code is not ExitCode.INTERRUPTED:
        error.exit_code = ExitCode.UNKNOWN_OUTCOME
