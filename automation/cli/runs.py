"""Runs in a browser: the request that the options make, and an answer on every exit path."""

from __future__ import annotations

import contextlib
import shlex
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from automation.aliexpress.answer import GuardAnswer
from automation.aliexpress.request import Request
from automation.aliexpress.said import buyer_says
from automation.aliexpress.site import Addresses, SiteMap
from automation.cli.faults import internal_error
from automation.cli.options import site_data_file, site_data_to_write, state_folder
from automation.cli.render import show_stopped
from automation.cli.terminal import is_terminal
from automation.engine.outcome import EXIT_CODES, Outcome
from automation.engine.session.options import SessionOptions
from automation.engine.session.signin import check_display
from automation.errors import ErrorCode, ExitCode, ToolError
from rules import Facts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from automation.aliexpress.report import Report
    from automation.aliexpress.walk.held_reads import ReadOffers
    from automation.cli.options import BrowserOptions, OutputOptions

# The device profile of the mobile surface.
PHONE = "Pixel 7"
_OF_A_VERIFY = (
    "site", "gateway", "surface", "attach", "profile", "browser", "words", "allowed_reads", "item",
    "state_dir",
)  # fmt: skip
_SPELLED = {"words": "--site-data", "allowed_reads": "--allow-read"}


def make_request(
    order: str,
    browser: BrowserOptions,
    *,
    item: str | None = None,
    said: Facts | None = None,
    say: Callable[[str], None],
    asks: bool = False,
) -> Request:
    """Turn the options into the flow's request.

    Args:
        asks: a person reads along, so at a terminal they are asked about held-back reads.

    Raises:
        ToolError: an option cannot be used (exit 2).
    """
    session = _session(browser, say)
    return Request(
        order_id=order,
        site=SiteMap.load(site_data_file(browser.words)),
        addresses=Addresses.for_site(browser.site, browser.gateway),
        session=session,
        said=said or Facts(),
        item=item,
        surface=browser.surface,
        allowed_reads=browser.allowed_reads,
        offers=_offers(browser.words) if asks and is_terminal() else None,
    )


def _offers(words: Path | None) -> ReadOffers:
    from automation.cli.consent import ask_about_reads

    return ask_about_reads(site_data_to_write(words))


def _session(browser: BrowserOptions, say: Callable[[str], None]) -> SessionOptions:
    if browser.attach and browser.profile:
        raise ToolError(
            "--attach and --profile cannot be combined",
            code=ErrorCode.USAGE,
            exit_code=ExitCode.USAGE,
        )
    if browser.attach:
        _say_what_attach_leaves_unused(browser, say)
    elif browser.headed:
        check_display()
    return SessionOptions(
        state_dir=state_folder(browser.state_dir),
        timeout=browser.timeout,
        headless=not browser.headed,
        browser=browser.browser,
        profile=browser.profile,
        attach=browser.attach,
        device=PHONE if browser.surface == "mobile" else None,
        say=say,
    )


def _say_what_attach_leaves_unused(browser: BrowserOptions, say: Callable[[str], None]) -> None:
    """Name options that have no effect on a browser that is already running."""
    for name, given in (("browser", browser.browser), ("headed", browser.headed)):
        if given:
            say(f"--{name} has no effect with --attach: your own browser is used")


def verify_command(order: str) -> str:
    """The call that settles this one later, with the options that were given to it."""
    ctx = click.get_current_context()
    given = [
        (_SPELLED.get(name, f"--{name.replace('_', '-')}"), str(value))
        for name in _OF_A_VERIFY
        if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE
        for value in _each(ctx.params[name])
    ]
    words = (word for pair in given for word in pair)
    return shlex.join(("dispute-guard", "verify", order, *words))


def _each(value: object) -> tuple[object, ...]:
    """The values of an option: none, one, or those of a repeatable one."""
    if isinstance(value, tuple):
        return value
    return () if value is None else (value,)


def guard_answer(report: Report) -> GuardAnswer:
    """The guard's account of a run; empty if no browser was opened."""
    return GuardAnswer.model_validate(report.guard.report().as_json() if report.guard else {})


@contextlib.contextmanager
def answering(
    document: Callable[[ToolError], Mapping[str, object]],
    state_dir: Path | None,
    fault_code: Callable[[], ExitCode] = lambda: ExitCode.FAILED,
) -> Iterator[None]:
    """Attach what the run knows to any error that ends it, internal ones included.

    Args:
        document: the JSON answer, without its exit code and error.
        fault_code: the exit code of an internal error, which depends on what was sent.
    """
    try:
        yield
    except ToolError as error:
        problem = error
    except KeyboardInterrupt:
        problem = ToolError(
            "interrupted", code=ErrorCode.INTERRUPTED, exit_code=ExitCode.INTERRUPTED
        )
    except Exception as fault:  # noqa: BLE001  whatever broke, the answer says what is known
        problem = internal_error(fault, state_dir, fault_code())
    else:
        return
    problem.document = dict(document(problem))
    raise problem


@contextlib.contextmanager
def tell_truth(
    report: Report,
    output: OutputOptions,
    state_dir: Path | None,
    *,
    said: Facts | None = None,
    accepted: frozenset[str] = frozenset(),
) -> Iterator[None]:
    """Attach the run's answer to an error that ends it, and show what it found before that.

    Args:
        accepted: digests of the warnings that the buyer accepted.
    """

    def document(error: ToolError) -> Mapping[str, object]:
        _complete(report, error)
        return report.answer().as_json()

    try:
        with answering(document, state_dir, lambda: _code_of_a_fault(report)):
            yield
    except ToolError as error:
        if output.for_people:
            show_stopped(
                report.answer(),
                error,
                datetime.now(UTC),
                said=buyer_says(said) if said else (),
                accepted=accepted,
                held_back=_held_at_permit(report),
            )
        raise


def _held_at_permit(report: Report) -> tuple[tuple[str, str], ...]:
    """Requests that were held back while there was a permit; the answer does not single them out."""
    held = report.guard.report().held_at_permit if report.guard else ()
    return tuple(dict.fromkeys((record.in_words, record.reason) for record in held))


def _code_of_a_fault(report: Report) -> ExitCode:
    """Exit 1 only if nothing was sent; a broken verification proves nothing."""
    if report.verified:
        return EXIT_CODES[report.outcome]
    unclear = report.command == "verify" or report.outcome is Outcome.UNKNOWN
    return ExitCode.UNKNOWN_OUTCOME if unclear or report.request_left else ExitCode.FAILED


def _complete(report: Report, error: ToolError) -> None:
    """Set outcome and reason, and claim what ``cancel`` sent: the only place that does."""
    if error.code is ErrorCode.INTERNAL_ERROR and error.exit_code is ExitCode.UNKNOWN_OUTCOME:
        report.outcome = Outcome.UNKNOWN
        if report.request_left:
            error.hint = f"do not try again; run '{report.verify_command}'"
    report.reason = report.reason or error.message
    if report.command == "cancel":
        error.claim = report.claim
