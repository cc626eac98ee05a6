"""How an attempt ends that was stopped, while an earlier one is unsettled."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from automation.aliexpress.ending import leave_unsettled
from automation.aliexpress.running import Run
from automation.aliexpress.work import interrupted
from automation.engine.outcome import Outcome
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from collections.abc import Callable

VERIFY = "run 'dispute-guard verify 42' before you cancel again"


def page_lost() -> ToolError:
    """A fault of the site, with a next step of its own."""
    return ToolError("the page crashed", code=ErrorCode.PAGE_LOST, hint="run it again")


def ended(stop: ToolError, *, dry_run: bool, open_attempts: tuple[int, ...]) -> Run:
    """A run that the error stopped."""
    run = Run("cancel", "42")
    request: Any = SimpleNamespace(dry_run=dry_run)
    leave_unsettled(stop, request, run, open_attempts)
    return run


@pytest.mark.parametrize(
    ("dry_run", "stop", "outcome", "code"),
    [
        (True, page_lost, Outcome.NOT_DONE, ExitCode.FAILED),
        (True, interrupted, Outcome.NOT_DONE, ExitCode.INTERRUPTED),
        (False, page_lost, Outcome.UNKNOWN, ExitCode.UNKNOWN_OUTCOME),
        (False, interrupted, Outcome.UNKNOWN, ExitCode.INTERRUPTED),
    ],
)
def test_a_dry_run_has_an_outcome_of_its_own(
    stop: Callable[[], ToolError], outcome: Outcome, code: ExitCode, *, dry_run: bool
) -> None:
    """GIVEN an unsettled attempt WHEN a run is stopped THEN it points to verify.

    The outcome of a run that was to cancel is unknown. A dry run sends nothing: not done.
    """
    error = stop()

    run = ended(error, dry_run=dry_run, open_attempts=(3,))

    assert (run.found.end.outcome, error.exit_code, error.hint) == (outcome, code, VERIFY)
    assert run.answer().unsettled == (3,)


def test_without_an_unsettled_attempt_the_error_stays_as_it_is() -> None:
    """GIVEN no earlier attempt THEN the error keeps its own next step and exit code."""
    error = page_lost()

    run = ended(error, dry_run=False, open_attempts=())

    assert (error.hint, error.exit_code) == ("run it again", ExitCode.FAILED)
    assert run.found.end.outcome is Outcome.NOT_DONE
