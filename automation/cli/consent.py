"""Typed consent: four telling digits of the order's number, at a terminal; nothing else counts."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import sys
import textwrap
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from automation.cli.plans import show_plan
from automation.cli.verdicts import show_advice
from automation.order_number import GROUP, groups, spelled

_WORDS_SECONDS = 120.0
_INDENT = "    "
_WIDEST, _NARROWEST = 96, 16

if TYPE_CHECKING:
    from automation.cli.output import Progress
    from automation.flow.plan import Plan
    from automation.flow.request import ConfirmWarnings, ConfirmWords, Consent
    from automation.flow.warnings import SiteWarning
    from automation.site import Doubt
    from rules import Advice


def words_at_terminal(options: dict[str, Any]) -> ConfirmWords | None:
    """How the buyer is asked about words, where he is asked for his consent as well."""
    if options["dry_run"] or options["plan_digest"]:
        return None
    return ask_about_words(quiet=options["quiet"])


def consent_at_terminal(options: dict[str, Any], progress: Progress) -> Consent | None:
    """How the buyer is asked; ``None`` where a plan or a dry run makes it unnecessary."""
    if options["dry_run"] or options["plan_digest"]:
        return None
    return ask_at_terminal(progress, quiet=options["quiet"])


def warnings_at_terminal(options: dict[str, Any]) -> ConfirmWarnings | None:
    """How the buyer is asked about the dialog's warnings, where they are asked for consent."""
    if options["dry_run"] or options["plan_digest"]:
        return None
    return ask_about_warnings


def ask_at_terminal(progress: Progress, *, quiet: bool) -> Consent:
    """Build the question that the flow asks before a commit."""

    async def ask(plan: Plan, advice: Advice) -> bool:
        if not quiet:
            show_advice(advice, datetime.now(UTC), err=True)
            click.echo(err=True)
        show_plan(plan, err=True)
        click.echo(
            consent_question(plan.order_id, shutil.get_terminal_size().columns), nl=False, err=True
        )
        left = (plan.expires - datetime.now(UTC)).total_seconds()
        answer = await _line(max(left, 0.1))
        if answer.strip() == plan.consent_digits:
            return True
        progress.say("" if answer else "no answer")
        return False

    return ask


def consent_question(order: str, columns: int) -> str:
    """The question for the digits that tell this order from the buyer's other ones.

    Its last line stays whole, however narrow the terminal: scripts wait for it.
    """
    number = _INDENT + spelled(order)
    under = " " * (len(number) - 2 * GROUP - 1) + "^" * GROUP
    stacked = [*groups(order)]
    stacked[-2] += " <"
    why = (
        "This cannot be taken back. All your orders end in the same four digits; the group "
        "before them tells this one from the others:"
    )
    return "\n".join(
        (
            "",
            *textwrap.wrap(why, max(min(columns, _WIDEST), _NARROWEST)),
            *((number, under) if len(number) <= columns else stacked),
            "To cancel this dispute, type the group before the last one (four digits): ",
        )
    )


def ask_about_words(*, quiet: bool) -> ConfirmWords:
    """Build the question about words that nobody has seen on the site."""

    async def ask(doubt: Doubt) -> bool:
        click.echo(f"\nNobody has seen these words of the site in '{doubt.lang}' yet:", err=True)
        for words in doubt.seen:
            click.echo(f"    {click.style(words, bold=True)}", err=True)
        click.echo(f"They are read as {doubt.what}.", err=True)
        if not quiet:
            click.echo("A words file with these lines would say so for good:", err=True)
            for line in doubt.lines:
                click.echo(f"    {line}", err=True)
        click.echo("If you know that they mean that, type yes: ", nl=False, err=True)
        return (await _line(_WORDS_SECONDS)).strip().casefold() == "yes"

    return ask


async def ask_about_warnings(warnings: tuple[SiteWarning, ...], plan: Plan) -> bool:
    """Show what the site's dialog warns of, and take only a typed yes."""
    columns = max(min(shutil.get_terminal_size().columns, _WIDEST), _NARROWEST)
    _forget_what_was_typed()
    click.echo("\nThe site's own dialog warns:", err=True)
    for warning in warnings:
        first, *more = textwrap.wrap(warning.words, columns - len(_INDENT)) or [""]
        click.echo(f"  - {click.style(first, bold=True)}", err=True)
        for line in more:
            click.echo(_INDENT + click.style(line, bold=True), err=True)
    click.echo(
        "Nothing has been sent yet. To cancel the dispute all the same, type yes: ",
        nl=False,
        err=True,
    )
    left = (plan.expires - datetime.now(UTC)).total_seconds()
    return (await _line(max(min(left, _WORDS_SECONDS), 0.1))).strip().casefold() == "yes"


def _forget_what_was_typed() -> None:
    """Drop what was typed ahead: a yes to words that were not yet shown is no consent."""
    try:
        import termios
    except ImportError:  # Windows
        return
    with contextlib.suppress(termios.error, OSError, ValueError):
        termios.tcflush(sys.stdin.fileno(), termios.TCIFLUSH)


async def _line(seconds: float) -> str:
    """One line from the terminal, empty when the time runs out or it is closed.

    Waits on the file descriptor, not in a thread: Ctrl-C has to end it at once.
    """
    loop = asyncio.get_running_loop()
    if not hasattr(loop, "add_reader") or sys.platform == "win32":
        return await asyncio.wait_for(asyncio.to_thread(sys.stdin.readline), seconds)
    ready = asyncio.Event()
    descriptor = sys.stdin.fileno()
    loop.add_reader(descriptor, ready.set)
    try:
        await asyncio.wait_for(ready.wait(), seconds)
    except TimeoutError:
        return ""
    finally:
        loop.remove_reader(descriptor)
    return sys.stdin.readline()
