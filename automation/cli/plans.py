"""A plan in words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from automation.text import clean_text

if TYPE_CHECKING:
    from automation.flow.plan import Plan


def _until(text: str | None) -> str:
    """A moment as the other lines show it; a time without an offset stays as it was read."""
    try:
        at = datetime.fromisoformat(text or "")
    except ValueError:
        return text or ""
    if at.utcoffset() is None:
        return f"{text} (no time zone given)"
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def show_plan(plan: Plan, *, err: bool = False) -> None:
    """Print what would be cancelled, so that a buyer recognises it."""
    rows = [
        ("order", plan.order_id),
        ("item", plan.item or "not named on the page"),
        ("dispute", plan.reverse_line_id or plan.trade_line_id or ""),
        ("claim", plan.amount or "no amount shown"),
        ("status", plan.status_words),
        ("protection", _until(plan.protection_deadline) or "the pages do not tell when it ends"),
        ("file again by", _until(plan.refile_by) or "unknown"),
        ("verdict", plan.verdict),
    ]
    click.echo(
        click.style(f"Plan {plan.digest}", bold=True) + f", good until {plan.expires:%H:%M:%S} UTC",
        err=err,
    )
    rows += [("accepted risk", rule) for rule in plan.accepted_risks]
    rows += [("not verified", clean_text(each)) for each in plan.unverified]
    for name, value in rows:
        click.echo(f"  {name:<14} {value}", err=err)
