"""``advise``: a verdict from the options, from a file of facts, or from the order's pages."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from msgspec import Struct

from automation.cli.loading import load_with_browser, load_with_driver
from automation.cli.options.buyer_words import BuyerWords, OneAnswer, about_a_dispute
from automation.cli.options.calendar_file import calendar_option, check_is_new, write_calendar
from automation.cli.options.options import (
    BrowserOptions,
    ExplainedOutput,
    group_of,
)
from automation.cli.options.values import FilePath
from automation.cli.screen.output import Progress, print_json
from automation.cli.screen.terminal import echo, is_terminal
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from automation.aliexpress.answer import Answer
    from rules import Advice, Facts


def _print_facts_schema(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if not value or ctx.resilient_parsing:
        return
    from automation.aliexpress.advice.facts_file import schema

    print_json(schema())
    ctx.exit()


class FileOptions(Struct, frozen=True):
    """The file of facts that is read, and the calendar that is written."""

    facts: Path | None
    calendar: Path | None


file_options: Final = group_of(
    "files", FileOptions,
    click.option(
        "--facts", type=FilePath(path_type=Path, dir_okay=False, allow_dash=True), metavar="FILE",
        help="JSON object with facts, or one object a line in FILE.jsonl; missing facts are unknown.",
    ),
    calendar_option,
    click.option(
        "--facts-schema", is_flag=True, is_eager=True, expose_value=False, callback=_print_facts_schema,
        allow_from_autoenv=False, help="Print the JSON schema of the facts file and exit.",
    ),
)  # fmt: skip


@click.command("advise", cls=OneAnswer)
@about_a_dispute(file_options)
def command(
    order: str | None,
    said: BuyerWords,
    files: FileOptions,
    item: str | None,
    browser: BrowserOptions,
    output: ExplainedOutput,
) -> int:
    """Check whether it is safe to cancel. Sends nothing.

    Asks what it has to know if you say nothing. Without ORDER, opens no browser and judges
    only what you say. With FILE.jsonl, prints one verdict for each line, and the worst one
    decides the exit code.

    \b
    dispute-guard advise
    dispute-guard advise --because seller-promised --seller-says "Cancel first, then we refund"
    dispute-guard advise --facts case.json --json
    dispute-guard advise --facts cases.jsonl
    dispute-guard advise 8190000000000001 --because package-arrived --received --checked
    """
    check_is_new(files.calendar)
    now = datetime.now(UTC)
    if files.facts is None:
        known = said.facts(now)
        if said.is_silent and output.for_people and is_terminal():
            known = _asked(known, has_pages=order is not None)
        if order is None:
            return _advise_on_facts(known, files, output)
        return _advise_on_pages(order, known, item, browser, files, output)
    from automation.aliexpress.advice.facts_file import has_lines, read_facts_file

    if has_lines(files.facts):
        return _advise_on_lines(order, files, said, now, output)
    stated = read_facts_file(files.facts, now)
    known = said.facts(stated.now or now, stated)
    if order is None:
        return _advise_on_facts(known, files, output)
    return _advise_on_pages(order, known, item, browser, files, output)


def _asked(known: Facts, *, has_pages: bool) -> Facts:
    """Ask at the terminal; what the order's pages will show is not asked."""
    from automation.cli.prompts.interview import interview, on_pages

    known = on_pages(known) if has_pages else interview(known)
    echo(err=True)
    return known


def _advise_on_facts(said: Facts, files: FileOptions, output: ExplainedOutput) -> int:
    """Judge what was said or stated, without a page."""
    from rules import advise, advise_on_words

    advice = advise(said) if files.facts else advise_on_words(said)
    code = _exit_code(advice.verdict)
    if output.as_json:
        from automation.aliexpress.advice_answer import advised

        # What cannot be written is the one document then.
        _remind_of_facts(said, advice, files, output)
        print_json(advised(advice).model_copy(update={"exit_code": int(code)}).as_json())
        return code
    if output.quiet:
        echo(str(advice.verdict))
    else:
        from automation.aliexpress.plan.said import buyer_says
        from automation.cli.screen.advice import show_advice, show_short_advice

        if output.explain:
            show_advice(advice, said.now or datetime.now(UTC), buyer_says(said))
        else:
            show_short_advice(advice)
    _remind_of_facts(said, advice, files, output)
    return code


def _remind_of_facts(
    said: Facts, advice: Advice, files: FileOptions, output: ExplainedOutput
) -> None:
    """Write the deadlines of what was said to the calendar file, if one was asked for."""
    if not files.calendar:
        return
    from automation.aliexpress.advice.reminders import reminders
    from rules.verdicts import as_utc_text

    now = said.now or datetime.now(UTC)
    refile_by = as_utc_text(advice.refile_by) if advice.refile_by else None
    ahead = reminders(
        "", protection=said.protection_deadline, refile_by=refile_by, now=now,
        status=said.dispute_status,
    )  # fmt: skip
    write_calendar(files.calendar, ahead, now, tell=output.for_people)


def _advise_on_lines(
    order: str | None, files: FileOptions, said: BuyerWords, now: datetime, output: ExplainedOutput
) -> int:
    """Judge each line of a file; what the buyer says on the command line holds for all."""
    if order is not None or files.calendar or files.facts is None:
        raise ToolError(
            f"a file of many facts and {'--calendar' if files.calendar else 'ORDER'} cannot be "
            "combined",
            code=ErrorCode.USAGE,
            exit_code=ExitCode.USAGE,
            hint="give the facts of that order in a file that ends in .json",
        )
    from automation.aliexpress.advice.facts_file import read_facts_lines
    from automation.aliexpress.advice_answer import AdvisedLine, AdvisedLines
    from rules import advise

    lines = read_facts_lines(files.facts, now)
    advice = {
        number: advise(said.facts(stated.now or now, stated)).as_json()
        for number, stated in lines.items()
    }
    codes = {number: int(_exit_code(str(told["verdict"]))) for number, told in advice.items()}
    answer = AdvisedLines(
        answers=tuple(
            AdvisedLine.model_validate({**told, "line": number, "exit_code": codes[number]})
            for number, told in advice.items()
        ),
        exit_code=max(codes.values()),
    )
    if output.as_json:
        print_json(answer.as_json())
    elif output.quiet:
        for each in answer.answers:
            echo(f"{each.line}\t{each.verdict}")
    else:
        from automation.cli.screen.tables import show_advised_lines

        show_advised_lines(answer)
    return answer.exit_code


def _advise_on_pages(
    order: str,
    said: Facts,
    item: str | None,
    browser: BrowserOptions,
    files: FileOptions,
    output: ExplainedOutput,
) -> int:
    """Read the order's pages and print the advice."""
    load_with_driver("automation.aliexpress.running", "automation.cli.runs")
    from automation.aliexpress.plan.said import buyer_says
    from automation.aliexpress.running import Run
    from automation.cli.runs import cancel_dry_run, make_request, tell_truth
    from automation.cli.screen.advice import show_advice_on_pages

    progress = Progress(on=output.for_people)
    run = Run("advise", order, progress=progress.step)
    with tell_truth(run, output, browser.state_dir, said=said), progress.of(run):
        request = make_request(
            order, browser, item=item, said=said, say=progress.say, asks=output.for_people
        )
        load_with_browser(request.session, "automation.aliexpress.run")
        from automation.aliexpress.run import run_advise

        try:
            answer = run_advise(request, run)
        except ToolError as stopped:
            if stopped.exit_code is ExitCode.REFUSED:
                # Who keeps the dispute needs its deadlines most.
                _remind(files, order, run.answer(), said, request.now(), output)
            raise
    if output.as_json:
        _remind(files, order, answer, said, request.now(), output)
        print_json(answer.as_json())
        return answer.exit_code
    if output.quiet:
        echo(str(answer.verdict or ""))
    elif answer.verdict:
        show_advice_on_pages(
            answer,
            request.now(),
            buyer_says(said),
            dry_run=cancel_dry_run(order),
            explain=output.explain,
        )
    _remind(files, order, answer, said, request.now(), output)
    return answer.exit_code


def _remind(
    files: FileOptions,
    order: str,
    answer: Answer,
    said: Facts,
    now: datetime,
    output: ExplainedOutput,
) -> None:
    """Write the deadlines of an order to the calendar file, if one was asked for."""
    if not files.calendar:
        return
    from automation.aliexpress.advice.reminders import reminders

    seen = answer.seen
    ahead = reminders(
        order, protection=(seen and seen.protection_deadline) or said.protection_deadline,
        refile_by=answer.refile_by, now=now, answer_by=seen.answer_by if seen else None,
        status=seen.status if seen else said.dispute_status,
    )  # fmt: skip
    write_calendar(files.calendar, ahead, now, tell=output.for_people)


def _exit_code(verdict: str) -> ExitCode:
    return ExitCode.REFUSED if verdict == "block" else ExitCode.OK
