"""Show answers that list something, as a table or as cards, and as lines for scripts.

Titles and status lines come from pages, so they are plain text, never markup. A screen
too narrow for the table gets a card with the same content for each entry.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from rich.text import Text

from automation.cli.screen.advice import VERDICT_COLOURS
from automation.cli.screen.cards import Card, fits, show_cards
from automation.cli.screen.refile import moment, refile_at, refile_cell
from automation.cli.screen.terminal import BAD, echo, plain_table, screen_width, show, style
from automation.text import when_short
from rules import LIMITS, DisputeStatus, Verdict
from rules.wording import counted, span_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.table import Table

    from automation.aliexpress.advice_answer import AdvisedLine, AdvisedLines
    from automation.aliexpress.list_answer import ListAnswer, ListedAnswer

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
_LONG_DAYS = 3


# The list of disputes


def show_list_lines(answer: ListAnswer) -> None:
    """One line for each dispute, fields separated by tabs; an unread one has no verdict."""
    for row in answer.disputes:
        fields = (
            row.order,
            row.item_number,
            row.line_id,
            row.dispute_id,
            row.status,
            row.verdict,
        )
        echo("\t".join("-" if field in {None, ""} else str(field) for field in fields))
    if not answer.complete:
        echo("dispute-guard: the list is incomplete; run it without --quiet to see why", err=True)


def show_list(answer: ListAnswer, now: datetime) -> None:
    """Print the disputes, then notes and a summary."""
    width = screen_width()
    rows = by_urgency(answer.disputes, now)
    echo(err=True)
    if ahead := tuple(filter(None, (*_undated_answers(rows), _next_deadline(rows, now)))):
        for each in ahead:
            _line(each, width, "bold")
        echo()
    if rows:
        _show_rows(rows, now, width)
        for row in rows:
            if row.problem:
                _line(f"could not read order {row.order or '?'}: {row.problem}", width, "red")
    for note in answer.notes:
        _line(note, width, "bold")
    _line(_summary(answer), width)
    if any(row.verdict for row in answer.disputes):
        hint = "allow, warn, block: judged from the pages alone; 'advise ORDER' with your reason may decide differently"
        _line(hint, width, "dim")


def by_urgency(rows: Iterable[ListedAnswer], now: datetime) -> tuple[ListedAnswer, ...]:
    """The disputes as a person gets to see them, those with the next deadline first."""
    return tuple(sorted(rows, key=lambda row: _urgency(row, now)))


def _urgency(row: ListedAnswer, now: datetime) -> tuple[bool, bool, datetime]:
    """What sorts the disputes: the next deadline first, past ones after it, those without one last."""
    at = next(iter(_deadlines(row, now)), None)
    if at is not None:
        return False, False, at[0]
    past = refile_at(row) if row.status.is_cancellable else None
    return past is None, True, past or now


def _deadlines(row: ListedAnswer, now: datetime) -> list[tuple[datetime, str]]:
    """What is still to come for a dispute, the first one first, and what ends then."""
    if not row.status.is_cancellable:
        return []
    named = ((refile_at(row), ""), (_answer_by(row), " (answer the seller)"))
    return sorted((at, what) for at, what in named if at and at > now)


def _next_deadline(rows: tuple[ListedAnswer, ...], now: datetime) -> str:
    """The first deadline that is still to come; empty if none is known."""
    coming = [(*each, row.order or "?") for row in rows for each in _deadlines(row, now)]
    if not coming:
        return ""
    at, what, order = min(coming)
    return f"next deadline: {moment(at, now)}, order {order}{what}"


def _undated_answers(rows: tuple[ListedAnswer, ...]) -> tuple[str, ...]:
    """Orders that wait for the buyer's answer without a date: they may be due before any other."""
    return tuple(
        f"answer soon: order {row.order or '?'} waits for you, and no page shows until when"
        for row in rows
        if not row.problem and row.status is DisputeStatus.SELLER_RESPONDED and not row.answer_by
    )


def _show_rows(rows: tuple[ListedAnswer, ...], now: datetime, width: int) -> None:
    table = _table(rows, now)
    if fits(table, width):
        show(table, width=width)
    else:
        show_cards([_card(row, now) for row in rows], width=width)


def _summary(answer: ListAnswer) -> str:
    read = [row for row in answer.disputes if not row.problem]
    undecided = [row for row in read if not row.status.is_final]
    blocked = sum(row.verdict is Verdict.BLOCK for row in undecided)
    free = sum(row.status.is_cancellable and row.verdict is not Verdict.BLOCK for row in undecided)
    decided = answer.decided
    parts = [
        _counted(len(read) - decided, complete=answer.complete),
        f"{free} can still be cancelled" if free or len(undecided) > blocked else "",
        f"{blocked} blocked by what the pages show" if blocked else "",
        f"{decided} decided for good" if decided else "",
        f"{len(answer.disputes) - len(read)} not read" if len(answer.disputes) > len(read) else "",
        f"{counted(answer.orders_seen, 'order')} in My Orders",
        "" if answer.complete else "list incomplete (see above)",
    ]
    return "; ".join(filter(None, parts))


def _counted(disputes: int, *, complete: bool) -> str:
    """How many were found; where the list is incomplete, none found does not mean none."""
    found = "" if complete else "found "
    return f"{found}{disputes or 'no'} open dispute{'' if disputes == 1 else 's'}"


def _table(rows: tuple[ListedAnswer, ...], now: datetime) -> Table:
    """Put the title last: right-to-left letters would move what follows them."""
    table = plain_table()
    table.add_column("hint", no_wrap=True)
    table.add_column("file again by\n(your time)", no_wrap=True)
    table.add_column("status", overflow="fold", min_width=16, ratio=1)
    table.add_column("order\nline\ndispute", no_wrap=True)
    table.add_column("--item", justify="right", no_wrap=True)
    table.add_column("what", overflow="fold", min_width=15, ratio=1)
    for number, row in enumerate(rows, start=1):
        table.add_row(*_cells(row, now), end_section=number < len(rows))
    return table


def _cells(row: ListedAnswer, now: datetime) -> tuple[Text, ...]:
    ids = "\n".join((row.order or "?", row.line_id or "?", row.dispute_id or "?"))
    verdict = row.verdict or "-"
    what = Text(row.item or "?")
    if row.amount:
        what = Text(f"{row.amount}\n", style="bold").append(row.item or "?", style="not bold")
    return (
        Text(verdict, style=VERDICT_COLOURS.get(verdict, BAD)),
        Text(_refile_cell(row, now).replace(", ", "\n")),
        _status(row, now),
        Text(ids),
        Text("?" if row.item_number is None else str(row.item_number)),
        what,
    )


def status_in_words(status: str) -> str:
    """The status of a dispute for people."""
    return _MEANINGS.get(status, status.replace("_", " "))


def _status(row: ListedAnswer, now: datetime) -> Text:
    unread = bool(row.problem)
    meaning = "not read" if unread else status_in_words(row.status)
    status = Text(meaning, style="red" if unread or row.status is DisputeStatus.UNKNOWN else "bold")
    if row.status_words:
        status.append(f"\n'{row.status_words}'", style="not bold dim")
    if not unread and row.status is DisputeStatus.SELLER_RESPONDED:
        at = _answer_by(row)
        until = f"{when_short(at)} ({_left(at - now)})" if at else "soon, no date is shown"
        status.append(f"\nanswer by: {until}", style="bold")
    if not unread:
        status.append(f"\nedits: {_edits(row)}", style="not bold dim")
    return status


def _edits(row: ListedAnswer) -> str:
    return "unknown" if row.edits_used is None else f"{row.edits_used} of {LIMITS.edits}"


def _refile_cell(row: ListedAnswer, now: datetime) -> str:
    """When to file again, and the days left, if the dispute can still be cancelled."""
    if not row.status.is_cancellable and row.status is not DisputeStatus.UNKNOWN:
        return "-"
    at = refile_at(row)
    return f"{when_short(at)}, {_left(at - now)}" if at else "unknown"


def _left(span: timedelta) -> str:
    """Whole days, or hours and minutes once they count."""
    if span <= timedelta():
        return "over"
    days = span.days
    return f"{counted(days, 'day') if days >= _LONG_DAYS else span_text(span)} left"


def _answer_by(row: ListedAnswer) -> datetime | None:
    return datetime.fromisoformat(row.answer_by) if row.answer_by else None


def _card(row: ListedAnswer, now: datetime) -> Card:
    """The same content as in the table, with the verdict first so that it is never cut off."""
    verdict = row.verdict or "not read"
    item = "" if row.item_number is None else f" --item {row.item_number}"
    return Card(
        style(f" {verdict} ", VERDICT_COLOURS.get(verdict, BAD)) + f" {row.order or '?'}{item}",
        {
            "file again by": _refile_cell(row, now).strip("-"),
            "status": _status(row, now).plain.replace("\n", "; "),
            "what": row.item or "?",
            "claim": row.amount,
            "line": row.line_id or "?",
            "dispute": row.dispute_id or "?",
        },
    )


def _line(words: str, width: int, *looks: str) -> None:
    echo(style(words, *looks), width=width)


# The lines of a facts file


def show_advised_lines(answer: AdvisedLines) -> None:
    """Print one verdict for each line, and how many there are of each."""
    width = screen_width()
    table = plain_table()
    table.add_column("line", justify="right", no_wrap=True)
    table.add_column("verdict", no_wrap=True)
    table.add_column("file again by\n(your time)", no_wrap=True)
    table.add_column("findings", overflow="fold", min_width=24)
    for each in answer.answers:
        verdict = str(each.verdict)
        table.add_row(
            str(each.line),
            Text(verdict, style=VERDICT_COLOURS[verdict]),
            refile_cell(each),
            Text(_rules_of(each)),
        )
    if fits(table, width):
        show(table, width=width)
    else:
        show_cards([_line_card(each) for each in answer.answers], width=width)
    verdicts = [str(each.verdict) for each in answer.answers]
    counts = [f"{verdicts.count(name)} {name}" for name in ("block", "warn", "allow")]
    _line(f"{counted(len(verdicts), 'line')}: {', '.join(counts)}", width)
    _line("run 'dispute-guard rules RULE_ID' for what a finding means", width, "dim")


def _rules_of(each: AdvisedLine) -> str:
    """The rules that decided, and those that only note something, once each."""
    return ", ".join(dict.fromkeys(finding.rule for finding in each.findings)) or "none"


def _line_card(each: AdvisedLine) -> Card:
    verdict = str(each.verdict)
    return Card(
        f"line {each.line}: {style(verdict, VERDICT_COLOURS[verdict])}",
        {"file again by": refile_cell(each), "findings": _rules_of(each)},
    )
