"""What a batch shows to a person: the plan for all, and what became of each order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from rich.text import Text

from automation.aliexpress.plan.order_number import spelled
from automation.cli.screen.advice import VERDICT_COLOURS, show_risks
from automation.cli.screen.cards import Card, fits, show_cards
from automation.cli.screen.output import LONGEST
from automation.cli.screen.refile import refile_cell
from automation.cli.screen.render import OUTCOME_COLOURS
from automation.cli.screen.tables import status_in_words
from automation.cli.screen.terminal import echo, plain_table, screen_width, show, style, whole
from automation.engine.outcome import Outcome, Sent
from automation.text import clean_text, when_text
from rules.wording import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from automation.aliexpress.answer import Answer, PlanAnswer
    from automation.aliexpress.batch_answer import BadLineAnswer, BatchAnswer, RowAnswer

_LONGEST_WHY: Final = 160
_HANG: Final = 10
_MOST_NOT_BEGUN: Final = 20


def show_bad_lines(bad: Sequence[BadLineAnswer]) -> None:
    """Print every line that cannot be used, and how to mend it."""
    for each in bad:
        echo(f"  line {each.line}: {each.problem}", err=True, hang=_HANG)
        if each.hint:
            echo(f"{' ' * _HANG}{each.hint}", err=True, hang=_HANG)


def words_of(answer: Answer) -> str:
    """In a few words, what became of an order."""
    outcome = answer.outcome.replace("_", " ")
    if answer.error is not None:
        return f"{outcome}: {clean_text(answer.error.message, _LONGEST_WHY)}"
    if answer.outcome == "not_done" and answer.exit_code == 0:
        return f"planned, {answer.verdict}"
    return style(outcome, OUTCOME_COLOURS[outcome])


# The plan


def show_batch_plan(
    answer: BatchAnswer, *, dry_run: bool, stopped: bool = False, err: bool = False
) -> None:
    """Print the orders that the plan would cancel, then those that it leaves out.

    Args:
        stopped: something ended the run before it could make a plan.
    """
    planned = [each for each in answer.answers if _is_planned(each, answer)]
    if planned and answer.plan:
        echo(err=err)
        until = when_text(answer.plan.expires)
        echo(
            f"{style(f'Plan {answer.plan.digest}', 'bold')} for {counted(len(planned), 'dispute')}"
            f", valid until {until}",
            err=err,
        )
        _show_planned(planned, err=err)
        for each in planned:
            show_risks(each, f"line {each.line}", err=err)
    others = [each for each in answer.answers if not _is_planned(each, answer)]
    before = [each for each in others if each.outcome is Outcome.DONE]
    _show_group("Done before", before, err=err)
    seen = [each for each in others if each not in before and each.started]
    # Without a plan for all of them, an order that could be cancelled is not left out.
    _show_group("Looked at" if stopped else "Left out", seen, err=err)
    if not dry_run:
        return
    if answer.plan is None:
        why = _no_plan(answer) if stopped else "There is nothing to cancel."
        echo(f"\n{style('Dry run:', 'bold')} nothing was sent. {why}", err=err)
        return
    minutes = (answer.plan.expires - datetime.now(UTC)) // timedelta(minutes=1) + 1
    echo(
        f"\n{style('Dry run:', 'bold')} nothing was sent. To cancel, run the command again "
        "without --dry-run, and type the digits of each order. A script passes "
        f"--plan {answer.plan.digest} instead, within {minutes} minutes.",
        err=err,
    )


def _no_plan(answer: BatchAnswer) -> str:
    """Why a dry run that was stopped has made no plan."""
    left = sum(not each.started for each in answer.answers)
    rest = f", {counted(left, 'order')} not begun" if left else ""
    return f"There is no plan: the run was stopped{rest}."


def _is_planned(each: RowAnswer, answer: BatchAnswer) -> bool:
    lines = {row.line for row in answer.plan.orders} if answer.plan else set()
    return each.line in lines


def _show_planned(rows: Sequence[RowAnswer], *, err: bool) -> None:
    width = screen_width(of_a_pipe=100)
    table = plain_table()
    table.add_column("line", justify="right", no_wrap=True)
    table.add_column("order", no_wrap=True)
    table.add_column("verdict", no_wrap=True)
    table.add_column("claim", no_wrap=True)
    table.add_column("file again by\n(your time)", no_wrap=True)
    table.add_column("what", overflow="fold", min_width=18, ratio=1)
    for each in rows:
        verdict, plan = str(each.verdict), each.plan
        table.add_row(
            str(each.line),
            Text(spelled(each.order or "")),
            Text(verdict, style=VERDICT_COLOURS.get(verdict, "")),
            Text(plan.amount if plan else ""),
            Text(refile_cell(each)),
            Text(_what(plan)),
        )
    if fits(table, width):
        show(table, width=width, err=err)
        return
    show_cards([_card(each) for each in rows], width=width, err=err)


def _card(each: RowAnswer) -> Card:
    verdict, plan = str(each.verdict), each.plan
    return Card(
        f"line {each.line}: {style(verdict, VERDICT_COLOURS.get(verdict, 'bold'), 'bold')}",
        {
            "order": spelled(each.order or ""),
            "claim": plan.amount if plan else "",
            "file again by": refile_cell(each),
            "what": _what(plan),
        },
    )


def _what(plan: PlanAnswer | None) -> str:
    """The item, its status, and why the buyer wants to cancel."""
    if plan is None:
        return ""
    reason = next((each for each in plan.buyer_says if each.startswith("reason: ")), "")
    offers = [f"gives up {each}" for each in plan.offers]
    parts = (plan.item or "no title on the page", status_in_words(plan.status), reason, *offers)
    return "; ".join(filter(None, parts))


def _show_group(title: str, rows: Sequence[RowAnswer], *, err: bool) -> None:
    """Lines that are no part of the plan, and why."""
    if not rows:
        return
    echo(f"\n{style(f'{title}:', 'bold')}", err=err)
    for each in rows:
        echo(
            f"  line {each.line}: {spelled(each.order or '')} – {clean_text(each.reason, 300)}",
            err=err, hang=_HANG,
        )  # fmt: skip


# The outcome


def show_summary(answer: BatchAnswer) -> None:
    """Print what became of each order, and the totals."""
    width = screen_width()
    table = plain_table()
    table.add_column("line", justify="right", no_wrap=True)
    table.add_column("order", no_wrap=True)
    table.add_column("outcome", no_wrap=True)
    table.add_column("why", overflow="fold", min_width=24, ratio=1)
    shown = _worth_a_line(answer)
    for each in shown:
        word = _ended(each, answer)
        table.add_row(
            str(each.line),
            Text(spelled(each.order or "")),
            Text(word, style=OUTCOME_COLOURS.get(word, "dim")),
            Text(_why(each)),
        )
    if fits(table, width):
        show(table, width=width)
    else:
        show_cards([_ended_card(each, answer) for each in shown], width=width)
    echo(totals_in_words(answer))
    for each in answer.answers:
        if each.receipt_page and each.sent is not Sent.NOTHING:
            echo(f"  receipt of line {each.line}: {whole(each.receipt_page)}", hang=_HANG)
    for each in answer.answers:
        if each.started and each.error and each.error.hint and each.error.code != "refused":
            echo(f"  next for line {each.line}: {clean_text(each.error.hint, LONGEST)}", hang=_HANG)


def _worth_a_line(answer: BatchAnswer) -> list[RowAnswer]:
    """All orders, or of many that were not begun none: the totals count them."""
    begun = [each for each in answer.answers if each.started]
    rest = len(answer.answers) - len(begun)
    return begun if rest > _MOST_NOT_BEGUN else list(answer.answers)


def _ended(each: RowAnswer, answer: BatchAnswer) -> str:
    if not each.started:
        return "not started"
    if not _is_planned(each, answer) and each.outcome == "not_done":
        return "left out"
    return each.outcome.replace("_", " ")


def _ended_card(each: RowAnswer, answer: BatchAnswer) -> Card:
    return Card(
        f"line {each.line}: {style(_ended(each, answer), 'bold')}",
        {"order": spelled(each.order or ""), "why": _why(each)},
    )


def _why(each: RowAnswer) -> str:
    """Why an order ended so; what ended the run before the others is said once, as its error."""
    return each.reason if each.started else "the run ended before this order"


def totals_in_words(answer: BatchAnswer) -> str:
    """How many orders came to which end, and what was sent."""
    totals = answer.totals
    failed = totals.not_done - totals.left_out
    parts = (
        (totals.done, "done"),
        (failed if answer.plan else 0, "not done"),
        (totals.unknown, "unknown"),
        (totals.left_out, "left out"),
        (totals.not_started, "not started"),
    )
    told = ", ".join(f"{number} {word}" for number, word in parts if number > 0)
    return f"{counted(totals.orders, 'order')}: {told or 'nothing done'}; {sent_in_words(answer)}"


def sent_in_words(answer: BatchAnswer) -> str:
    """What the whole file sent; of a request in doubt it is never said that it was sent."""
    begun = [each.sent for each in answer.answers if each.started]
    sure, perhaps = begun.count(Sent.ONE), begun.count(Sent.MAYBE)
    if sure + perhaps <= 1:
        return (Sent.ONE if sure else Sent.MAYBE if perhaps else Sent.NOTHING).words
    parts = (
        f"{counted(sure, 'request')} {'was' if sure == 1 else 'were'} sent" if sure else "",
        f"{counted(perhaps, 'request')} may have been sent" if perhaps else "",
    )
    return f"{' and '.join(filter(None, parts))}, each for another dispute"


def show_quiet(answer: BatchAnswer, *, dry_run: bool) -> None:
    """Only the digest of a dry run; else one line for each order, fields separated by tabs."""
    if dry_run:
        if answer.plan:
            echo(answer.plan.digest)
        return
    for each in answer.answers:
        echo(f"{each.line}\t{each.order}\t{_ended(each, answer).replace(' ', '_')}")
