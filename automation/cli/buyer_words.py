"""Turn the options in which buyers give their side into facts for the rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import click

from automation.cli.config import OfOneOrder
from automation.cli.values import Count, Text, Word

if TYPE_CHECKING:
    from rules import Facts

F = TypeVar("F", bound=Callable[..., Any])

REASONS = (
    "package-arrived", "replacement-arrived", "replacement-sent", "filed-by-mistake",
    "seller-promised", "fair-agreement", "add-evidence", "start-fresh", "change-amount",
    "money-received-off-platform", "changed-mind", "wait-longer", "package-arrived-wrong-item",
    "package-arrived-partly", "afraid-of-account-block", "other",
)  # fmt: skip
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_MONEY = ("none", "announced-only", "partial", "full-cleared")
STATUSES = (
    "waiting_seller", "seller_responded", "mediating", "final_decision", "accepted_proposal",
    "seller_accepted", "seller_accepted_full", "return_in_progress", "refund_in_progress",
    "refund_complete", "appeal", "appeal_in_progress", "closed", "cancelled", "none", "unknown",
)  # fmt: skip


def _moment(_ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Read a time as ISO 8601 or as the site writes it; a missing offset stays missing."""
    if value is None:
        return None
    moment = _typed(value)
    if moment is None:
        raise click.BadParameter(
            f"{value[:40]!r} is not a time; use 2026-12-24, 2026-12-24T18:00-08:00 or "
            "'Dec 24, 2026 18:00 PST'",
            param=param,
        )
    if not _FIRST_YEAR <= datetime.fromisoformat(moment).year <= _LAST_YEAR:
        raise click.BadParameter(
            f"{value[:40]!r} is too far away for this order; check the year",
            param=param,
        )
    return moment


def _typed(value: str) -> str | None:
    from automation.aliexpress.pages.dates import typed_moment
    from automation.aliexpress.site import SiteMap

    return typed_moment(value, SiteMap.load().packs.values())


def words_options(function: F) -> F:
    """The options in which buyers give their side."""
    option = partial(click.option, cls=OfOneOrder)
    for decorator in reversed((
        option("--received/--not-received", default=None, help="You have the package."),
        option("--checked/--not-checked", default=None, help="You checked that it is the right product and works."),
        option("--replacement", type=Text(), metavar="NUMBER", help="Tracking number of a replacement."),
        option("--replacement-checked", is_flag=True, default=None, help="You looked up the number at the carrier."),
        option("--protection-extended/--protection-not-extended", default=None,
               help="The seller extended the buyer protection."),
        option("--money", type=Word(_MONEY), metavar="MONEY",
               help="Money received outside AliExpress: " + ", ".join(_MONEY) + "."),
        option("--seller-says", type=Text(), multiple=True, metavar="TEXT", help="What the seller wrote; repeatable."),
        option("--protection-ends", metavar="WHEN", callback=_moment, help="End of the buyer protection: ISO 8601, or as the site writes it."),
        option("--delivered", metavar="WHEN", callback=_moment, help="When delivery was confirmed: ISO 8601, or as the site writes it."),
        option("--dispute-status", type=Word(STATUSES), metavar="STATUS",
               help="Status of the dispute: " + ", ".join(STATUSES) + "."),
        option("--edits-used", type=Count(0, 99), metavar="N", help="How many times the dispute was edited."),
    )):  # fmt: skip
        function = decorator(function)
    return function


def reason_option(*, required: bool) -> Callable[[F], F]:
    """``--because``."""
    return click.option(
        "--because",
        cls=OfOneOrder,
        type=Word(REASONS),
        required=required,
        metavar="REASON",
        help="Why you want to cancel: " + ", ".join(REASONS) + ".",
    )


def said_facts(options: dict[str, Any], now: datetime, base: Facts | None = None) -> Facts:
    """The options as facts; what the buyer did not say stays unknown."""
    from rules import Facts, Reason, ReplacementTracking

    reason = options.get("because")
    number = options.get("replacement")
    replacement = None
    if number is not None or options.get("replacement_checked") is not None:
        replacement = ReplacementTracking(
            number=number, checked_by_buyer=options.get("replacement_checked")
        )
    given: dict[str, Any] = {
        "buyer_reason": Reason(reason.replace("-", "_")) if reason else None,
        "item_received": options.get("received"),
        "item_verified": options.get("checked"),
        "replacement_tracking": replacement,
        "protection_extended": options.get("protection_extended"),
        "money_received": (options.get("money") or "").replace("-", "_") or None,
        "seller_messages": tuple(options.get("seller_says") or ()) or None,
        "protection_deadline": options.get("protection_ends"),
        "delivered_at": options.get("delivered"),
        "dispute_status": options.get("dispute_status"),
        "edits_used": options.get("edits_used"),
    }
    known = {key: value for key, value in given.items() if value is not None}
    return replace(base or Facts(), now=now, **known)
