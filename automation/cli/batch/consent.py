"""Consent to a whole file, typed at a terminal: for each order the digits that tell it from the others.

It is as strict as for one order. A list is skimmed and a ``yes`` at its end reads nothing, so each
order is shown once more by itself, and its own digits are typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.cli.batch.screen import show_batch_plan
from automation.cli.prompts.consent import ASK_AGAIN, is_agreed, marked_group
from automation.cli.prompts.keyboard import forget_typed
from automation.cli.screen.advice import VERDICT_COLOURS
from automation.cli.screen.terminal import echo, screen_width, style
from automation.text import clean_text

if TYPE_CHECKING:
    from datetime import datetime

    from automation.aliexpress.batch.course import Course
    from automation.aliexpress.batch.plan import BatchPlan, Planned
    from automation.aliexpress.batch.run import AskForAll


def ask_for_all(*, quiet: bool, explain: bool = False) -> AskForAll:
    """Build the question that a batch asks before its first cancel."""
    del quiet, explain  # what is agreed to must be on the screen, whatever was asked for

    async def ask(plan: BatchPlan, planned: tuple[Planned, ...], course: Course) -> bool:
        show_batch_plan(course.answer(), dry_run=False, err=True)
        echo(
            "\nThis cancels each of these disputes and cannot be undone. All your orders end in the "
            "same four digits; the group before them tells them apart.",
            err=True,
        )
        for number, each in enumerate(planned, start=1):
            _show_one(number, len(planned), each)
            if not await _typed(each, plan.expires):
                return False
        return True

    return ask


async def _typed(each: Planned, expires: datetime) -> bool:
    """Whether the digits of this order were typed, at the second try at the latest."""
    forget_typed()
    echo(ASK_AGAIN, nl=False, err=True)
    return await is_agreed(each.plan, expires)


def _show_one(number: int, of: int, each: Planned) -> None:
    plan = each.plan
    verdict = style(plan.verdict, VERDICT_COLOURS.get(plan.verdict, "bold"), "bold")
    item = plan.item or "no title on the page"
    what = clean_text("; ".join(filter(None, (plan.amount, item))), 160)
    echo(f"\n{number} of {of}, line {each.row.line}: {verdict}, {what}", err=True)
    echo("\n".join(marked_group(plan.order_id, screen_width(of_a_pipe=80))), err=True)
