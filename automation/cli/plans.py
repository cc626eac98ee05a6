"""Print a plan."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from automation.cli.terminal import echo, style
from automation.text import clean_text, when_text

if TYPE_CHECKING:
    from automation.aliexpress.plan import Plan

_HANG = 17


def _until(text: str | None) -> str:
    """A time for people; one without an offset stays as it was read."""
    try:
        at = datetime.fromisoformat(text or "")
    except ValueError:
        return text or ""
    if at.utcoffset() is None:
        return f"{text} (no time zone given)"
    return when_text(at)


def show_plan(plan: Plan, *, err: bool = False) -> None:
    """Print what the plan would cancel, in terms that buyers recognise."""
    rows = [
        ("order", plan.order_id),
        ("item", plan.item or "no title on the page"),
        ("dispute", plan.reverse_line_id or plan.trade_line_id or ""),
        ("claim", plan.amount or "no amount shown"),
        *(("gives up", each) for each in plan.offers),
        ("status", plan.status_words),
        ("protection", _until(plan.protection_deadline) or "unknown (not shown on the pages)"),
        ("file again by", _until(plan.refile_by) or "unknown"),
        ("verdict", plan.verdict),
    ]
    echo(
        style(f"Plan {plan.digest}", "bold") + f", valid until {when_text(plan.expires)}",
        err=err,
    )
    rows += [("you said", line) for line in plan.buyer_says]
    rows += [("accepted risk", rule) for rule in plan.accepted_risks]
    rows += [("not verified", clean_text(each)) for each in plan.unverified]
    for name, value in rows:
        echo(f"  {name:<14} {clean_text(value)}", err=err, hang=_HANG)
