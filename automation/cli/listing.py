"""``list``: every open dispute of the account."""

from __future__ import annotations

from typing import Any

import click

from automation.cli.options import browser_options, output_options
from automation.errors import ExitCode, ToolError


@click.command("list")
@click.option(
    "--every-order",
    is_flag=True,
    help="Open every order, not only the disputed ones (slow).",
)
@browser_options
@output_options
def command(every_order: bool, **options: Any) -> int:
    """Show every open dispute of the account, with its status, deadline and a first verdict.

    Reads My Orders, the site's dispute list and each disputed order. Sends nothing.
    The verdict is a hint: it comes from the pages, not from your reason to cancel.
    With --quiet, prints one line for each dispute: order, --item number, line, dispute,
    status and verdict, separated by tabs.

    \b
    dispute-guard list
    dispute-guard list --json
    """
    from automation.aliexpress.dispute_row import Listing
    from automation.aliexpress.listing import list_account
    from automation.aliexpress.report import Report
    from automation.aliexpress.run import run_work
    from automation.cli.options import make_request
    from automation.cli.output import print_json
    from automation.cli.reporting import answering
    from automation.cli.show_list import list_document, show_lines, show_listing
    from automation.cli.show_progress import ListProgress

    listing = Listing()
    with ListProgress(on=not (options["quiet"] or options["as_json"])) as progress:
        report = Report("list", progress=progress.step)
        try:
            with answering(lambda _: list_document(report, listing), options["state_dir"]):
                request = make_request("", options, say=progress.say)
                work = list_account(
                    request, report, listing, every_order=every_order, tell=progress.orders
                )
                run_work(work, request, report, lambda: (listing.orders_seen, len(listing.rows)))
        except ToolError:
            _show_part(progress, listing, options)
            raise
    if options["as_json"]:
        print_json({**list_document(report, listing), "exit_code": 0})
    elif options["quiet"]:
        show_lines(listing)
    else:
        show_listing(listing, request.now())
    return ExitCode.OK


def _show_part(progress: Any, listing: Any, options: dict[str, Any]) -> None:
    """Show what was found before the run ended, unless a script reads it."""
    from automation.aliexpress.request import utc_now
    from automation.cli.show_list import show_listing

    progress.close()
    if listing.rows and not options["as_json"] and not options["quiet"]:
        show_listing(listing, utc_now())
