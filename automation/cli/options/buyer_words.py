"""Turn the options in which buyers give their side into facts for the rules."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

import click
from msgspec import Struct

from automation.cli.options.options import (
    all_of,
    browser_options,
    explained_output,
    group_of,
    item_option,
    order_argument,
    schema_option,
)
from automation.cli.options.values import Count, Text, Word

if TYPE_CHECKING:
    from automation.cli.options.options import Decorator
    from rules import Facts, ReplacementTracking

REASONS = (
    "package-arrived", "replacement-arrived", "replacement-sent", "filed-by-mistake",
    "seller-promised", "fair-agreement", "add-evidence", "start-fresh", "change-amount",
    "money-received-off-platform", "changed-mind", "wait-longer", "package-arrived-wrong-item",
    "package-arrived-partly", "afraid-of-account-block", "other",
)  # fmt: skip
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
MONEY = ("none", "announced-only", "partial", "full-cleared")
STATUSES = (
    "waiting_seller", "seller_responded", "mediating", "final_decision", "accepted_proposal",
    "seller_accepted", "seller_accepted_full", "return_in_progress", "refund_in_progress",
    "refund_complete", "appeal", "appeal_in_progress", "closed", "cancelled", "none", "unknown",
)  # fmt: skip


def _moment(_ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Read a time as ISO 8601 or as the site writes it; a missing offset stays missing."""
    if value is None:
        return None
    try:
        return checked_moment(value)
    except ValueError as error:
        raise click.BadParameter(str(error), param=param) from None


def checked_moment(value: str) -> str:
    """A time that the buyer gives, in ISO 8601.

    Raises:
        ValueError: it is no time, or none that an order of today can have.
    """
    moment = typed_moment(value)
    if moment is None:
        raise ValueError(
            f"{value[:40]!r} is not a time; use 2026-12-24, 2026-12-24T18:00-08:00 or "
            "'Dec 24, 2026 18:00 PST'"
        )
    if not is_in_reach(moment):
        raise ValueError(f"{value[:40]!r} is too far away for an order of today; check the year")
    return moment


def typed_moment(value: str) -> str | None:
    """A time as ISO 8601 or as the site writes it, in ISO 8601; ``None`` if it is neither."""
    from rules.moments import iso_text

    return iso_text(value) or _moment_in_words(value)


def _moment_in_words(value: str) -> str | None:
    """The same in the words of any of the site's languages, which take long to load."""
    from automation.aliexpress.pages.text.dates import typed_moment as read
    from automation.aliexpress.site import SiteMap

    return read(value, SiteMap.load().packs.values())


def is_in_reach(moment: str) -> bool:
    """Whether an order of today can have such a time."""
    return _FIRST_YEAR <= datetime.fromisoformat(moment).year <= _LAST_YEAR


class BuyerWords(Struct, frozen=True):
    """The options in which buyers give their side; what they did not say stays ``None``."""

    because: str | None = None
    received: bool | None = None
    checked: bool | None = None
    replacement: str | None = None
    replacement_checked: bool | None = None
    protection_extended: bool | None = None
    money: str | None = None
    seller_says: tuple[str, ...] = ()
    protection_ends: str | None = None
    delivered: str | None = None
    dispute_status: str | None = None
    edits_used: int | None = None

    @property
    def is_silent(self) -> bool:
        """True if the buyer said nothing."""
        return self == BuyerWords()

    def facts(self, now: datetime, base: Facts | None = None) -> Facts:
        """These words as facts, over those of a file.

        Click has checked them, so they need no check by pydantic, which takes long to load.
        """
        from rules import Facts, MoneyReceived, Reason

        said = Facts(
            now=now,
            buyer_reason=Reason(_plain(self.because)) if self.because else None,
            item_received=self.received,
            item_verified=self.checked,
            replacement_tracking=self._replacement(),
            protection_extended=self.protection_extended,
            money_received=MoneyReceived(_plain(self.money)) if self.money else None,
            seller_messages=self.seller_says,
            protection_deadline=self.protection_ends,
            delivered_at=self.delivered,
            dispute_status=self.dispute_status,
            edits_used=self.edits_used,
        )
        return said if base is None else _over(base, said)

    def _replacement(self) -> ReplacementTracking | None:
        from rules import ReplacementTracking

        if self.replacement is None and self.replacement_checked is None:
            return None
        return ReplacementTracking(
            number=self.replacement, checked_by_buyer=self.replacement_checked
        )


def _plain(word: str) -> str:
    """A word of an option as the rules name it."""
    return word.replace("-", "_")


def _over(base: Facts, said: Facts) -> Facts:
    """What was said in place of what a file states; what was not said changes nothing."""
    given = {each.name: getattr(said, each.name) for each in fields(said)}
    known = {name: value for name, value in given.items() if value not in {None, ()}}
    return base.updated(**known)


def options_of(said: Facts) -> tuple[tuple[str, ...], ...]:
    """The options that say the same as these facts, as far as there are options for them.

    Returns:
        Each with its value, if it has one.
    """
    tracking = said.replacement_tracking
    # No option says that a number was looked up and is unknown there: that is asked again.
    looked_up = tracking and tracking.checked_by_buyer and tracking.carrier_events != 0
    options = (
        _option("because", said.buyer_reason),
        _flag("received", "not-received", said.item_received),
        _flag("checked", "not-checked", said.item_verified),
        _text("replacement", tracking.number if tracking else None),
        ("--replacement-checked",) if looked_up else (),
        _flag("protection-extended", "protection-not-extended", said.protection_extended),
        _option("money", said.money_received),
        *(_text("seller-says", text) for text in said.all_messages),
        _text("protection-ends", said.protection_deadline),
        _text("delivered", said.delivered_at),
        _option("dispute-status", said.dispute_status),
    )
    return tuple(option for option in options if option)


def _option(name: str, value: str | None) -> tuple[str, ...]:
    return _text(name, value and value.replace("_", "-"))


def _text(name: str, value: str | None) -> tuple[str, ...]:
    return (f"--{name}", value) if value else ()


def _flag(yes: str, no: str, value: bool | None) -> tuple[str, ...]:
    return () if value is None else (f"--{yes if value else no}",)


buyer_options: Final = group_of(
    "said", BuyerWords,
    click.option("--because", type=Word(REASONS), metavar="REASON",
            help="Why you want to cancel: " + ", ".join(REASONS) + "."),
    click.option("--received/--not-received", default=None, help="You have the package."),
    click.option("--checked/--not-checked", default=None, help="You checked that it is the right product and works."),
    click.option("--replacement", type=Text(), metavar="NUMBER", help="Tracking number of a replacement."),
    click.option("--replacement-checked", is_flag=True, default=None, help="You looked up the number at the carrier."),
    click.option("--protection-extended/--protection-not-extended", default=None,
            help="The seller extended the buyer protection."),
    click.option("--money", type=Word(MONEY), metavar="MONEY",
            help="Money received outside AliExpress: " + ", ".join(MONEY) + "."),
    click.option("--seller-says", type=Text(), multiple=True, metavar="TEXT", help="What the seller wrote; repeatable."),
    click.option("--protection-ends", metavar="WHEN", callback=_moment, help="End of the buyer protection: ISO 8601, or as the site writes it; without a time zone, the earliest possible time counts."),
    click.option("--delivered", metavar="WHEN", callback=_moment, help="When delivery was confirmed: ISO 8601, or as the site writes it."),
    click.option("--dispute-status", type=Word(STATUSES), metavar="STATUS",
            help="Status of the dispute: " + ", ".join(STATUSES) + "."),
    click.option("--edits-used", type=Count(0, 99), metavar="N", help="How many times the dispute was edited."),
)  # fmt: skip


class OneAnswer(click.Command):
    """A command that takes one answer to each question: of two that differ, none is the last word."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words of the call.

        Raises:
            click.UsageError: the buyer says something and its contrary.
        """
        said = list(args)
        rest = super().parse_args(ctx, args)  # an answer that is none is told first
        if not ctx.resilient_parsing:  # a shell that completes a call asks before it is whole
            self._refuse_two_answers(ctx, said)
        return rest

    def _refuse_two_answers(self, ctx: click.Context, args: list[str]) -> None:
        said = args[: args.index("--")] if "--" in args else args
        for option in self.params:
            if isinstance(option, click.Option) and option.name in BuyerWords.__struct_fields__:
                given = () if option.multiple else _answers(option, said)
                if len(given) > 1:
                    raise click.UsageError(f"{' and '.join(given)} contradict each other", ctx)


def _answers(option: click.Option, said: list[str]) -> tuple[str, ...]:
    """Each different answer to an option, as it was given."""
    names = {*option.opts, *option.secondary_opts}
    found = dict[str, None]()
    for word, following in zip_longest(said, said[1:], fillvalue=""):
        name, equals, value = word.partition("=")
        if name in names:
            told = value if equals else "" if option.is_flag else following
            found[f"{name} {told}".strip()] = None
    return tuple(found)


def about_a_dispute(*own: Decorator, output: Decorator = explained_output) -> Decorator:
    """What the buyer says of one dispute, and where it is read: the head of ``advise`` and ``cancel``.

    Args:
        own: the command's own options.
        output: what it prints and keeps.
    """
    order = order_argument(required=False)
    return all_of(order, buyer_options, item_option, *own, browser_options, output, schema_option)
