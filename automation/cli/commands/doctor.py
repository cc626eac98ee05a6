"""``doctor``: find problems with the setup, or with the pages of an order, and say how to fix them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource
from msgspec.structs import replace

from automation.cli.options.config import default_config
from automation.cli.options.folders import site_data_file, state_folder
from automation.cli.options.options import BrowserOptions, OutputOptions, about_an_order
from automation.cli.options.settings import CallOnly
from automation.cli.screen.hints import verify_in, with_command
from automation.cli.screen.terminal import (
    BAD,
    CAREFUL,
    GOOD,
    echo,
    screen_width,
    style,
    whole,
)
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from automation.aliexpress.doctor.doctor import Check
    from automation.aliexpress.doctor.inspection import Inspection, PageChecked
    from automation.aliexpress.pages.landmarks import Finding
    from automation.aliexpress.reports import PagesReport
    from automation.aliexpress.running import Run

_HANG, _PART_HANG = 28, 38
_NARROW, _INDENT = 60, 4
_OF_PAGES = frozenset(
    {
        "site",
        "gateway",
        "surface",
        "attach",
        "connect",
        "profile",
        "headed",
        "timeout",
        "allowed_reads",
        "item",
    }
)


@click.command("doctor")
@about_an_order(
    click.option("--accept-lost-journal", cls=CallOnly, is_flag=True,
                 help="Continue without a damaged or missing journal. Check your disputes first."),
    required=False,
)  # fmt: skip
def command(
    order: str | None,
    accept_lost_journal: bool,
    item: str | None,
    browser: BrowserOptions,
    output: OutputOptions,
) -> int:
    """Check browser, guard, folders and journal; with ORDER, check its pages too.

    Without ORDER it opens a blank page only. With ORDER it walks from My Orders to the
    dispute, reading only, and says for each page what it recognised, what is missing, and
    which lines of site data would help. Nothing is sent. Exit 0: no problems, 1: problems
    found, 2: invalid site data, 5: a part of a page is missing.

    \b
    dispute-guard doctor
    dispute-guard doctor 8190000000000001
    """
    if order is None:
        _refuse_options_of_pages()
        return _check_setup(accept_lost_journal, browser, output)
    if accept_lost_journal:
        raise _usage("--accept-lost-journal and ORDER cannot be combined")
    return _check_pages(order, item, browser, output)


def _refuse_options_of_pages() -> None:
    """Refuse options that only count where pages are walked.

    Raises:
        ToolError: one was typed without an order (exit 2).
    """
    ctx = click.get_current_context()
    for parameter in ctx.command.params:
        typed = ctx.get_parameter_source(parameter.name or "") is ParameterSource.COMMANDLINE
        if typed and parameter.name in _OF_PAGES:
            raise _usage(f"{parameter.opts[0]} needs an ORDER whose pages are walked")


def _usage(message: str) -> ToolError:
    return ToolError(
        message,
        code=ErrorCode.USAGE,
        exit_code=ExitCode.USAGE,
        hint="see 'dispute-guard doctor --help'",
    )


def _check_setup(accept_lost_journal: bool, browser: BrowserOptions, output: OutputOptions) -> int:
    from automation.aliexpress.doctor import doctor as checks
    from automation.aliexpress.reports import CheckReport, SetupReport
    from automation.cli.call import this_call
    from automation.cli.screen.other_call import with_given_options
    from automation.cli.screen.output import print_json
    from automation.engine.journal import Journal
    from automation.engine.session.options import SessionOptions

    folder = state_folder(browser.state_dir)
    if accept_lost_journal:
        # Accepts only damage that an earlier run reported: new damage is reported first.
        for path in Journal.acknowledge_damage(folder):
            echo(f"accepted; what is left of the journal is kept as {whole(path)}", err=True)
    session = SessionOptions(state_dir=folder, browser=browser.browser)
    found = []
    for each in checks.run_checks(
        session,
        this_call().config or default_config(),
        site_data_file(browser.words),
        partial(verify_in, this_call().state_dir),
    ):
        check = replace(
            each,
            found=with_given_options(each.found),
            todo=with_command(each.todo, this_call().state_dir),
        )
        found.append(check)
        if not output.as_json:
            _show(check, quiet=output.quiet)
    well = all(check.ok for check in found)
    code = ExitCode.OK if well else ExitCode.FAILED
    if any(check.name == "words" and not check.ok for check in found):
        code = ExitCode.USAGE  # a file of the buyer's is wrong, as for every other command
    if output.as_json:
        checked = tuple(CheckReport.model_validate(check.as_json()) for check in found)
        print_json(SetupReport(ok=well, checks=checked, exit_code=int(code)).as_json())
    elif not output.quiet:
        echo("no problems found" if well else "problems found (see above)")
    return code


def _show(check: Check, *, quiet: bool) -> None:
    """Print one check, as soon as it is done; with ``--quiet``, problems only."""
    from automation.text import clean_text

    if check.ok and quiet:
        return
    word, colour = ("ok", GOOD) if check.ok else ("problem", BAD)
    badge = style(f"{word:<8}", colour)
    _row(f"{badge} {check.name:<18} ", clean_text(check.found, 400), _HANG)
    if check.todo:
        _row("", f"next: {clean_text(check.todo, 300)}", _HANG)


def _row(lead: str, text: str, column: int) -> None:
    """A text beside its name, or below it on a narrow screen."""
    if screen_width() < _NARROW:
        if lead:
            echo(lead.rstrip())
        echo(f"{'':<{_INDENT}}{text}", hang=_INDENT)
    else:
        echo(f"{lead or ' ' * column}{text}", hang=column)


def _check_pages(
    order: str, item: str | None, browser: BrowserOptions, output: OutputOptions
) -> int:
    """Walk the pages of an order and say what is recognised.

    Raises:
        ToolError: a part that a cancel needs is missing (exit 5), or the walk was stopped.
    """
    from automation.aliexpress.doctor.inspection import Inspection, inspect
    from automation.aliexpress.running import Run
    from automation.aliexpress.work import run_work
    from automation.cli.runs import answering, make_request
    from automation.cli.screen.output import Progress, print_json

    progress = Progress(on=output.for_people)
    run, inspection = Run("doctor", order, progress=progress.step), Inspection()
    with (
        answering(lambda _: _report(order, inspection, run).as_json(), browser.state_dir),
        progress.of(run),
    ):
        request = make_request(order, browser, item=item, say=progress.say)
        try:
            run_work(inspect(request, run, inspection), request, run)
        finally:
            if not output.as_json:
                _show_pages(inspection, quiet=output.quiet)
        if inspection.missing:
            raise _parts_missing(inspection, order)
    if output.as_json:
        print_json(_report(order, inspection, run).as_json())
    else:
        echo("every part that a cancel needs was recognised")
    return ExitCode.OK


def _report(order: str, inspection: Inspection, run: Run) -> PagesReport:
    from automation.aliexpress.reports import PagesReport
    from automation.cli.runs import guard_answer

    return PagesReport.model_validate(
        {
            "order": order,
            "ok": bool(inspection.pages) and not inspection.missing,
            **inspection.as_json(),
            "guard": guard_answer(run),
        }
    )


def _parts_missing(inspection: Inspection, order: str) -> ToolError:
    from automation.cli.screen.other_call import teach_command
    from automation.text import pasted

    names = ", ".join(dict.fromkeys(each.landmark.name for each in inspection.missing))
    hint = f"show it to the tool with {pasted(teach_command(order))}"
    if inspection.negotiable:
        allow = " ".join(f"--allow-read {name}" for name in inspection.negotiable)
        hint += f"; if a page looks incomplete, let its calls through with {allow}"
    return ToolError(
        f"not recognised: {names}",
        code=ErrorCode.PAGE_NOT_RECOGNISED,
        exit_code=ExitCode.PAGE_NOT_RECOGNISED,
        hint=hint,
    )


def _show_pages(inspection: Inspection, *, quiet: bool) -> None:
    """Print each page in words that a buyer understands."""
    for page in inspection.pages:
        if not quiet:
            echo(f"\n{style(page.page.value[0].upper() + page.page.value[1:], 'bold')}")
        for finding in page.findings:
            _show_part(finding, quiet=quiet)
        if not quiet:
            _show_calls(page)
    if inspection.others and not quiet:
        echo(f"\nthe order has {inspection.others} more way(s) to a dispute: name one with --item")
    if inspection.lines and not quiet:
        echo("\nThese lines in your site data would help, once you complete them:")
        for line in inspection.lines:
            echo(f"    {line}", wrap=False)
        if inspection.choices:
            echo(f"    STATUS is one of {', '.join(inspection.choices)}", hang=4)
        echo("")


def _show_part(finding: Finding, *, quiet: bool) -> None:
    from automation.text import clean_text

    if quiet and not finding.is_missing:
        return
    word, colour = "ok", GOOD
    if not finding.shown:
        word, colour = ("missing", BAD) if finding.is_missing else ("not seen", CAREFUL)
    shown = clean_text(_in_words(finding), 80) if finding.shown else finding.note
    by = f"  [{finding.matched[0]}]" if finding.matched else ""
    lead = f"  {style(f'{word:<8}', colour)} {finding.landmark.name:<26} "
    _row(lead, f"{shown}{by}", _PART_HANG)


def _in_words(finding: Finding) -> str:
    """What a part shows, for a person: a date and a status not as scripts get them."""
    from automation.aliexpress.pages.landmarks import By
    from automation.cli.screen.render import until_text
    from automation.cli.screen.tables import status_in_words

    if finding.landmark.key == "protection":
        return until_text(finding.shown)
    return status_in_words(finding.shown) if finding.landmark.by is By.MEANING else finding.shown


def _show_calls(page: PageChecked) -> None:
    """What the page asked the site for: jargon that a report of a problem needs."""
    if page.passed:
        echo(f"  read from the site: {', '.join(page.passed)}", hang=4)
    for name, why in page.held_back:
        echo(f"  held back: {name} ({why})", hang=4)
