"""``history``: what was tried so far, from the journal alone."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from automation.cli.options import output_options, state_option
from automation.cli.values import Count

if TYPE_CHECKING:
    from pathlib import Path

    from automation.journal import Attempt, AttemptEvent, Journal

_WIDTH_OF_A_PIPE = 140
_MOST = 1_000_000_000
_EMPTY = "nothing was tried so far"
_COLOURS = {"done": "green", "not done": "yellow", "unknown": "red", "no end": "red"}


@click.command("history")
@click.argument("attempt", required=False, type=Count(1, _MOST), metavar="[ATTEMPT]")
@click.option(
    "--limit",
    type=Count(1, _MOST),
    default=20,
    show_default=True,
    metavar="N",
    help="How many attempts to list.",
)
@state_option
@output_options
def command(attempt: int | None, limit: int, **options: Any) -> int:
    """Show what was tried so far, the newest first, or one ATTEMPT step by step.

    Reads the journal only: nothing is opened and nothing is sent. Times are UTC.

    \b
    dispute-guard history
    dispute-guard history 7
    """
    state_dir = _state_dir(options)
    if not _has_journal(state_dir):
        return _nothing(attempt, options)
    from automation.journal import Journal

    with Journal.open(state_dir) as journal:
        if lost := journal.must_not_send():
            click.echo(f"dispute-guard: {lost}", err=True)
        if attempt is None:
            _list(journal, limit, options)
        else:
            _show(journal, attempt, options)
    return 0


def _state_dir(options: dict[str, Any]) -> Path:
    from automation.session.state import default_state_dir

    given: Path | None = options["state_dir"]
    return given or default_state_dir()


def _has_journal(state_dir: Path) -> bool:
    """Opening makes a journal, so look first: a look must leave nothing behind."""
    from automation.journal.opening import NAME

    return any(state_dir.glob(f"{NAME}*"))


def _nothing(attempt: int | None, options: dict[str, Any]) -> int:
    from automation.cli.output import print_json
    from automation.errors import ExitCode, ToolError

    if attempt is not None:
        raise ToolError(
            f"the journal has no attempt {attempt}: {_EMPTY}",
            code="attempt_unknown",
            exit_code=ExitCode.USAGE,
            hint="'dispute-guard history' lists what there is",
        )
    if options["as_json"]:
        print_json({"command": "history", "attempts": [], "exit_code": 0})
    elif not options["quiet"]:
        click.echo(_EMPTY)
    return 0


def _list(journal: Journal, limit: int, options: dict[str, Any]) -> None:
    attempts = journal.attempts(limit)
    unsettled = {attempt.id for attempt in journal.open_intents()}
    if not attempts:
        _nothing(None, options)
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
    """One line for each attempt, its fields between tabs, for a script."""
    for each in attempts:
        code = "-" if each.exit_code is None else each.exit_code
        fields = (each.id, _moment(each.started), each.order_id, each.command, _outcome(each), code)
        click.echo("\t".join(map(str, fields)))


def _print_table(attempts: tuple[Attempt, ...]) -> None:
    """Only the reason is ever folded; page text in it is plain text, never markup."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else _WIDTH_OF_A_PIPE)
    table = Table(box=SIMPLE_HEAD, padding=(0, 1), pad_edge=False)
    table.add_column("#", justify="right", no_wrap=True)
    for name in ("when (UTC)", "order", "command", "outcome"):
        table.add_column(name, no_wrap=True)
    table.add_column("exit", justify="right", no_wrap=True)
    table.add_column("reason", overflow="fold")
    for each in attempts:
        outcome = _outcome(each)
        table.add_row(
            Text(str(each.id)),
            Text(f"{each.started:%Y-%m-%d %H:%M}"),
            Text(each.order_id),
            Text(each.command.replace("cancel --dry-run", "dry-run")),
            Text(outcome, style=_COLOURS[outcome]),
            Text("" if each.exit_code is None else str(each.exit_code)),
            Text(each.settled_how or each.reason or ""),
        )
    console.print(table)


def _print_advice(attempts: tuple[Attempt, ...], unsettled: set[int]) -> None:
    for each in attempts:
        if each.id in unsettled:
            click.echo(
                f"attempt {each.id} may have sent its request and is not settled; "
                f"run 'dispute-guard verify {each.order_id}'"
            )


def _shown(event: AttemptEvent) -> list[tuple[str, object]]:
    """What an event says, without the clock that is only compared."""
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
    outcome = _outcome(attempt)
    rows = {
        "order": attempt.order_id,
        "dispute": attempt.dispute_id,
        "order line": attempt.line_id,
        "site": f"{attempt.site} ({attempt.surface})",
        "by": f"dispute-guard {attempt.tool_version}, process {attempt.pid}",
        "exit code": attempt.exit_code,
        "reason": attempt.reason,
        "settled": attempt.settled and f"{attempt.settled:%Y-%m-%d %H:%M:%S} UTC",
        "settled by": attempt.settled_how,
    }
    badge = click.style(outcome, fg=_COLOURS[outcome], bold=True)
    click.echo(f"attempt {attempt.id}: {attempt.command}, {badge}")
    for name, value in rows.items():
        if value is not None:
            click.echo(f"  {name:<11} {value}")
    click.echo(f"\n{attempt.started:%Y-%m-%d} UTC")


def _print_events(events: tuple[AttemptEvent, ...]) -> None:
    """One line per event; a new day is said once."""
    day = events[0].at.date() if events else None
    for each in events:
        if each.at.date() != day:
            day = each.at.date()
            click.echo(f"{day} UTC")
        details = "  ".join(f"{k}={v}" for k, v in _shown(each))
        name = each.event.value.replace("_", " ")
        line = f"  {each.at:%H:%M:%S}.{each.at.microsecond // 1000:03}  {name:<13} {details}"
        click.echo(line.rstrip())


def _outcome(attempt: Attempt) -> str:
    """Its outcome in words; one without an end runs right now or was killed."""
    return attempt.outcome.replace("_", " ") if attempt.outcome else "no end"


def _as_json(attempt: Attempt, unsettled: set[int]) -> dict[str, Any]:
    return {
        "attempt": attempt.id,
        "order": attempt.order_id,
        "dispute": attempt.dispute_id,
        "line": attempt.line_id,
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
    from automation.journal.model import as_text

    return None if at is None else as_text(at)
