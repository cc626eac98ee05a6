"""``history``: earlier attempts, from the journal."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from automation.cli.call import this_call
from automation.cli.options.folders import state_folder
from automation.cli.options.options import (
    OutputOptions,
    output_options,
    schema_option,
    state_option,
)
from automation.cli.options.values import Count
from automation.cli.screen.hints import verify_in, with_command
from automation.cli.screen.terminal import echo, screen_width, style, whole
from automation.errors import Hint
from automation.text import clean_text, when_text

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from automation.aliexpress.history_answer import AttemptAnswer
    from automation.engine.journal import Attempt, AttemptEvent, Journal

_MOST = 1_000_000_000
_EMPTY = "no attempts yet"
_BELOW = " " * 4
_WHAT = "each 'cancel' is kept here, dry runs too; none was started with this state folder"


@click.command("history")
@click.argument("attempt", required=False, type=Count(1, _MOST), metavar="[ATTEMPT]")
@click.option(
    "--limit",
    type=Count(1, _MOST),
    default=20,
    show_default=True,
    metavar="N",
    help="Maximum number of attempts to list.",
)
@click.option("--open", "opens", is_flag=True, help="Open the receipt of ATTEMPT in your browser.")
@state_option
@output_options
@schema_option
def command(
    attempt: int | None, limit: int, state_dir: Path | None, output: OutputOptions, *, opens: bool
) -> int:
    """Show earlier attempts, newest first, or one ATTEMPT step by step.

    Reads only the journal and the receipts, and sends nothing.

    \b
    dispute-guard history
    dispute-guard history 7
    dispute-guard history 7 --open
    """
    if opens and attempt is None:
        raise click.UsageError("--open needs an ATTEMPT", click.get_current_context())
    folder = state_folder(state_dir)
    if not _has_journal(folder):
        return _nothing(attempt, folder, output)
    from automation.engine.journal import Journal

    with Journal.open(folder) as journal:
        if lost := journal.must_not_send():
            echo(f"dispute-guard: {lost}", err=True)
            echo(f"  next: {with_command(Hint.ACCEPT_LOSS, state_dir)}", err=True)
        if attempt is None:
            _list(journal, folder, limit, output)
        else:
            if opens:  # first: a receipt that is not there is the one document then
                _open(journal.attempt(attempt), folder, output)
            if output.as_json or not opens:
                _show(journal, attempt, folder, output)
    return 0


def _open(attempt: Attempt, state_dir: Path, output: OutputOptions) -> None:
    """Open a receipt in the buyer's browser; without a display, say where it is.

    Raises:
        ToolError: the attempt has none (exit 1).
    """
    import webbrowser

    from automation.aliexpress.receipts.lookup import receipt_of
    from automation.engine.session.choice import has_display
    from automation.errors import ErrorCode, ToolError

    page = receipt_of(attempt, state_dir)
    if page is None:
        raise ToolError(
            f"attempt {attempt.id} has no receipt",
            code=ErrorCode.NO_RECEIPT,
            hint="each attempt has one, unless it was killed or the disk was full; of those that sent "
            "nothing, only the newest are kept (--keep-receipts of 'cancel')",
        )
    opened = has_display() and webbrowser.open(page.as_uri())
    if output.for_people:
        where = whole(page)
        echo(f"opened {where}" if opened else f"no browser here; open this file yourself: {where}")
    elif not opened and not output.as_json:
        echo(str(page), wrap=False)


def _has_journal(state_dir: Path) -> bool:
    """Look before opening, since that would create a journal.

    One that is missing beside the receipt of a request is lost, and opening says so.
    """
    from automation.engine.journal import journal_exists
    from automation.engine.receipts.evidence import receipt_of_a_request

    return journal_exists(state_dir) or receipt_of_a_request(state_dir) is not None


def _nothing(attempt: int | None, state_dir: Path, output: OutputOptions) -> int:
    from automation.aliexpress.history_answer import HistoryAnswer
    from automation.cli.screen.output import print_json
    from automation.errors import ErrorCode, ExitCode, ToolError

    if attempt is not None:
        raise ToolError(
            f"no such attempt: {attempt} ({_EMPTY})",
            code=ErrorCode.ATTEMPT_UNKNOWN,
            exit_code=ExitCode.USAGE,
            hint=_WHAT,
        )
    if output.as_json:
        print_json(HistoryAnswer().as_json())
    elif not output.quiet:
        echo(_why_empty(state_dir))
    return 0


def _why_empty(state_dir: Path) -> str:
    """Why no attempt is listed: none was made, or receipts are all that is left of them."""
    from automation.engine.receipts.evidence import FOLDER, receipts_in
    from rules.wording import counted

    if kept := receipts_in(state_dir):
        earlier = counted(len(kept), "earlier receipt")
        return f"{_EMPTY} in this journal; {earlier} in {whole(state_dir / FOLDER)}"
    return f"{_EMPTY}: {_WHAT}, {whole(state_dir)}"


def _list(journal: Journal, state_dir: Path, limit: int, output: OutputOptions) -> None:
    attempts = journal.attempts(limit)
    unsettled = {attempt.id for attempt in journal.open_intents()}
    if not attempts:
        _nothing(None, state_dir, output)
    elif output.as_json:
        from automation.aliexpress.history_answer import HistoryAnswer
        from automation.cli.screen.output import print_json

        told = tuple(_told(journal, each, unsettled, state_dir) for each in attempts)
        print_json(HistoryAnswer(attempts=told).as_json())
    else:
        from automation.cli.screen.attempts import (
            later_event,
            show_attempt_lines,
            show_attempts,
            show_unsettled,
        )

        if output.quiet:
            show_attempt_lines(attempts)
            return
        later = {each.id: later_event(journal, each) for each in attempts}
        show_attempts(attempts, state_dir, later)
        show_unsettled(attempts, unsettled, partial(verify_in, this_call().state_dir))


def _dispute(attempt: Attempt) -> str | None:
    from automation.aliexpress.plan.targets import DISPUTE

    return attempt.target.ids.get(DISPUTE)


def _line(attempt: Attempt) -> str | None:
    from automation.aliexpress.plan.targets import LINE

    return attempt.target.ids.get(LINE)


def _shown(event: AttemptEvent) -> list[tuple[str, object]]:
    """An event's details, without the clock readings that are only for comparing."""
    return [
        (key, value)
        for key, value in event.details.items()
        if key not in {"uptime", "boot"} and value not in {None, ""}
    ]


def _show(journal: Journal, number: int, state_dir: Path, output: OutputOptions) -> None:
    attempt, events = journal.attempt(number), journal.events(number)
    unsettled = {each.id for each in journal.open_intents()}
    if output.as_json:
        from automation.aliexpress.history_answer import AttemptHistoryAnswer, EventAnswer
        from automation.cli.screen.output import print_json

        told = tuple(
            EventAnswer(at=_text(each.at), event=each.event.value, details=each.details)
            for each in events
        )
        found = _told(journal, attempt, unsettled, state_dir)
        print_json(AttemptHistoryAnswer(attempt=found, events=told).as_json())
        return
    if output.quiet:
        _print_events(events)
        return
    from automation.cli.screen.attempts import later_event, show_unsettled

    _print_head(attempt, later_event(journal, attempt), state_dir)
    _print_events(events)
    show_unsettled((attempt,), unsettled, partial(verify_in, this_call().state_dir))


def _print_head(attempt: Attempt, later: AttemptEvent | None, state_dir: Path) -> None:
    from automation.aliexpress.plan.targets import order_of
    from automation.aliexpress.receipts.lookup import receipt_of
    from automation.cli.screen.attempts import in_short, in_words, outcome_of
    from automation.cli.screen.cards import show_fields
    from automation.cli.screen.render import OUTCOME_COLOURS

    rows = {
        "order": order_of(attempt),
        "dispute": _dispute(attempt),
        "order line": _line(attempt),
        "site": f"{attempt.site} ({attempt.surface})",
        "by": f"dispute-guard {attempt.tool_version}, process {attempt.pid}",
        "exit code": "" if attempt.exit_code is None else str(attempt.exit_code),
        "reason": attempt.reason,
        "settled": attempt.settled and when_text(attempt.settled),
        "settled by": attempt.settled_how,
        "pages": in_words(later),
        "started": when_text(attempt.started),
        "receipt": receipt_of(attempt, state_dir),
    }
    badge = style(in_short(attempt), OUTCOME_COLOURS[outcome_of(attempt)], "bold")
    echo(f"attempt {attempt.id}: {attempt.command}, {badge}")
    show_fields({name: value or "" for name, value in rows.items()}, width=screen_width())
    echo()


def _print_events(events: tuple[AttemptEvent, ...]) -> None:
    """One line for each event, in the reader's own time; a new day gets a line."""
    width = screen_width()
    day = events[0].at.astimezone().date() if events else None
    for each in events:
        at = each.at.astimezone()
        if at.date() != day:
            day = at.date()
            echo(when_text(at))
        details = "  ".join(f"{k}={v}" for k, v in _shown(each))
        lead = (
            f"  {at:%H:%M:%S}.{at.microsecond // 1000:03}  {each.event.value.replace('_', ' '):<13}"
        )
        _print_event(lead, details, width)


def _print_event(lead: str, details: str, width: int) -> None:
    """Details beside the event, or below it if there is no room."""
    if len(lead) + len(details) < width or not details:
        echo(f"{lead} {clean_text(details, 600)}".rstrip())
        return
    echo(lead.rstrip())
    echo(f"{_BELOW}{details}", hang=len(_BELOW), width=width)


def _told(
    journal: Journal, attempt: Attempt, unsettled: set[int], state_dir: Path
) -> AttemptAnswer:
    from automation.aliexpress.history_answer import AttemptAnswer
    from automation.aliexpress.plan.targets import order_of
    from automation.cli.screen.attempts import later_event
    from automation.engine.trace import sent_nothing

    later = later_event(journal, attempt)
    page = _receipt(attempt, state_dir)
    return AttemptAnswer.model_validate(
        {
            "attempt": attempt.id,
            "order": order_of(attempt),
            "dispute": _dispute(attempt),
            "line": _line(attempt),
            "command": attempt.command,
            "site": attempt.site,
            "surface": attempt.surface,
            "version": attempt.tool_version,
            "process": attempt.pid,
            "started": _moment(attempt.started),
            "finished": _moment(attempt.finished),
            "outcome": attempt.outcome,
            "exit_code": attempt.exit_code,
            "reason": attempt.reason,
            "settled": _moment(attempt.settled),
            "settled_how": attempt.settled_how,
            "last_event": attempt.last_event,
            "needs_verify": attempt.id in unsettled,
            "nothing_sent": sent_nothing(journal.events(attempt.id)),
            "receipt": page,
            "receipt_page": page,
            "seen_later": later and {**later.details, "at": _text(later.at)},
        }
    )


def _receipt(attempt: Attempt, state_dir: Path) -> str | None:
    from automation.aliexpress.receipts.lookup import receipt_of

    page = receipt_of(attempt, state_dir)
    return str(page) if page else None


def _text(at: datetime) -> str:
    from automation.engine.journal.records import as_text

    return as_text(at)


def _moment(at: datetime | None) -> str | None:
    return None if at is None else _text(at)
