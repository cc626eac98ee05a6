"""``history``: earlier attempts, from the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from automation.aliexpress.targets import DISPUTE, LINE, order_of
from automation.cli.options import output_options, state_option
from automation.cli.terminal import echo, screen_width, show, style
from automation.cli.values import Count
from automation.text import clean_text, when_short, when_text

if TYPE_CHECKING:
    from pathlib import Path

    from automation.cli.cards import Card
    from automation.engine.journal import Attempt, AttemptEvent, Journal

_MOST = 1_000_000_000
_EMPTY = "no attempts yet"
_WHAT = "each 'cancel' is kept here, dry runs too; none was started with this state folder"
_COLOURS = {"done": "green", "not done": "yellow", "unknown": "red", "no end": "red"}


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
@state_option
@output_options
def command(attempt: int | None, limit: int, **options: Any) -> int:
    """Show earlier attempts, newest first, or one ATTEMPT step by step.

    Reads only the journal: opens no browser and sends nothing.

    \b
    dispute-guard history
    dispute-guard history 7
    """
    state_dir = _state_dir(options)
    if not _has_journal(state_dir):
        return _nothing(attempt, state_dir, options)
    from automation.engine.journal import Journal

    with Journal.open(state_dir) as journal:
        if lost := journal.must_not_send():
            echo(f"dispute-guard: {lost}", err=True)
        if attempt is None:
            _list(journal, state_dir, limit, options)
        else:
            _show(journal, attempt, options)
    return 0


def _state_dir(options: dict[str, Any]) -> Path:
    from automation.engine.session.state import default_state_dir

    given: Path | None = options["state_dir"]
    return given or default_state_dir()


def _has_journal(state_dir: Path) -> bool:
    """Look before opening, since that would create a journal."""
    from automation.engine.journal.opening import NAME

    return any(state_dir.glob(f"{NAME}*"))


def _nothing(attempt: int | None, state_dir: Path, options: dict[str, Any]) -> int:
    from automation.cli.output import print_json
    from automation.errors import ErrorCode, ExitCode, ToolError

    if attempt is not None:
        raise ToolError(
            f"no such attempt: {attempt} ({_EMPTY})",
            code=ErrorCode.ATTEMPT_UNKNOWN,
            exit_code=ExitCode.USAGE,
            hint="see 'dispute-guard history' for all of them",
        )
    if options["as_json"]:
        print_json({"command": "history", "attempts": [], "exit_code": 0})
    elif not options["quiet"]:
        echo(f"{_EMPTY}: {_WHAT}, {state_dir}")
    return 0


def _list(journal: Journal, state_dir: Path, limit: int, options: dict[str, Any]) -> None:
    attempts = journal.attempts(limit)
    unsettled = {attempt.id for attempt in journal.open_intents()}
    if not attempts:
        _nothing(None, state_dir, options)
    elif options["as_json"]:
        from automation.cli.output import print_json

        rows = [_as_json(each, unsettled) for each in attempts]
        print_json({"command": "history", "attempts": rows, "exit_code": 0})
    elif options["quiet"]:
        _print_lines(attempts)
    else:
        _print_table(attempts)
        _print_advice(attempts, unsettled)


def _print_lines(attempts: tuple[Attempt, ...]) -> None:
    """For scripts: one line for each attempt, fields separated by tabs."""
    for each in attempts:
        code = "-" if each.exit_code is None else each.exit_code
        fields = (
            each.id,
            _moment(each.started),
            order_of(each),
            each.command,
            _outcome(each),
            code,
        )
        echo("\t".join(map(str, fields)))


def _print_table(attempts: tuple[Attempt, ...]) -> None:
    """Print a table that folds only the reason; page text in it is never markup."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    from automation.cli.cards import fits, show_cards

    table = Table(box=SIMPLE_HEAD, padding=(0, 1), pad_edge=False)
    table.add_column("#", justify="right", no_wrap=True)
    for name in ("when (your time)", "order", "command", "outcome"):
        table.add_column(name, no_wrap=True)
    table.add_column("exit", justify="right", no_wrap=True)
    table.add_column("reason", overflow="fold", min_width=20)
    for each in attempts:
        outcome = _outcome(each)
        table.add_row(
            Text(str(each.id)),
            Text(when_short(each.started)),
            Text(order_of(each)),
            Text(_command(each)),
            Text(outcome, style=_COLOURS[outcome]),
            Text("" if each.exit_code is None else str(each.exit_code)),
            Text(each.settled_how or each.reason or ""),
        )
    width = screen_width()
    if fits(table, width):
        show(table, width=width)
    else:
        show_cards([_card(each) for each in attempts], width=width)


def _card(attempt: Attempt) -> Card:
    from automation.cli.cards import Card

    outcome = _outcome(attempt)
    code = "" if attempt.exit_code is None else f" (exit {attempt.exit_code})"
    return Card(
        f"{attempt.id}. {_command(attempt)}: {style(outcome, _COLOURS[outcome], 'bold')}{code}",
        {
            "when": when_short(attempt.started),
            "order": order_of(attempt),
            "reason": attempt.settled_how or attempt.reason or "",
        },
    )


def _command(attempt: Attempt) -> str:
    return attempt.command.replace("cancel --dry-run", "dry-run")


def _print_advice(attempts: tuple[Attempt, ...], unsettled: set[int]) -> None:
    from rich.text import Text

    for each in attempts:
        if each.id in unsettled:
            line = (
                f"attempt {each.id} may have sent its request and is not settled: "
                f"run 'dispute-guard verify {order_of(each)}'"
            )
            show(Text(line), width=screen_width())


def _shown(event: AttemptEvent) -> list[tuple[str, object]]:
    """An event's details, without the clock readings that are only for comparing."""
    return [
        (key, value)
        for key, value in event.details.items()
        if key not in {"uptime", "boot"} and value not in {None, ""}
    ]


def _show(journal: Journal, number: int, options: dict[str, Any]) -> None:
    attempt, events = journal.attempt(number), journal.events(number)
    unsettled = {each.id for each in journal.open_intents()}
    if options["as_json"]:
        from automation.cli.output import print_json

        told = [
            {"at": _moment(each.at), "event": each.event.value, "details": each.details}
            for each in events
        ]
        print_json(
            {
                "command": "history",
                "attempt": _as_json(attempt, unsettled),
                "events": told,
                "exit_code": 0,
            }
        )
        return
    if not options["quiet"]:
        _print_head(attempt)
    _print_events(events)
    if not options["quiet"]:
        _print_advice((attempt,), unsettled)


def _print_head(attempt: Attempt) -> None:
    from automation.cli.cards import show_fields

    outcome = _outcome(attempt)
    rows = {
        "order": order_of(attempt),
        "dispute": attempt.target.ids.get(DISPUTE),
        "order line": attempt.target.ids.get(LINE),
        "site": f"{attempt.site} ({attempt.surface})",
        "by": f"dispute-guard {attempt.tool_version}, process {attempt.pid}",
        "exit code": "" if attempt.exit_code is None else str(attempt.exit_code),
        "reason": attempt.reason,
        "settled": attempt.settled and when_text(attempt.settled),
        "settled by": attempt.settled_how,
        "started": when_text(attempt.started),
    }
    badge = style(outcome, _COLOURS[outcome], "bold")
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
    from rich.padding import Padding
    from rich.text import Text

    if len(lead) + len(details) < width or not details:
        echo(f"{lead} {clean_text(details, 600)}".rstrip())
        return
    echo(lead.rstrip())
    show(Padding(Text(details, overflow="fold"), (0, 0, 0, 4), expand=False), width=width)


def _outcome(attempt: Attempt) -> str:
    """The outcome as text; an attempt with no end is running or was killed."""
    return attempt.outcome.replace("_", " ") if attempt.outcome else "no end"


def _as_json(attempt: Attempt, unsettled: set[int]) -> dict[str, Any]:
    return {
        "attempt": attempt.id,
        "order": order_of(attempt),
        "dispute": attempt.target.ids.get(DISPUTE),
        "line": attempt.target.ids.get(LINE),
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
    }


def _moment(at: Any) -> str | None:
    from automation.engine.journal.records import as_text

    return None if at is None else as_text(at)
