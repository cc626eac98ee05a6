"""``capture``: save an order's pages, without personal data, for a report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from automation.cli.options.options import (
    BrowserOptions,
    OutputOptions,
    browser_options,
    order_argument,
    output_options,
    schema_option,
)
from automation.cli.options.values import FilePath
from automation.cli.screen.shell import command_line
from automation.cli.screen.terminal import echo, whole
from automation.errors import ExitCode

if TYPE_CHECKING:
    from automation.aliexpress.answer_parts import GuardAnswer
    from automation.aliexpress.doctor.capture import Captured
    from automation.aliexpress.reports import CaptureReport


@click.command("capture")
@order_argument(alone=False)
@click.argument("folder", metavar="DIR", type=FilePath(path_type=Path))
@browser_options
@output_options
@schema_option
def command(order: str, folder: Path, browser: BrowserOptions, output: OutputOptions) -> int:
    """Save the pages of ORDER in DIR, to report that the site has changed.

    Reads only. Replaces names, addresses, messages and products with x and 0, and numbers of
    orders with made-up ones. DIR must be new or empty; 'serve DIR' shows its pages again.
    Exit 5: a page was not recognised, but saved.

    \b
    dispute-guard capture 8190000000000001 my-report
    """
    from automation.aliexpress.doctor.capture import Captured, capture, check_new_folder
    from automation.aliexpress.running import Run
    from automation.aliexpress.work import run_work
    from automation.cli.main import tool_version
    from automation.cli.runs import answering, guard_answer, make_request
    from automation.cli.screen.output import Progress, print_json

    check_new_folder(folder)
    progress = Progress(on=output.for_people)
    run = Run("capture", order, progress=progress.step)
    captured = Captured(folder)
    with (
        answering(
            lambda _: _report(order, captured, guard_answer(run)).as_json(), browser.state_dir
        ),
        progress.of(run),
    ):
        request = make_request(order, browser, say=progress.say, asks=output.for_people)
        run_work(capture(request, run, captured, tool_version()), request, run)
    guard = guard_answer(run)
    if output.as_json:
        print_json(_report(order, captured, guard).as_json())
    elif output.quiet:
        echo(str(folder), wrap=False)
    else:
        _show(captured, guard)
    return ExitCode.OK


def _report(order: str, captured: Captured, guard: GuardAnswer) -> CaptureReport:
    from automation.aliexpress.answer_parts import ErrorAnswer
    from automation.aliexpress.reports import CaptureReport, SavedPage

    return CaptureReport(
        order=order,
        folder=str(captured.folder) if captured.pages else None,
        captured_order=captured.order or None,
        pages=tuple(SavedPage(file=name, page=title) for name, title in captured.pages.items()),
        problems=tuple(ErrorAnswer.model_validate(each.as_json()) for each in captured.problems),
        guard=guard,
    )


def _show(captured: Captured, guard: GuardAnswer) -> None:
    where = whole(captured.folder)
    echo(f"saved {len(captured.pages)} pages without personal data in {where}:")
    for name, title in captured.pages.items():
        echo(f"  {name:<24} {title}")
    if guard.summary:
        echo(f"  guard: {guard.summary}")
    echo("read the files before you share them")
    command = command_line(("dispute-guard", "serve", str(captured.folder)))
    echo(f"to see them as a site: {whole(command)}")
    echo(f"its order is {captured.order}")
