"""Show earlier attempts of the journal: as a table, as cards, or as lines for scripts.

Reasons come from pages, so they are plain text, never markup.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from automation.aliexpress.cancel.attempts import verify_on
from automation.aliexpress.plan.targets import order_of
from automation.aliexpress.receipts.contents import RECEIPTS
from automation.aliexpress.receipts.lookup import receipt_of
from automation.aliexpress.site.addresses import is_site_host
from automation.cli.screen.other_call import other_call
from automation.cli.screen.render import OUTCOME_COLOURS
from automation.cli.screen.terminal import echo, plain_table, screen_width, show, style, whole
from automation.engine.journal import Event
from automation.engine.journal.records import as_text
from automation.errors import ExitCode
from automation.text import pasted, when_short

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from automation.cli.screen.cards import Card
    from automation.engine.journal import Attempt, AttemptEvent, Journal

_PRACTICE: Final = "practice"
# An attempt that is not done sent nothing if it ended so, since it ended before its request.
_UNSENT: Final[dict[int, str]] = {
    ExitCode.OK: "nothing sent",  # a dry run
    ExitCode.REFUSED: "refused, nothing sent",
    ExitCode.HUMAN_NEEDED: "nothing sent",
    ExitCode.PAGE_NOT_RECOGNISED: "nothing sent",
    ExitCode.DECLINED: "declined, nothing sent",
    ExitCode.PLAN_STALE: "nothing sent",
    ExitCode.INTERRUPTED: "nothing sent",
}
_LEAST: Final = 20


def show_attempt_lines(attempts: tuple[Attempt, ...]) -> None:
    """For scripts: one line for each attempt, fields separated by tabs."""
    for each in attempts:
        code = "-" if each.exit_code is None else each.exit_code
        started, order = as_text(each.started), order_of(each)
        echo("\t".join(map(str, (each.id, started, order, each.command, outcome_of(each), code))))


def show_attempts(
    attempts: tuple[Attempt, ...], state_dir: Path, later: Mapping[int, AttemptEvent | None]
) -> None:
    """Print a table that folds only the reason, or cards; practice and real orders are told apart.

    Args:
        later: what the pages showed after the end of an attempt.
    """
    from rich.text import Text

    from automation.cli.screen.cards import fits, show_cards

    sites = {each.id: site_of(each) for each in attempts}
    several = len(set(sites.values())) > 1
    table = plain_table()
    table.add_column("#", justify="right", no_wrap=True)
    for name in ("when (your time)", "order", *(["site"] if several else []), "command", "outcome"):
        table.add_column(name, no_wrap=True)
    table.add_column("exit", justify="right", no_wrap=True)
    named = {each.id: _folder_of_receipt(each, state_dir) for each in attempts}
    longest = max(_LEAST, *map(len, named.values()))  # a name is never broken
    table.add_column("reason and receipt", overflow="fold", min_width=longest)
    reasons = {each.id: _reason(each, later.get(each.id)) for each in attempts}
    for each in attempts:
        table.add_row(
            Text(str(each.id)),
            Text(when_short(each.started)),
            Text(order_of(each)),
            *([Text(sites[each.id])] if several else []),
            Text(_command(each)),
            Text(in_short(each), style=OUTCOME_COLOURS[outcome_of(each)]),
            Text("" if each.exit_code is None else str(each.exit_code)),
            Text("\n".join(filter(None, (reasons[each.id], named[each.id])))),
        )
    width = screen_width()
    if fits(table, width):
        show(table, width=width)
    else:
        told = [
            _card(each, sites[each.id] if several else "", reasons[each.id], named[each.id])
            for each in attempts
        ]
        show_cards(told, width=width)
    if set(sites.values()) == {_PRACTICE}:
        echo("practice on a mimic site: no real orders")
    if any(named.values()):
        echo(f"receipts are in {whole(state_dir / RECEIPTS)}")
        echo(f"{pasted(other_call('history', ('state_dir',), 'ATTEMPT', '--open'))} opens one")


def show_unsettled(
    attempts: tuple[Attempt, ...], unsettled: set[int], command: Callable[[str], str]
) -> None:
    """Say of each attempt that is not settled how to settle it.

    Args:
        command: the call of ``verify`` for an order.
    """
    for each in attempts:
        if each.id in unsettled:
            echo(
                f"attempt {each.id} may have sent its request and is not settled: "
                f"run {pasted(verify_on(command(order_of(each)), each))}",
                width=screen_width(),
            )


def outcome_of(attempt: Attempt) -> str:
    """The outcome as text; an attempt with no end is running or was killed."""
    return attempt.outcome.replace("_", " ") if attempt.outcome else "no end"


def in_short(attempt: Attempt) -> str:
    """The same for a person, who reads at once that an attempt has no request."""
    if attempt.outcome != "not_done" or attempt.settled or attempt.exit_code is None:
        return outcome_of(attempt)
    return _UNSENT.get(attempt.exit_code) or outcome_of(attempt)


def later_event(journal: Journal, attempt: Attempt) -> AttemptEvent | None:
    """What the pages showed after its end, if that was another outcome."""
    if attempt.last_event != Event.SEEN_LATER:
        return None
    return journal.events(attempt.id)[-1]


def in_words(later: AttemptEvent | None) -> str:
    """The same for people; empty for nothing."""
    if later is None:
        return ""
    shown = str(later.details["outcome"]).replace("_", " ")
    return f"seen later ({when_short(later.at)}): {shown}, {later.details['how']}"


def _reason(attempt: Attempt, later: AttemptEvent | None) -> str:
    """The reason of the outcome, and below it what the pages showed later."""
    return "\n".join(filter(None, (attempt.settled_how or attempt.reason, in_words(later))))


def site_of(attempt: Attempt) -> str:
    """The site in a word: AliExpress, or practice on a mimic."""
    return "AliExpress" if is_site_host(urlsplit(attempt.site).hostname or "") else _PRACTICE


def _card(attempt: Attempt, site: str, reason: str, receipt: str) -> Card:
    from automation.cli.screen.cards import Card

    words = in_short(attempt)
    outcome = style(words, OUTCOME_COLOURS[outcome_of(attempt)], "bold")
    told = attempt.exit_code is None or words.partition(",")[0] in {"refused", "declined"}
    code = "" if told else f" (exit {attempt.exit_code})"
    return Card(
        f"{attempt.id}. {_command(attempt)}: {outcome}{code}",
        {
            "when": when_short(attempt.started),
            "order": order_of(attempt),
            "site": site,
            "reason": reason,
            "receipt": receipt,
        },
    )


def _folder_of_receipt(attempt: Attempt, state_dir: Path) -> str:
    """The name of its folder; empty if there is none."""
    page = receipt_of(attempt, state_dir)
    return page.parent.name if page else ""


def _command(attempt: Attempt) -> str:
    return attempt.command.replace("cancel --dry-run", "dry-run")
