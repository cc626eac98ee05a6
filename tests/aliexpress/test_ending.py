"""How an attempt ends that was stopped, while an earlier one is unsettled."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from automation.aliexpress.ending import Ending, leave_unsettled
from automation.aliexpress.found import End, Found, Kept
from automation.aliexpress.running import Run
from automation.aliexpress.site import Addresses
from automation.aliexpress.work import interrupted
from automation.engine.outcome import Outcome
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from collections.abc import Callable

VERIFY = "run 'dispute-guard verify 42' before you cancel again"


def page_lost() -> ToolError:
    """A fault of the site, with a next step of its own."""
    return ToolError("the page crashed", code=ErrorCode.PAGE_LOST, hint="run it again")


HERE, THERE = "http://127.0.0.1:8001", "http://127.0.0.1:8002"


def ended(stop: ToolError, *sites: str, dry_run: bool = False) -> Run:
    """A run that the error stopped, while attempts on these sites are unsettled; the first is 3."""
    run = Run("cancel", "42")
    request: Any = SimpleNamespace(dry_run=dry_run, addresses=Addresses.for_site(HERE, None))
    attempts: Any = [
        SimpleNamespace(id=3 + n, site=site, gateway="") for n, site in enumerate(sites)
    ]
    leave_unsettled(stop, request, run, tuple(attempts))
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

    run = ended(error, HERE, dry_run=dry_run)

    assert (run.found.end.outcome, error.exit_code, error.hint) == (outcome, code, VERIFY)
    assert run.answer().unsettled == (3,)


def test_without_an_unsettled_attempt_the_error_stays_as_it_is() -> None:
    """GIVEN no earlier attempt THEN the error keeps its own next step and exit code."""
    error = page_lost()

    run = ended(error)

    assert (error.hint, error.exit_code) == ("run it again", ExitCode.FAILED)
    assert run.found.end.outcome is Outcome.NOT_DONE


@pytest.mark.parametrize(
    ("sites", "hint"),
    [
        ((HERE, HERE), VERIFY),
        ((THERE,), f"run 'dispute-guard verify 42 --site {THERE}' before you cancel again"),
        (
            (HERE, THERE),
            VERIFY.replace(" before", f" and 'dispute-guard verify 42 --site {THERE}' before"),
        ),
    ],
)
def test_an_attempt_is_verified_where_it_was_made(sites: tuple[str, ...], hint: str) -> None:
    """GIVEN unsettled attempts on this site or another THEN the hint names the site of each."""
    error = page_lost()

    run = ended(error, *sites)

    assert error.hint == hint
    leave_again: Any = SimpleNamespace(dry_run=False, addresses=Addresses.for_site(HERE, None))
    attempts: Any = [SimpleNamespace(id=3, site=site, gateway="") for site in sites]
    leave_unsettled(error, leave_again, run, tuple(attempts))
    assert error.hint == hint, "said once more, it stays the same"


def test_another_run_at_work_is_waited_for_before_it_is_verified() -> None:
    """GIVEN an order that another run works on THEN the hint says to wait, then to verify."""
    error = ToolError("another run", code=ErrorCode.ALREADY_RUNNING, hint="wait, then verify")

    run = ended(error, HERE)

    assert (error.hint, error.exit_code) == ("wait, then verify", ExitCode.UNKNOWN_OUTCOME)
    assert run.found.end.outcome is Outcome.UNKNOWN


REMOTE = "dispute-guard verify 42 --connect {} --state-dir /s"


@pytest.mark.parametrize(
    ("stop", "lost", "endpoint"),
    [
        (None, True, "ENDPOINT"),
        (None, False, "ws://h:1/a"),
        (ErrorCode.CONNECTION_LOST, False, "ENDPOINT"),
        (ErrorCode.PAGE_LOST, False, "ws://h:1/a"),
    ],
)
def test_a_browser_that_is_gone_is_not_named_to_verify_with(
    monkeypatch: pytest.MonkeyPatch, stop: ErrorCode | None, endpoint: str, *, lost: bool
) -> None:
    """GIVEN a lost connection, before or after the request THEN verify needs another endpoint.

    The control is any other end.
    """
    monkeypatch.setattr("automation.aliexpress.ending.keep_receipt", lambda *_: Kept())
    run = Run("cancel", "42", REMOTE.format("ws://h:1/a"))
    run.found = Found(End(Outcome.UNKNOWN, lost=lost))
    request: Any = SimpleNamespace(dry_run=False, order_id="42", addresses=Addresses())
    journal = SimpleNamespace(open_intents=lambda _: ())
    log: Any = SimpleNamespace(
        journal=journal, number=1, finish=lambda *_: None, record=lambda *_, **_more: None
    )
    ending = Ending(request, run, log)

    if stop is None:
        ending.well()
    else:
        with pytest.raises(ToolError):
            ending.stopped(ToolError("it ended", code=stop))

    assert run.answer().verify_command == REMOTE.format(endpoint)
