"""Print the list of disputes for people, as lines for scripts, and as JSON.

Titles and status lines come from pages, so they are plain text, never markup. A screen
too narrow for the table gets a card with the same content for each dispute.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from automation.cli.cards import Card, fits, show_cards
from automation.cli.terminal import echo, screen_width, show, style
from automation.cli.verdicts import moment
from automation.text import when_short
from rules import LIMITS, DisputeStatus

if TYPE_CHECKING:
    from datetime import datetime

    from automation.aliexpress.dispute_row import Listing, Row
    from automation.aliexpress.report import Report

_COLOURS = {"allow": "green", "warn": "yellow", "block": "red"}
_MEANINGS = {
    "waiting_seller": "waiting for the seller",
    "seller_responded": "seller has answered",
    "mediating": "AliExpress decides",
    "final_decision": "final decision",
    "accepted_proposal": "proposal accepted",
    "seller_accepted_full": "seller accepted",
    "return_in_progress": "return in progress",
    "refund_in_progress": "refund in progress",
    "appeal": "appeal in progress",
    "unknown": "not recognised",
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
    """One line for each dispute, fields separated by tabs; an unread one has no verdict."""
    for row in listing.rows:
        fields = (
            row.order_id,
            row.number,
            row.line_id,
            row.dispute_id,
            row.status,
            row.verdict and row.verdict.value,
        )
        echo("\t".join("-" if field in {None, ""} else str(field) for field in fields))


def show_listing(listing: Listing, now: datetime) -> None:
    """Print the disputes, then notes and a summary."""
    width = screen_width()
    if listing.rows:
        _show_rows(listing.rows, width)
        for row in listing.rows:
            if row.problem:
                _line(f"could not read order {row.order_id or '?'}: {row.problem}", width, "red")
    for note in listing.notes:
        _line(note, width, "yellow")
    _line(_summary(listing), width)
    if any(row.verdict for row in listing.rows):
        hint = "hint: the verdict of 'dispute-guard advise ORDER' if your reason is good"
        _line(hint, width, "dim")
    moments = (row.refile_by for row in listing.rows if row.status.is_cancellable)
    soonest = min(filter(None, moments), default=None)
    if soonest:
        _line(f"earliest deadline to file again: {moment(soonest, now)}", width, "dim")


def _show_rows(rows: list[Row], width: int) -> None:
    table = _table(rows)
    if fits(table, width):
        show(table, width=width)
    else:
        show_cards([_card(row) for row in rows], width=width)


def _summary(listing: Listing) -> str:
    read = [row for row in listing.rows if not row.problem]
    still = sum(row.status.is_cancellable for row in read)
    parts = [
        f"{len(read) or 'no'} open dispute{'' if len(read) == 1 else 's'}",
        f"{still} can still be cancelled" if read else "",
        f"{len(listing.rows) - len(read)} not read" if len(listing.rows) > len(read) else "",
        f"{listing.orders_seen} order{'' if listing.orders_seen == 1 else 's'} in My Orders",
        "" if listing.complete else "list incomplete (see above)",
    ]
    return "; ".join(filter(None, parts))


def _table(rows: list[Row]) -> Table:
    """Put the title last: right-to-left letters would move what follows them."""
    table = Table(box=SIMPLE_HEAD, padding=(0, 1), pad_edge=False)
    table.add_column("order\nline\ndispute", no_wrap=True)
    table.add_column("--item", justify="right", no_wrap=True)
    table.add_column("status", overflow="fold", min_width=16, ratio=1)
    table.add_column("file again by\n(your time)", no_wrap=True)
    table.add_column("hint", no_wrap=True)
    table.add_column("what", overflow="fold", min_width=15, ratio=1)
    for number, row in enumerate(rows, start=1):
        table.add_row(*_cells(row), end_section=number < len(rows))
    return table


def _cells(row: Row) -> tuple[Text, ...]:
    ids = "\n".join((row.order_id or "?", row.line_id or "?", row.dispute_id or "?"))
    verdict = row.verdict.value if row.verdict else "-"
    what = Text(row.item or "?")
    if row.amount:
        what = Text(f"{row.amount}\n", style="bold").append(row.item or "?", style="not bold")
    return (
        Text(ids),
        Text("?" if row.number is None else str(row.number)),
        _status(row),
        Text(_refile_cell(row).replace(", ", "\n")),
        Text(verdict, style=_COLOURS.get(verdict, "red")),
        what,
    )


def _status(row: Row) -> Text:
    unread = bool(row.problem)
    meaning = "not read" if unread else _MEANINGS.get(row.status, row.status.replace("_", " "))
    status = Text(meaning, style="red" if unread or row.status is DisputeStatus.UNKNOWN else "bold")
    if row.status_words:
        status.append(f"\n'{row.status_words}'", style="not bold dim")
    if not unread:
        status.append(f"\nedits: {_edits(row)}", style="not bold dim")
    return status


def _edits(row: Row) -> str:
    return "unknown" if row.edits_used is None else f"{row.edits_used} of {LIMITS.edits}"


def _refile_cell(row: Row) -> str:
    """When to file again, if the dispute can still be cancelled."""
    if not row.status.is_cancellable and row.status is not DisputeStatus.UNKNOWN:
        return "-"
    return when_short(row.refile_by) if row.refile_by else "unknown"


def _card(row: Row) -> Card:
    """The same content as in the table, with the verdict first so that it is never cut off."""
    verdict = row.verdict.value if row.verdict else "not read"
    item = "" if row.number is None else f" --item {row.number}"
    return Card(
        style(verdict, _COLOURS.get(verdict, "red"), "bold") + f"  {row.order_id or '?'}{item}",
        {
            "line": row.line_id or "?",
            "dispute": row.dispute_id or "?",
            "status": _status(row).plain.replace("\n", "; "),
            "file again by": _refile_cell(row),
            "claim": row.amount,
            "what": row.item or "?",
        },
    )


def _line(words: str, width: int, *looks: str) -> None:
    show(Text(words, style=" ".join(looks)), width=width)
