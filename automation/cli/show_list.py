"""The list of disputes for a person, for a script's lines and as JSON.

Titles and status lines come from pages: they were cleaned when they were read and
are plain text here, never markup.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from automation.cli.verdicts import moment
from rules.on_status import CANCELLABLE

if TYPE_CHECKING:
    from datetime import datetime

    from automation.flow.listed import Listing, Row
    from automation.flow.report import Report

_WIDTH_OF_A_PIPE = 140
_COLOURS = {"allow": "green", "warn": "yellow", "block": "red"}
_EDITS = 4
_MEANINGS = {
    "waiting_seller": "waiting for the seller",
    "seller_responded": "seller has answered",
    "mediating": "AliExpress decides",
    "final_decision": "decided, final",
    "accepted_proposal": "proposal accepted",
    "seller_accepted_full": "seller agreed",
    "return_in_progress": "return is running",
    "refund_in_progress": "refund is running",
    "appeal": "appeal is running",
    "unknown": "not understood",
}


def list_document(report: Report, listing: Listing) -> dict[str, Any]:
    """The JSON answer, without its exit code."""
    guard = (
        report.guard.report().as_json()
        if report.guard
        else {"allowed": [], "refused": [], "held_back": []}
    )
    return {
        "command": "list",
        "disputes": [row.as_json() for row in listing.rows],
        "orders_seen": listing.orders_seen,
        "sources": listing.sources,
        "complete": listing.complete,
        "notes": listing.notes,
        "guard": guard,
    }


def show_lines(listing: Listing) -> None:
    """One line for each dispute, its fields between tabs; an unread one has no verdict."""
    for row in listing.rows:
        fields = (
            row.order_id,
            row.number,
            row.line_id,
            row.dispute_id,
            row.status,
            row.verdict and row.verdict.value,
        )
        click.echo("\t".join("-" if field in {None, ""} else str(field) for field in fields))


def show_listing(listing: Listing, now: datetime) -> None:
    """A table of the disputes, then what the reader must know about it."""
    console = Console(width=None if sys.stdout.isatty() else _WIDTH_OF_A_PIPE, highlight=False)
    if listing.rows:
        console.print(_table(listing.rows))
        for row in listing.rows:
            if row.problem:
                _line(console, f"order {row.order_id or '?'} was not read: {row.problem}", "red")
    for note in listing.notes:
        _line(console, note, "yellow")
    _line(console, _summary(listing))
    if any(row.verdict for row in listing.rows):
        _line(
            console,
            "hint: what 'dispute-guard advise ORDER' would say if your reason is good",
            "dim",
        )
    moments = (row.refile_by for row in listing.rows if row.status in CANCELLABLE)
    soonest = min(filter(None, moments), default=None)
    if soonest:
        _line(console, f"soonest end of the time to file again: {moment(soonest, now)}", "dim")


def _summary(listing: Listing) -> str:
    read = [row for row in listing.rows if not row.problem]
    still = sum(row.status in CANCELLABLE for row in read)
    parts = [
        f"{len(read) or 'no'} open dispute{'' if len(read) == 1 else 's'}",
        f"{still} can still be cancelled" if read else "",
        f"{len(listing.rows) - len(read)} not read" if len(listing.rows) > len(read) else "",
        f"{listing.orders_seen} order{'' if listing.orders_seen == 1 else 's'} in My Orders",
        "" if listing.complete else "this list is not complete, see above",
    ]
    return "; ".join(filter(None, parts))


def _table(rows: list[Row]) -> Table:
    """The title stands last: right-to-left letters would move what follows them on their line."""
    table = Table(box=SIMPLE_HEAD, padding=(0, 1), pad_edge=False)
    table.add_column("order\nline\ndispute", no_wrap=True)
    table.add_column("--item", justify="right", no_wrap=True)
    table.add_column("status", overflow="fold", min_width=16, ratio=1)
    table.add_column("file again\nby (UTC)", no_wrap=True)
    table.add_column("hint", no_wrap=True)
    table.add_column("what", overflow="fold", min_width=15, ratio=1)
    for number, row in enumerate(rows, start=1):
        table.add_row(*_cells(row), end_section=number < len(rows))
    return table


def _cells(row: Row) -> tuple[Text, ...]:
    unread = bool(row.problem)
    ids = "\n".join((row.order_id or "?", row.line_id or "?", row.dispute_id or "?"))
    meaning = "not read" if unread else _MEANINGS.get(row.status, row.status.replace("_", " "))
    status = Text(meaning, style="red" if unread or row.status == "unknown" else "bold")
    if row.status_words:
        status.append(f"\n'{row.status_words}'", style="not bold dim")
    if not unread:
        used = "unknown" if row.edits_used is None else f"{row.edits_used} of {_EDITS}"
        status.append(f"\nedits: {used}", style="not bold dim")
    verdict = row.verdict.value if row.verdict else "-"
    what = Text(row.item or "?")
    if row.amount:
        what = Text(f"{row.amount}\n", style="bold").append(row.item or "?", style="not bold")
    return (
        Text(ids),
        Text("?" if row.number is None else str(row.number)),
        status,
        Text(_refile_cell(row)),
        Text(verdict, style=_COLOURS.get(verdict, "red")),
        what,
    )


def _refile_cell(row: Row) -> str:
    """Filing again matters where a cancel could come first."""
    if row.status not in {*CANCELLABLE, "unknown"}:
        return "-"
    return f"{row.refile_by:%Y-%m-%d\n%H:%M}" if row.refile_by else "unknown"


def _line(console: Console, words: str, style: str = "") -> None:
    console.print(Text(words, style=style), soft_wrap=False)
