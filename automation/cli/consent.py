"""Typed consent: the last four digits of the order id, at a terminal, and nothing else counts."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from automation.cli.plans import show_plan
from automation.cli.verdicts import show_advice

if TYPE_CHECKING:
    from automation.cli.output import Progress
    from automation.flow.plan import Plan
    from automation.flow.request import Consent
    from rules import Advice


def ask_at_terminal(progress: Progress, *, quiet: bool) -> Consent:
    """Build the question that the flow asks before a commit."""

    async def ask(plan: Plan, advice: Advice) -> bool:
        if not quiet:
            show_advice(advice, datetime.now(UTC), err=True)
            click.echo(err=True)
        show_plan(plan, err=True)
        click.echo(
            f"\nThis cannot be taken back. To cancel this dispute, type the last four digits of the "
            f"order ({click.style('…' + plan.last_four, bold=True)}): ",
            nl=False,
            err=True,
        )
        left = (plan.expires - datetime.now(UTC)).total_seconds()
        answer = await _line(max(left, 0.1))
        if answer.strip() == plan.last_four:
            return True
        progress.say("" if answer else "no answer")
        return False

    return ask


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
