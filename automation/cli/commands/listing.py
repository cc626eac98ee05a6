"""``list``: every open dispute of the account."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from automation.cli.loading import load_with_driver
from automation.cli.options.calendar_file import calendar_option, check_is_new, write_calendar
from automation.cli.options.folders import state_folder
from automation.cli.options.options import (
    BrowserOptions,
    OutputOptions,
    browser_options,
    output_options,
    schema_option,
)
from automation.errors import ExitCode
from automation.text import pasted

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from automation.aliexpress.advice.reminders import Reminder
    from automation.aliexpress.list_answer import ListAnswer
    from automation.engine.journal import Attempt


@click.command("list")
@click.option(
    "--every-order",
    is_flag=True,
    help="Open every order, not only the disputed ones (slow).",
)
@calendar_option
@browser_options
@output_options
@schema_option
def command(
    every_order: bool, calendar: Path | None, browser: BrowserOptions, output: OutputOptions
) -> int:
    """Show every open dispute of the account, with its status, deadline and a first verdict.

    Reads My Orders, the site's dispute list and each disputed order. Sends nothing.
    The verdict is a hint: it comes from the pages, not from your reason to cancel.
    With --quiet, prints one line for each dispute: order, --item number, line, dispute,
    status and verdict, separated by tabs.

    \b
    dispute-guard list
    dispute-guard list --json
    dispute-guard list --calendar deadlines.ics
    """
    check_is_new(calendar)
    load_with_driver("automation.cli.account")
    from automation.aliexpress.request import utc_now
    from automation.cli.account import read_account
    from automation.cli.screen.output import Progress, print_json
    from automation.cli.screen.tables import show_list, show_list_lines

    progress = Progress(on=output.for_people)
    answer = read_account(browser, progress, every_order=every_order, for_people=output.for_people)
    answer = with_unsettled(answer, state_folder(browser.state_dir), _settling(browser))
    now = utc_now()
    if calendar and output.as_json:
        # What cannot be written is the one document then.
        write_calendar(calendar, _reminders(answer, now), now, tell=False)
    if output.as_json:
        print_json(answer.as_json())
    elif output.quiet:
        show_list_lines(answer)
    else:
        show_list(answer, now)
    if calendar and not output.as_json:
        write_calendar(calendar, _reminders(answer, now), now, tell=output.for_people)
    return ExitCode.OK


def _settling(browser: BrowserOptions) -> Callable[[Attempt], str]:
    """The call that settles an attempt, on the site where that was made."""
    from automation.aliexpress.cancel.attempts import verify_on
    from automation.aliexpress.plan.targets import order_of
    from automation.aliexpress.site import Addresses
    from automation.cli.runs import verify_command

    here = Addresses.for_site(browser.site, browser.gateway).origin
    return lambda attempt: verify_on(verify_command(order_of(attempt)), attempt, here)


def with_unsettled(
    answer: ListAnswer, state_dir: Path, settling: Callable[[Attempt], str]
) -> ListAnswer:
    """The answer with a note on each order whose earlier cancel may have been sent.

    Args:
        settling: the call that settles an attempt.
    """
    from automation.aliexpress.cancel.attempts import unsettled

    orders = dict.fromkeys(row.order for row in answer.disputes if row.order)
    notes = dict.fromkeys(
        f"your earlier cancel of order {order} may have been sent, and its outcome is unknown: "
        f"run {pasted(settling(attempt))}"
        for order in orders
        for attempt in unsettled(state_dir, order)
    )
    return answer.model_copy(update={"notes": (*answer.notes, *notes)})


def _reminders(answer: ListAnswer, now: datetime) -> tuple[Reminder, ...]:
    """The deadlines of every order, each once: disputes of one order share them, an open one first."""
    from automation.aliexpress.advice.reminders import counts_as_open, once_each, reminders

    orders = [row.order for row in answer.disputes]
    return once_each(
        each
        for row in sorted(answer.disputes, key=lambda row: not counts_as_open(row.status))
        for each in reminders(
            row.order or "",
            protection=row.protection_deadline,
            refile_by=row.refile_by,
            now=now,
            status=row.status,
            answer_by=row.answer_by,
            dispute=row.dispute_id or "" if orders.count(row.order) > 1 else "",
        )
    )
