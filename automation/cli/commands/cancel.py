"""``cancel``: cancel one dispute with one request, after the buyer consents."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from msgspec import Struct
from msgspec.structs import replace

from automation.cli.call import this_call, until_told
from automation.cli.loading import load_with_browser, load_with_driver
from automation.cli.options.buyer_words import BuyerWords, OneAnswer, about_a_dispute
from automation.cli.options.folders import state_folder
from automation.cli.options.options import BrowserOptions, ReceiptOutput, group_of, receipt_output
from automation.cli.options.settings import CallOnly
from automation.cli.options.suggestions import risks
from automation.cli.options.values import FilePath, Text
from automation.cli.screen.terminal import is_terminal
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from automation.aliexpress.request import Request
    from automation.cli.screen.output import Progress
    from rules import Facts


_REST: Final = (
    "automation.aliexpress.run",
    "automation.cli.prompts.consent",
    "automation.cli.prompts.escort",
    "automation.cli.prompts.permitted_call",
    "automation.cli.screen.render",
)
"""What is loaded while the browser starts."""


class ConsentOptions(Struct, frozen=True):
    """What the buyer agreed to on the command line; only there does it count."""

    dry_run: bool
    plan_digest: str | None
    accept_risk: tuple[str, ...]
    accept_warning: tuple[str, ...]
    by_hand: bool

    @property
    def is_asked_for(self) -> bool:
        """True if the buyer has to be asked at the terminal."""
        return not self.dry_run and not self.plan_digest


def _digests(
    _ctx: click.Context, param: click.Parameter, values: tuple[str, ...]
) -> tuple[str, ...]:
    """Accept digests only: a sentence or a rule would accept nothing."""
    from automation.engine.digest import is_digest

    digests = tuple(value.lower() for value in values)
    for value, digest in zip(values, digests, strict=True):
        if not is_digest(digest):
            raise click.BadParameter(
                f"{value[:40]!r} is not a digest of 12 hex digits", param=param
            )
    return digests


def _as_printed(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    """A plan's digest with small letters; any other text stays, for the error that names it."""
    from automation.engine.digest import is_digest

    return value.lower() if value and is_digest(value.lower()) else value


consent_options: Final = group_of(
    "consent", ConsentOptions,
    click.option("--dry-run", cls=CallOnly, is_flag=True, help="Make a plan; click and send nothing."),
    click.option("--plan", "plan_digest", cls=CallOnly, type=Text(), metavar="DIGEST", callback=_as_printed,
                 help="Carry out the plan of a dry run."),
    click.option("--accept-risk", cls=CallOnly, multiple=True, metavar="RULE_ID", shell_complete=risks,
                 help="Override a blocking rule (only rules marked * in 'dispute-guard rules')."),
    click.option("--accept-warning", cls=CallOnly, multiple=True, metavar="DIGEST", callback=_digests,
                 help="Accept a warning in the site's dialog, by the digest that an earlier run printed."),
    click.option("--by-hand", cls=CallOnly, is_flag=True,
                 help="Press Cancel Request yourself, in a window where everything else is held back."),
)  # fmt: skip


from_option: Final = click.option(
    "--from", "from_file", cls=CallOnly, type=FilePath(path_type=Path, dir_okay=False), metavar="FILE",
    help="Cancel the disputes of a CSV or JSONL file, one after the other, with one plan for all.",
)  # fmt: skip


@click.command("cancel", cls=OneAnswer)
@about_a_dispute(from_option, consent_options, output=receipt_output)
def command(
    order: str | None,
    from_file: Path | None,
    said: BuyerWords,
    item: str | None,
    consent: ConsentOptions,
    browser: BrowserOptions,
    output: ReceiptOutput,
) -> int:
    """Cancel the dispute of ORDER, if the rules allow it.

    Reads My Orders, Order Details and the dispute, checks the rules, makes a plan, and asks
    you to type four digits of the order number: the group before the last one. At a terminal
    it also asks what it has to know, and without ORDER lists the open disputes to pick from.
    Without a terminal, ORDER and --because are needed, and only --plan counts as consent.

    With --by-hand you press Cancel Request and confirm yourself, in the browser window, within
    two minutes. Everything else that you press there and that would change something is held
    back. Use it where the tool does not recognise a page, a button or a dialog.

    With --from FILE each line names an order, a reason and what you would say with options, in
    columns of their names. All are read first; then you type the digits of each order that can be
    cancelled, and they are cancelled one after the other. If something unclear ends it, or you do,
    the same command goes on where it ended and never sends a second request.

    \b
    dispute-guard cancel 8190000000000001 --because package-arrived --received --checked --dry-run
    dispute-guard cancel 8190000000000001 --because package-arrived --received --checked --plan 0a1b2c3d4e5f
    dispute-guard cancel 8190000000000001 --because package-arrived --received --checked --by-hand --headed
    dispute-guard cancel --from disputes.csv --dry-run
    """
    if from_file is not None:
        return _cancel_file(from_file, order, said, item, consent, browser, output)
    may_ask = output.for_people and is_terminal() and not consent.plan_digest
    if not may_ask:
        _needs(order, said, _why_not_asked(output) if is_terminal() else "")
    _check(consent, order or "ORDER", browser)
    browser = _with_window(consent, browser)
    load_with_driver("automation.aliexpress.running", "automation.cli.runs")
    from automation.aliexpress.running import Run
    from automation.cli.endings import cancel_error, next_step
    from automation.cli.main import tool_version
    from automation.cli.runs import make_request, tell_truth, verify_command
    from automation.cli.screen.output import Progress, print_json

    facts = said.facts(datetime.now(UTC))
    picked = None
    if order is None:
        order, item = picked = _picked(browser)
    if may_ask:
        facts = _asked(facts, consent, picked)
    progress = Progress(on=output.for_people)
    run = Run("cancel", order, verify_command(order, item if picked else None), progress.step)
    until_told(run)
    accepted = frozenset(consent.accept_warning)
    with (
        tell_truth(run, output, browser.state_dir, said=facts, accepted=accepted),
        progress.of(run),
    ):
        request = make_request(
            order, browser, item=item, said=facts, say=progress.say, asks=output.for_people
        )
        _start_browser(request, consent)
        from automation.aliexpress.cancel.attempts import verify_first
        from automation.aliexpress.run import run_cancel
        from automation.cli.prompts.escort import offer_to_keep
        from automation.cli.prompts.permitted_call import offering_to_permit
        from automation.cli.screen.render import show_dry_run, show_outcome

        request = _with_consent(request, consent, progress, output)
        asks = output.for_people and not consent.by_hand
        with offering_to_permit(run, browser.words, asks=asks):
            answer = run_cancel(request, run, tool_version())
        this_call().done = answer.outcome == "done"
        if output.as_json:
            print_json(
                answer.model_copy(
                    update={"error": cancel_error(answer, run.verify_command)}
                ).as_json()
            )
        elif consent.dry_run:
            show_dry_run(
                answer,
                request.now(),
                verify_first(run.verify_command),
                quiet=output.quiet,
                explain=output.explain,
                by_hand=consent.by_hand,
            )
        else:
            show_outcome(answer, request.now(), next_step(answer, run.verify_command))
            learned = run.found.confirmed.learned
            if learned and answer.is_worth_keeping and not output.quiet:
                offer_to_keep(learned, browser.words)
    return answer.exit_code


def _start_browser(request: Request, consent: ConsentOptions) -> None:
    """Let the browser start while the rest is loaded, unless what the buyer says is refused."""
    from rules import Verdict, advise_on_words

    advice = advise_on_words(request.said).accepting(consent.accept_risk)
    if advice.verdict is not Verdict.BLOCK:
        load_with_browser(request.session, *_REST)


def _cancel_file(
    path: Path,
    order: str | None,
    said: BuyerWords,
    item: str | None,
    consent: ConsentOptions,
    browser: BrowserOptions,
    output: ReceiptOutput,
) -> int:
    """Cancel the orders of a file, which says of each what the options say of one.

    Raises:
        ToolError: an option says something of one order (exit 2), or what ended the batch.
    """
    one = {
        "ORDER": order is not None,
        "--item": item is not None,
        "--accept-risk": bool(consent.accept_risk),
        "--by-hand": consent.by_hand,
        "what you say of one order": not said.is_silent,
    }
    if given := [name for name, is_given in one.items() if is_given]:
        raise _usage(
            f"--from and {given[0]} cannot be combined",
            "say it in the line of the order, in a column of that name"
            if given[0] != "--by-hand"
            else "cancel such an order by itself",
        )
    _check(consent, "ORDER", browser)
    from automation.cli.batch.batch import FileConsent, cancel_file
    from automation.cli.endings import cancel_error

    accepted = frozenset(consent.accept_warning)
    agreed = FileConsent(consent.dry_run, consent.plan_digest, accepted, consent.is_asked_for)
    return cancel_file(path, agreed, browser, output, cancel_error)


def _needs(order: str | None, said: BuyerWords, unasked: str) -> None:
    """Without anybody to ask, the call has to say which dispute, and why.

    Args:
        unasked: the option that keeps a terminal from being asked; empty without a terminal.

    Raises:
        click.UsageError: it does not (exit 2).
    """
    missing = ["argument 'ORDER'"] if order is None else []
    missing += [] if said.because else ["option '--because'"]
    if missing:
        why = f": {unasked} does not ask for {'it' if len(missing) == 1 else 'them'}"
        raise click.UsageError(
            f"missing {' and '.join(missing)}{why if unasked else ''}", click.get_current_context()
        )


def _why_not_asked(output: ReceiptOutput) -> str:
    """The option with which a terminal is not asked what the call leaves out."""
    if output.as_json:
        return "--json"
    return "--quiet" if output.quiet else "--plan"


def _picked(browser: BrowserOptions) -> tuple[str, str | None]:
    """List the open disputes, and let the buyer pick one: its order and its number there."""
    from automation.cli.picking import pick_dispute

    return pick_dispute(browser)


def _asked(said: Facts, consent: ConsentOptions, picked: tuple[str, str | None] | None) -> Facts:
    """Ask what decides and no page can answer, and say how to say it with options."""
    from automation.cli.options.same_call import same_call
    from automation.cli.prompts.interview import on_pages
    from automation.cli.screen.terminal import echo

    answered = on_pages(said, consent.accept_risk)
    if answered != said:
        order, item = picked or (None, None)
        added = (*((order,) if order else ()), *(("--item", item) if item else ()))
        line = same_call(this_call().words, added, said, answered)
        echo("\nThe same as one command:", err=True)
        echo(f"{line}\n", err=True, wrap=False)
    return answered


def _with_consent(
    request: Request, consent: ConsentOptions, progress: Progress, output: ReceiptOutput
) -> Request:
    """The request, with what the buyer agreed to and how to ask for the rest."""
    from automation.cli.prompts.consent import ask_about_warnings, ask_about_words, ask_at_terminal
    from automation.cli.prompts.escort import AskedAtTerminal, escort_at_terminal

    request = replace(
        request,
        accepted=consent.accept_risk,
        dry_run=consent.dry_run,
        plan_digest=consent.plan_digest,
        accepted_warnings=frozenset(consent.accept_warning),
        escort=escort_at_terminal(quiet=output.quiet) if consent.by_hand else None,
        keep_receipts=output.keep_receipts,
    )
    if not consent.is_asked_for:
        return request
    return replace(
        request,
        consent=ask_at_terminal(progress, quiet=output.quiet, explain=output.explain),
        confirm_words=ask_about_words(quiet=output.quiet),
        confirm_warnings=ask_about_warnings,
        questions=AskedAtTerminal(),
    )


def _check(consent: ConsentOptions, order: str, browser: BrowserOptions) -> None:
    """Check the options before opening anything."""
    if consent.dry_run and consent.plan_digest:
        raise _usage("--dry-run and --plan cannot be combined")
    if consent.is_asked_for and not is_terminal():
        raise ToolError(
            "not a terminal and no --plan: cannot ask for consent",
            code=ErrorCode.NO_CONSENT,
            exit_code=ExitCode.USAGE,
            hint=_how_to_consent(order, browser),
        )
    if consent.accept_risk:
        from rules import all_rules

        known = {rule.id: rule.overridable for rule in all_rules()}
        for name in consent.accept_risk:
            _check_risk(name, known)


def _with_window(consent: ConsentOptions, browser: BrowserOptions) -> BrowserOptions:
    """``--by-hand`` needs a window that the buyer sees; a browser of their own has one.

    Raises:
        ToolError: the run would be headless (exit 2).
    """
    from automation.engine.session.choice import has_display, wants_window

    if not consent.by_hand or browser.attach:
        return browser
    if browser.connect:
        raise _usage(
            "--by-hand needs a browser window that you see, and --connect has none",
            "omit --connect, or use --attach with your own browser",
        )
    if not wants_window(browser.headed, real=True, display=has_display()):
        raise _usage(
            "--by-hand needs a browser window, and this run would be headless",
            "leave out --headless, or use --attach with your own browser"
            if has_display()
            else "run it where there is a display, or use --attach with your own browser",
        )
    return replace(browser, headed=True)


def _check_risk(name: str, known: dict[str, bool]) -> None:
    """Accept only a rule that can be overridden."""
    from automation.cli.commands.rules import similar

    lists = "see 'dispute-guard rules', which marks rules that can be overridden with *"
    if name not in known:
        near = similar(name, known)
        raise _usage(
            f"--accept-risk: no such rule: {name[:60]!r}",
            f"did you mean {' or '.join(near)}? {lists}" if near else lists,
        )
    if not known[name]:
        raise _usage(
            f"--accept-risk: {name} cannot be overridden",
            f"run 'dispute-guard rules {name}' to see why",
        )


def _how_to_consent(order: str, browser: BrowserOptions) -> str:
    from automation.aliexpress.cancel.attempts import unsettled, verify_first, verify_on
    from automation.aliexpress.site import Addresses
    from automation.cli.runs import verify_command

    if attempts := unsettled(state_folder(browser.state_dir), order):
        here, command = Addresses.for_site(browser.site, None).origin, verify_command(order)
        settling = dict.fromkeys(verify_on(command, each, here) for each in attempts)
        return verify_first(*settling)
    return "make a plan with --dry-run, read it, then pass --plan DIGEST"


def _usage(message: str, hint: str = "see 'dispute-guard cancel --help'") -> ToolError:
    return ToolError(message, code=ErrorCode.USAGE, exit_code=ExitCode.USAGE, hint=hint)
