"""``capture``: save an order's pages, without personal data, for a report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from automation.cli.options import browser_options, order_argument, output_options
from automation.cli.terminal import echo
from automation.cli.values import FilePath
from automation.errors import ExitCode

if TYPE_CHECKING:
    from automation.aliexpress.capture import Captured
    from automation.aliexpress.report import Report


@click.command("capture")
@order_argument()
@click.argument("folder", metavar="DIR", type=FilePath(path_type=Path))
@browser_options
@output_options
def command(order: str, folder: Path, **options: Any) -> int:
    """Save the pages of ORDER in DIR, to report that the site has changed.

    Reads only. Replaces names, numbers, addresses, messages and prices with x and 0.
    DIR must be new or empty. Exit 5: a page was not recognised, but saved.

    \b
    dispute-guard capture 8190000000000001 my-report
    """
    from automation.aliexpress.capture import Captured, capture, check_new_folder
    from automation.aliexpress.report import Report
    from automation.aliexpress.run import run_work
    from automation.cli.main import tool_version
    from automation.cli.options import make_request
    from automation.cli.output import Progress, print_json
    from automation.cli.reporting import answering

    check_new_folder(folder)
    progress = Progress(on=not (options["quiet"] or options["as_json"]))
    report = Report("capture", order, progress=progress.step)
    captured = Captured(folder)
    with answering(lambda _: _document(report, captured), options["state_dir"]):
        request = make_request(order, options, say=progress.say)
        run_work(capture(request, report, captured, tool_version()), request, report)
    if options["as_json"]:
        print_json({**_document(report, captured), "exit_code": 0})
    elif options["quiet"]:
        echo(str(folder), wrap=False)
    else:
        _show(report, captured)
    return ExitCode.OK


def _document(report: Report, captured: Captured) -> dict[str, Any]:
    guard = (
        report.guard.report().as_json()
        if report.guard
        else {"allowed": [], "refused": [], "held_back": []}
    )
    return {
        "command": "capture",
        "order": report.order_id,
        "folder": str(captured.folder) if captured.pages else None,
        "pages": [{"file": name, "page": title} for name, title in captured.pages.items()],
        "problems": [problem.as_json() for problem in captured.problems],
        "guard": guard,
    }


def _show(report: Report, captured: Captured) -> None:
    echo(f"saved {len(captured.pages)} pages without personal data in {captured.folder}:")
    for name, title in captured.pages.items():
        echo(f"  {name:<24} {title}")
    if report.guard:
        echo(f"  guard: {report.guard.report().summary()}")
    echo("read the files before you share them")
