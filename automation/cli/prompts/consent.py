"""Consent, typed at a terminal: four digits of the order number that no other order shares."""

from __future__ import annotations

import textwrap
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from automation.aliexpress.advice_answer import advised
from automation.aliexpress.answer import PlanAnswer
from automation.aliexpress.plan.order_number import GROUP, groups, spelled
from automation.aliexpress.walk.held_reads import ReadOffers
from automation.cli.prompts.keyboard import forget_typed, typed_line, typed_yes
from automation.cli.prompts.site_data import is_added
from automation.cli.screen.advice import show_before_consent
from automation.cli.screen.render import show_plan
from automation.cli.screen.terminal import echo, screen_width, style
from automation.text import clean_text
from rules import Verdict

if TYPE_CHECKING:
    from pathlib import Path

    from automation.aliexpress.plan.plan import Plan
    from automation.aliexpress.plan.site_warnings import SiteWarning
    from automation.aliexpress.request import Consent
    from automation.aliexpress.site import Doubt
    from automation.aliexpress.walk.held_reads import HeldRead
    from automation.aliexpress.walk.tab import ConfirmWords
    from automation.cli.screen.output import Progress
    from rules import Advice

_WORDS_SECONDS = 120.0
_INDENT = "    "
_WIDEST, _NARROWEST = 96, 16
_SHOWN = 40
_ASK = "To cancel this dispute, type the group before the last one (four digits): "
ASK_AGAIN = "type the group before the last one: "


def ask_at_terminal(progress: Progress, *, quiet: bool, explain: bool = False) -> Consent:
    """Build the question that a run asks before it commits."""

    async def ask(plan: Plan, advice: Advice) -> bool:
        if not quiet or advice.verdict is not Verdict.ALLOW or plan.accepted_risks:
            # A risk must be on the screen before consent, with --quiet too.
            echo(err=True)
            show_before_consent(advised(advice), datetime.now(UTC), explain=explain, err=True)
            echo(err=True)
        show_plan(PlanAnswer.model_validate(plan.as_json()), err=True)
        forget_typed()  # digits that were typed before all this was shown are no consent to it
        echo(consent_question(plan.order_id, screen_width(of_a_pipe=80)), nl=False, err=True)
        if await is_agreed(plan, plan.expires):
            return True
        progress.say("")
        return False

    return ask


async def is_agreed(plan: Plan, expires: datetime) -> bool:
    """Whether the plan's digits are typed: other digits have one more try, anything else ends it.

    A slip of the finger should not throw away all that was read; a second one may.

    Args:
        expires: when there is nothing left to agree to.
    """
    typed = await typed_line(_until(expires))
    if typed.strip() != plan.consent_digits and has_digits(typed):
        forget_typed()
        columns = screen_width(of_a_pipe=80)
        echo(
            f"\nYou typed {clean_text(typed, _SHOWN)}, which is not the group of this order:",
            err=True,
        )
        echo("\n".join(marked_group(plan.order_id, columns)), err=True)
        echo("If you mean this order, type it once more; else press Enter.", err=True)
        echo(ASK_AGAIN, nl=False, err=True)
        typed = await typed_line(min(_until(expires), _WORDS_SECONDS))
    if not typed:
        echo("no answer", err=True)
    return typed.strip() == plan.consent_digits


def has_digits(typed: str) -> bool:
    """Whether somebody tried to type a number; any other answer declines."""
    return any(each.isdecimal() for each in typed)


def _until(expires: datetime) -> float:
    """How long a question may wait, in seconds."""
    return max((expires - datetime.now(UTC)).total_seconds(), 0.1)


def consent_question(order: str, columns: int) -> str:
    """Ask for the digits that differ from the buyer's other orders.

    The last line fits any terminal: scripts wait for its words.
    """
    why = (
        "This cancels the dispute and cannot be undone. All your orders end in the same four digits; the group before "
        "them tells them apart:"
    )
    return "\n".join(
        (
            "",
            *textwrap.wrap(why, max(min(columns, _WIDEST), _NARROWEST)),
            *marked_group(order, columns),
            _ASK if columns >= len(_ASK) else ASK_AGAIN,
        )
    )


def marked_group(order: str, columns: int) -> tuple[str, ...]:
    """The order's number in lines, with a mark at the group that consent is typed for.

    Args:
        columns: of the screen; on one that is too narrow, each group has a line.
    """
    number = _INDENT + spelled(order)
    if len(number) <= columns:
        return number, " " * (len(number) - 2 * GROUP - 1) + "^" * GROUP
    *before, asked, last = groups(order)
    return (*before, f"{asked} <", last)


def ask_about_words(*, quiet: bool) -> ConfirmWords:
    """Build the question about unverified labels."""

    async def ask(doubt: Doubt) -> bool:
        forget_typed()
        echo(f"\nThese '{doubt.lang}' labels are unverified:", err=True)
        for words in doubt.seen:
            echo(f"    {style(words, 'bold')}", err=True)
        echo(f"dispute-guard reads them as {doubt.what}.", err=True)
        if not quiet:
            echo("To confirm them for good, put these lines into your site data:", err=True)
            for line in doubt.lines:
                echo(f"    {line}", err=True, wrap=False)
        echo("If this is what they mean, type yes: ", nl=False, err=True)
        return await typed_yes(_WORDS_SECONDS)

    return ask


def ask_about_reads(site_data: Path) -> ReadOffers:
    """Build the questions about calls that the guard held back and that can only read.

    Args:
        site_data: the buyer's file, to keep those that helped.
    """

    async def allow(page: str, held: tuple[HeldRead, ...], likelier: str) -> bool:
        forget_typed()
        if likelier:
            echo(f"\n{likelier[:1].upper()}{likelier[1:]}.", err=True)
            echo("Check the number first: press Enter if it is wrong.", err=True)
        one = len(held) == 1
        calls, it = (
            ("This call of the page was", "it") if one else ("These calls of the page were", "them")
        )
        echo(f"\n{page[:1].upper()}{page[1:]} does not show what it should. {calls}", err=True)
        echo(
            f"held back, since dispute-guard does not know {it}; the page may need {it}:", err=True
        )
        for each in held:
            echo(f"  - {style(each.name, 'bold')} on {each.page or 'this page'}", err=True)
            echo(f"{_INDENT}{each.why}", err=True, hang=len(_INDENT))
        echo("Everything else that the page wants to send stays held back.", err=True)
        echo(
            f"To let {it} through in this run and load the page again, type yes: ",
            nl=False,
            err=True,
        )
        return await typed_yes(_WORDS_SECONDS)

    async def keep(held: tuple[HeldRead, ...]) -> None:
        from automation.aliexpress.site.additions import Additions

        additions = Additions(traffic={"allowed_reads": tuple(each.name for each in held)})
        forget_typed()
        echo("\nThe page is recognised now. Your site data could say so for later runs:", err=True)
        for line in additions.lines:
            echo(f"{_INDENT}{line}", err=True, wrap=False)
        echo(f"To add this to {site_data}, type yes: ", nl=False, err=True)
        if await typed_yes(_WORDS_SECONDS):
            is_added(site_data, additions)  # the call is let through in this run all the same

    return ReadOffers(allow, keep)


async def ask_about_warnings(warnings: tuple[SiteWarning, ...], plan: Plan) -> bool:
    """Show what the site warns of, in its dialog or beside it, and accept only a typed ``yes``."""
    columns = max(min(screen_width(of_a_pipe=80), _WIDEST), _NARROWEST)
    forget_typed()
    echo("\nThe site warns:", err=True)
    for warning in warnings:
        first, *more = textwrap.wrap(
            warning.words, columns - len(_INDENT), break_on_hyphens=False
        ) or [""]
        echo(f"  - {style(first, 'bold')}", err=True)
        for line in more:
            echo(_INDENT + style(line, "bold"), err=True)
    echo("To cancel the dispute anyway, type yes: ", nl=False, err=True)
    return await typed_yes(min(_until(plan.expires), _WORDS_SECONDS))
