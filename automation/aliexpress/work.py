"""Run work with a browser: watched, open to an interrupt, and tidied up."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from automation.engine.interrupts import Interrupts, Place
from automation.engine.session.profile.owned import end_leftovers, leftovers
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Hashable

    from automation.aliexpress.request import Request
    from automation.aliexpress.running import Run
    from automation.engine.session.options import SessionOptions

Result = TypeVar("Result")


def run_work(
    work: Coroutine[None, None, Result],
    request: Request,
    run: Run,
    progress: Callable[[], Hashable] = lambda: None,
) -> Result:
    """Run work that only reads, until it ends, hangs or is interrupted.

    Args:
        progress: returns another value while a long step makes progress.

    Raises:
        ToolError: what the work raised; ``interrupted`` (exit 130), ``step_stuck``.
    """
    try:
        return run_in_browser(work, request.session, lambda: run.place(progress()))
    except ToolError as error:
        run.found = replace(run.found, stopped_by=error)
        name_the_gateway(error, request, run)
        raise


def run_for_human(work: Coroutine[None, None, Result], session: SessionOptions) -> Result:
    """Run work that waits for a human in a browser window, and return its result.

    Raises:
        ToolError: what the work raised; ``interrupted`` (exit 130).
    """
    return run_in_browser(work, session, lambda: Place("login", human_is_asked=True))


def run_in_browser(
    work: Coroutine[None, None, Result], session: SessionOptions, place: Callable[[], Place]
) -> Result:
    """Run any work with a browser: first close what a killed run left, and always tidy up.

    Args:
        place: says where the work is, so that a browser that hangs is noticed.

    Raises:
        ToolError: what the work raised; ``interrupted`` (exit 130), ``step_stuck``.
    """
    with Interrupts(place, session.timeout, session.state_dir, session.runner) as interrupts:
        try:
            tidy(session)
            return interrupts.run(work)
        except KeyboardInterrupt:
            raise interrupted() from None
        finally:
            work.close()


def name_the_gateway(error: ToolError, request: Request, run: Run) -> None:
    """Name the cause if a mimic's pages stay empty because its API was taken for a stranger."""
    given = request.addresses
    if given.is_real or run.guard is None or error.exit_code is not ExitCode.PAGE_NOT_RECOGNISED:
        return
    held = [
        record.loopback
        for record in run.guard.report().refused
        if record.kind == "foreign" and record.loopback and not record.main_frame
    ]
    if held:
        origin = max(held, key=held.count)
        instead = f" instead of {given.gateway}" if given.gateway else ""
        error.message = f"{error.message}; calls to {origin} were held back"
        error.hint = f"pass --gateway {origin}{instead} if that is the API of this mimic"


def tidy(session: SessionOptions) -> None:
    """Close browsers left behind by a killed run of this state folder, and say so."""
    found = leftovers(session.state_dir)
    stuck = end_leftovers(session.state_dir)
    if found:
        session.say(f"closed {len(found) - len(stuck)} browser(s) of a killed run")


def interrupted() -> ToolError:
    """The error of a run that the buyer stopped (exit 130)."""
    return ToolError(
        "interrupted",
        code=ErrorCode.INTERRUPTED,
        exit_code=ExitCode.INTERRUPTED,
        hint="run the command again",
    )
