"""Runs in a browser: the request that the options make, and an answer on every exit path."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from automation.aliexpress.answer_parts import GuardAnswer
from automation.aliexpress.plan.order_number import check_same_site
from automation.aliexpress.plan.said import buyer_says
from automation.aliexpress.request import Request
from automation.aliexpress.site import Addresses, SiteMap
from automation.aliexpress.site.traffic import useless_reads
from automation.cli.call import this_call
from automation.cli.faults import internal_error
from automation.cli.options.folders import site_data_file, site_data_to_write, state_folder
from automation.cli.prompts.hand_over import AtWindow
from automation.cli.screen.other_call import (
    OF_A_LOGIN,
    OF_A_VERIFY,
    other_call,
    teach_command,
    with_given_options,
)
from automation.cli.screen.render import show_stopped
from automation.cli.screen.shell import command_line
from automation.cli.screen.terminal import is_terminal
from automation.engine.outcome import EXIT_CODES, Outcome
from automation.engine.session.attach.endpoint import is_loopback
from automation.engine.session.choice import Mode, chosen_mode, has_display, wants_window
from automation.engine.session.options import SessionOptions
from automation.engine.session.profile.own_profile import SignInProfile, own_profile
from automation.engine.session.signin import check_display
from automation.engine.session.state import SESSION_FILE
from automation.errors import ErrorCode, ExitCode, ToolError
from automation.text import pasted
from rules import Facts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from automation.aliexpress.answer import Answer
    from automation.aliexpress.list_answer import ListAnswer
    from automation.aliexpress.listing.dispute_row import Listing
    from automation.aliexpress.running import Run
    from automation.aliexpress.walk.held_reads import ReadOffers
    from automation.cli.options.options import BrowserOptions, OutputOptions

# The device profile of the mobile surface.
PHONE = "Pixel 7"
_LONGEST_COMMAND = 300
# What can be taught. A dialog is not among them: one that asks something else is never for teaching.
_UNKNOWN_PARTS = frozenset(
    {
        ErrorCode.DISPUTE_NOT_REACHED,
        ErrorCode.LANGUAGE_UNKNOWN,
        ErrorCode.NO_SINGLE_TARGET,
        ErrorCode.PAGE_NOT_RECOGNISED,
        ErrorCode.WORDS_UNVERIFIED,
    }
)
_RUNNING = (Mode.ATTACH, Mode.CONNECT)


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
    addresses = Addresses.for_site(browser.site, browser.gateway)
    check_same_site(this_call().order, addresses)
    for problem in useless_reads(browser.allowed_reads):
        say(problem)
    session = session_options(browser, addresses, say)
    return Request(
        order_id=order,
        site=SiteMap.load(site_data_file(browser.words)),
        addresses=addresses,
        session=session,
        human=_human(session, browser.human_seconds),
        said=said or Facts(),
        item=item,
        surface=browser.surface,
        allowed_reads=browser.allowed_reads,
        offers=_offers(browser.words) if asks and is_terminal() else None,
    )


def _offers(words: Path | None) -> ReadOffers:
    from automation.cli.prompts.consent import ask_about_reads

    return ask_about_reads(site_data_to_write(words))


def _human(session: SessionOptions, seconds: float) -> AtWindow | None:
    """Somebody to ask, where the browser has a window."""
    if not seconds or (session.headless and not session.attach):
        return None
    output = this_call()
    return AtWindow(seconds, quiet=output.as_json)


def session_options(
    browser: BrowserOptions, addresses: Addresses, say: Callable[[str], None]
) -> SessionOptions:
    """How to open the browser: the session that the options name, or the one that ``login`` left.

    Raises:
        ToolError: options cannot be combined (exit 2), or a window has no display (exit 4).
    """
    named = _named_session(browser)
    if named in _RUNNING:
        _say_what_is_unused(named, browser, say)
    elif browser.headed:
        check_display()
    if browser.connect and not (addresses.is_real or is_loopback(browser.connect)):
        say(f"{addresses.host} is the remote machine's own address there, not this machine's")
    state_dir = state_folder(browser.state_dir)
    own = own_profile(state_dir)
    saved = (state_dir / SESSION_FILE).exists()
    mode = chosen_mode(named, own=own, site=addresses.host, saved=saved)
    profile = own.folder if mode is Mode.OWN_PROFILE else browser.profile
    made_by = SignInProfile.read(profile).browser if profile else None
    return SessionOptions(
        state_dir=state_dir,
        timeout=browser.timeout,
        headless=bool(browser.connect)
        or not wants_window(browser.headed, real=addresses.is_real, display=has_display()),
        browser=browser.browser or made_by,
        profile=profile,
        attach=browser.attach,
        connect=browser.connect,
        device=PHONE if browser.surface == "mobile" else None,
        mode=mode,
        say=say,
        ahead=this_call().ahead,
    )


def _named_session(browser: BrowserOptions) -> Mode | None:
    """The one session that the options name, if they name any.

    Raises:
        ToolError: they name several (exit 2).
    """
    given = {
        Mode.ATTACH: browser.attach,
        Mode.CONNECT: browser.connect,
        Mode.PROFILE: browser.profile,
    }
    named = [mode for mode, value in given.items() if value]
    if len(named) > 1:
        raise ToolError(
            f"{' and '.join(f'--{mode}' for mode in named)} cannot be combined",
            code=ErrorCode.USAGE,
            exit_code=ExitCode.USAGE,
        )
    return named[0] if named else None


def _say_what_is_unused(
    named: Mode | None, browser: BrowserOptions, say: Callable[[str], None]
) -> None:
    """Name options that have no effect on a browser that is already running."""
    whose = "your own browser" if named is Mode.ATTACH else "the browser there"
    for name, given in (("browser", browser.browser), ("headed", browser.headed)):
        if given:
            say(f"--{name} has no effect with --{named}: {whose} is used")


def verify_command(order: str, picked: str | None = None) -> str:
    """The call that settles this one later, with the options that were given to it.

    Args:
        picked: the item of a dispute that was picked, not given.
    """
    item = ("--item", picked) if picked else ()
    return other_call("verify", OF_A_VERIFY, order, *item)


def dry_run_command(order: str) -> str:
    """The dry run that comes next, with the options that were given to this command."""
    return other_call("cancel", OF_A_VERIFY, order, "--because", "REASON", "--dry-run")


def cancel_dry_run(order: str) -> str:
    """The same for a buyer who is asked what it has to know."""
    return other_call("cancel", OF_A_VERIFY, order, "--dry-run")


def guard_answer(run: Run) -> GuardAnswer:
    """The guard's account of a run; empty if no browser was opened."""
    return GuardAnswer.model_validate(run.guard.report().as_json() if run.guard else {})


def list_answer(listing: Listing, run: Run, *, ended: bool = True) -> ListAnswer:
    """What a walk over the account has found; the calls in its notes have the options of this one."""
    answer = listing.answer(guard_answer(run), ended=ended)
    return answer.model_copy(update={"notes": tuple(map(with_given_options, answer.notes))})


def _what_the_human_runs(error: ToolError) -> str:
    """The exact command by which a human deals with what the site asks for; empty if none fits."""
    given = click.get_current_context(silent=True)
    if given is None or error.code not in {ErrorCode.SIGNED_OUT, ErrorCode.CAPTCHA}:
        return ""
    if given.info_name == "login":
        return ""
    if given.params.get("attach"):
        return "deal with it in your own browser, then repeat the command"
    if given.params.get("connect"):
        return _without_the_remote(error)
    if error.code is ErrorCode.SIGNED_OUT:
        return f"run {pasted(other_call('login', OF_A_LOGIN))}, sign in, then repeat the command"
    again = _again_headed(given)
    told = (
        f"run {pasted(again)}"
        if len(again) <= _LONGEST_COMMAND
        else "repeat the command with --headed"
    )
    return f"{told}, and solve it in the window"


def _again_headed(given: click.Context) -> str:
    """The command once more with a window; a server for an agent has no person at its terminal."""
    if given.info_name == "mcp":
        return f"{other_call('session', OF_A_LOGIN)} --headed"
    words = (word for word in this_call().words if word != "--headless")
    return command_line(("dispute-guard", *words, "--headed"))


def _without_the_remote(error: ToolError) -> str:
    """A browser on another machine has no window here, so the human goes to one on this machine."""
    if error.code is ErrorCode.SIGNED_OUT:
        login = other_call("login", OF_A_LOGIN, "--keep-in", "file")
        return f"run {pasted(login)}, sign in, then repeat the command"
    return "repeat the command with --headed in place of --connect, and solve it in the window"


def _with_ways_to_teach(error: ToolError) -> str:
    """The hint for a page with unknown parts, with the commands that name and teach them."""
    given = click.get_current_context(silent=True)
    if given is None or error.code not in _UNKNOWN_PARTS or given.info_name in {"doctor", "teach"}:
        return error.hint
    order = str(given.params.get("order") or "ORDER")
    ways = (
        f"see what is unknown with {pasted(other_call('doctor', OF_A_VERIFY, order))}, and show it with "
        f"{pasted(teach_command(order))}"
    )
    return f"{error.hint}; or {ways}" if error.hint else ways


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
    problem.hint = _what_the_human_runs(problem) or with_given_options(_with_ways_to_teach(problem))
    problem.document = dict(document(problem))
    raise problem


@contextlib.contextmanager
def tell_truth(
    run: Run,
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
    try:
        with answering(
            lambda error: answer_to(error, run).as_json(),
            state_dir,
            lambda: _code_of_a_fault(run),
        ):
            yield
    except ToolError as error:
        answer = answer_to(error, run)
        if run.command == "cancel":
            error.claim = answer.claim
        if answer.outcome is Outcome.UNKNOWN and _is_fault(error) and run.request_left:
            error.hint = f"do not try again; run {pasted(run.verify_command)}"
        if output.for_people:
            show_stopped(
                answer,
                error,
                datetime.now(UTC),
                said=buyer_says(said) if said else (),
                accepted=accepted,
                explain=output.explains,
            )
        raise


def answer_to(error: ToolError, run: Run) -> Answer:
    """The answer of a run that an error ended."""
    end = run.found.end
    unclear = _is_fault(error) and error.exit_code is ExitCode.UNKNOWN_OUTCOME
    outcome = Outcome.UNKNOWN if unclear else end.outcome
    return run.answer(replace(end, outcome=outcome, reason=end.reason or error.message))


def _is_fault(error: ToolError) -> bool:
    return error.code is ErrorCode.INTERNAL_ERROR


def _code_of_a_fault(run: Run) -> ExitCode:
    """Exit 1 only if nothing was sent; a broken verification proves nothing."""
    end = run.found.end
    if end.verified:
        return EXIT_CODES[end.outcome]
    unclear = run.command == "verify" or end.outcome is Outcome.UNKNOWN
    return ExitCode.UNKNOWN_OUTCOME if unclear or run.request_left else ExitCode.FAILED
