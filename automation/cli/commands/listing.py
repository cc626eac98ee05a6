"""``list``: every open dispute of the account."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from automation.cli.options import (
    BrowserOptions,
    OutputOptions,
    browser_options,
    output_options,
    schema_option,
)
from automation.errors import ExitCode, ToolError

if TYPE_CHECKING:
    from collections.abc import Mapping


@click.command("list")
@click.option(
    "--every-order",
    is_flag=True,
    help="Open every order, not only the disputed ones (slow).",
)
@browser_options
@output_options
@schema_option
def command(every_order: bool, browser: BrowserOptions, output: OutputOptions) -> int:
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
    from automation.aliexpress.request import utc_now
    from automation.aliexpress.run import run_work
    from automation.aliexpress.running import Run
    from automation.cli.output import ListProgress, print_json
    from automation.cli.runs import answering, guard_answer, make_request
    from automation.cli.tables import show_list, show_list_lines

    listing = Listing()
    with ListProgress(on=output.for_people) as progress:
        run = Run("list", progress=progress.step)

        def document(_: ToolError) -> Mapping[str, object]:
            return listing.answer(guard_answer(run)).as_json()

        try:
            with answering(document, browser.state_dir):
                request = make_request("", browser, say=progress.say)
                work = list_account(
                    request, run, listing, every_order=every_order, tell=progress.orders
                )
                run_work(work, request, run, lambda: (listing.orders_seen, len(listing.rows)))
        except ToolError:
            progress.close()
            if listing.rows and output.for_people:
                show_list(listing.answer(guard_answer(run)), utc_now())
            raise
    answer = listing.answer(guard_answer(run))
    if output.as_json:
        print_json(answer.as_json())
    elif output.quiet:
        show_list_lines(answer)
    else:
        show_list(answer, request.now())
    return ExitCode.OK
