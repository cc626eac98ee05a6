"""``advise``: a verdict from the options, from a file of facts, or from the order's pages."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from automation.cli.buyer_words import BuyerWords, buyer_options
from automation.cli.options import (
    BrowserOptions,
    OutputOptions,
    browser_options,
    item_option,
    order_argument,
    output_options,
    schema_option,
)
from automation.cli.output import Progress, print_json
from automation.cli.terminal import echo
from automation.cli.values import FilePath
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from rules import Facts


@click.command("advise")
@order_argument(required=False)
@buyer_options(reason_required=False)
@click.option(
    "--facts",
    type=FilePath(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="JSON object with facts, or one object a line in FILE.jsonl; missing facts are unknown.",
)
@item_option
@browser_options
@output_options
@schema_option
def command(
    order: str | None,
    said: BuyerWords,
    facts: Path | None,
    item: str | None,
    browser: BrowserOptions,
    output: OutputOptions,
) -> int:
    """Check whether it is safe to cancel. Sends nothing.

    Without ORDER, opens no browser and judges only what you say. With FILE.jsonl, prints one
    verdict for each line, and the worst one decides the exit code.

    \b
    dispute-guard advise --because seller-promised --seller-says "Cancel first, then we refund"
    dispute-guard advise --facts case.json --json
    dispute-guard advise --facts cases.jsonl
    dispute-guard advise 8190000000000001 --because package-arrived --received --checked
    """
    now = datetime.now(UTC)
    if facts is None:
        known = said.facts(now)
        if order is None:
            return _advise_on_facts(known, output, from_file=False)
        return _advise_on_pages(order, known, item, browser, output)
    from automation.aliexpress.facts_file import has_lines, read_facts_file

    if has_lines(facts):
        return _advise_on_lines(order, facts, said, now, output)
    stated = read_facts_file(facts, now)
    known = said.facts(stated.now or now, stated)
    if order is None:
        return _advise_on_facts(known, output, from_file=True)
    return _advise_on_pages(order, known, item, browser, output)


def _advise_on_facts(said: Facts, output: OutputOptions, *, from_file: bool) -> int:
    """Judge what was said or stated, without a page."""
    from automation.aliexpress.answer import advised
    from rules import advise, advise_on_words

    advice = advised(advise(said) if from_file else advise_on_words(said))
    code = _exit_code(str(advice.verdict))
    if output.as_json:
        print_json(advice.model_copy(update={"exit_code": int(code)}).as_json())
    elif output.quiet:
        echo(str(advice.verdict))
    else:
        from automation.aliexpress.said import buyer_says
        from automation.cli.render import show_advice

        show_advice(advice, said.now or datetime.now(UTC), buyer_says(said))
    return code


def _advise_on_lines(
    order: str | None, file: Path, said: BuyerWords, now: datetime, output: OutputOptions
) -> int:
    """Judge each line of a file; what the buyer says on the command line holds for all."""
    if order is not None:
        raise ToolError(
            "a file of many facts and ORDER cannot be combined",
            code=ErrorCode.USAGE,
            exit_code=ExitCode.USAGE,
            hint="give the facts of that order in a file that ends in .json",
        )
    from automation.aliexpress.answer import AdvisedLine, AdvisedLines
    from automation.aliexpress.facts_file import read_facts_lines
    from rules import advise

    lines = read_facts_lines(file, now)
    advice = {
        number: advise(said.facts(stated.now or now, stated)).as_json()
        for number, stated in lines.items()
    }
    codes = {number: int(_exit_code(told["verdict"])) for number, told in advice.items()}
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
        from automation.cli.tables import show_advised_lines

        show_advised_lines(answer)
    return answer.exit_code


def _advise_on_pages(
    order: str, said: Facts, item: str | None, browser: BrowserOptions, output: OutputOptions
) -> int:
    """Read the order's pages and print the advice."""
    from automation.aliexpress.run import run_advise
    from automation.aliexpress.running import Run
    from automation.aliexpress.said import buyer_says
    from automation.cli.render import show_advice_on_pages
    from automation.cli.runs import make_request, tell_truth

    progress = Progress(on=output.for_people)
    run = Run("advise", order, progress=progress.step)
    with tell_truth(run, output, browser.state_dir, said=said):
        request = make_request(order, browser, item=item, said=said, say=progress.say)
        answer = run_advise(request, run)
    if output.as_json:
        print_json(answer.as_json())
    elif output.quiet:
        echo(str(answer.verdict or ""))
    elif answer.verdict:
        show_advice_on_pages(answer, request.now(), buyer_says(said))
    return answer.exit_code


def _exit_code(verdict: str) -> ExitCode:
    return ExitCode.REFUSED if verdict == "block" else ExitCode.OK
