"""``verify``: find out from fresh pages what became of a cancel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from automation.cli.options import (
    browser_options,
    item_option,
    order_argument,
    output_options,
    schema_option,
)
from automation.cli.terminal import echo

if TYPE_CHECKING:
    from automation.aliexpress.report import Report


@click.command("verify")
@order_argument()
@item_option
@browser_options
@output_options
@schema_option
def command(order: str, **options: Any) -> int:
    """Find out what became of a cancel of ORDER. Clicks and sends nothing.

    Settles attempts with an unknown outcome. Exit 0: done, 1: not done, 8: still unknown.

    \b
    dispute-guard verify 8190000000000001
    """
    from automation.aliexpress.report import Report
    from automation.aliexpress.run import run_verify
    from automation.cli.options import make_request
    from automation.cli.output import Progress, print_json, report_document
    from automation.cli.reporting import tell_truth
    from automation.engine.outcome import Outcome

    progress = Progress(on=not (options["quiet"] or options["as_json"]))
    report = Report("verify", order, progress=progress.step, outcome=Outcome.UNKNOWN)
    with tell_truth(report, options):
        code = run_verify(make_request(order, options, say=progress.say), report)
        if options["as_json"]:
            print_json({**report_document(report), "exit_code": int(code)})
        else:
            _show(report)
    return code


def _show(report: Report) -> None:
    """Print the outcome, the dispute and the reason."""
    from automation.cli.reporting import show_receipt
    from automation.engine.outcome import Outcome
    from automation.text import clean_text

    dispute = report.dispute
    names = [f"order {report.order_id}"]
    names += [f"dispute {dispute.dispute_id}"] if dispute and dispute.dispute_id else []
    names += [f"line {dispute.line_id}"] if dispute and dispute.line_id else []
    echo(
        f"{report.outcome.value.replace('_', ' ')}: {', '.join(names)}; {clean_text(report.reason, 600)}"
    )
    show_receipt(report)
    if report.outcome is Outcome.UNKNOWN:
        echo("  next: look at the order in your own browser, or run verify again later")
