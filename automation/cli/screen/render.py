"""Show a plan and what became of a run to a person."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from automation.cli.call import this_call
from automation.cli.screen.advice import (
    show_advice,
    show_before_consent,
    show_brief,
    show_reply,
)
from automation.cli.screen.paths import with_whole_paths
from automation.cli.screen.refile import refile_line
from automation.cli.screen.terminal import BAD, CAREFUL, GOOD, echo, style, whole
from automation.errors import ErrorCode
from automation.text import clean_text, when_text
from rules.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from automation.aliexpress.answer import (
        Answer,
        ChoiceAnswer,
        HeldAtPermitAnswer,
        PlanAnswer,
        WarningAnswer,
        WordsAnswer,
    )
    from automation.aliexpress.answer_parts import GuardAnswer
    from automation.errors import ToolError

OUTCOME_COLOURS = {"done": GOOD, "not done": CAREFUL, "unknown": BAD, "no end": BAD}
_READING = frozenset(("read", "page", "asset"))
_MAY_BE_FINAL = (
    "after this warning the site may not accept a second dispute: treat this cancel as final"
)
_SAID_MORE = "the site said more than its question; read it above"
_PLAN_HANG = 17
_WARNING_HANG = 16
_HELD_HANG = 6
_CHOICE_HANG = 12


def show_plan(plan: PlanAnswer, *, err: bool = False) -> None:
    """Print what the plan would cancel, in terms that buyers recognise."""
    echo(
        style(f"Plan {plan.digest}", "bold") + f", valid until {when_text(plan.expires)}",
        err=err,
    )
    for name, value in plan_rows(plan):
        echo(f"  {name:<14} {clean_text(value)}", err=err, hang=_PLAN_HANG)


def plan_rows(plan: PlanAnswer) -> tuple[tuple[str, str], ...]:
    """What the plan would cancel, and on which grounds: names and values."""
    return (
        ("order", plan.order_id),
        ("item", plan.item or "no title on the page"),
        ("dispute", plan.reverse_line_id or plan.trade_line_id or ""),
        ("claim", plan.amount or "no amount shown"),
        *(("gives up", each) for each in plan.offers),
        ("status", plan.status_words),
        ("protection", until_text(plan.protection_deadline) or "unknown (no date was recognised)"),
        ("file again by", until_text(plan.refile_by) or "unknown"),
        ("verdict", plan.verdict),
        *(("you said", line) for line in plan.buyer_says),
        *(("accepted risk", rule) for rule in plan.accepted_risks),
        *(("not verified", each) for each in plan.unverified),
    )


def until_text(text: str | None) -> str:
    """A time for people; one without an offset stays as it was read."""
    try:
        at = datetime.fromisoformat(text or "")
    except ValueError:
        return text or ""
    if at.utcoffset() is None:
        return f"{text} (no time zone given: the earliest counts)"
    return when_text(at)


def show_dry_run(
    answer: Answer,
    now: datetime,
    verify_first: str,
    *,
    quiet: bool,
    explain: bool = False,
    by_hand: bool = False,
) -> None:
    """Print what a dry run found, and how to carry it out.

    Args:
        by_hand: the buyer will press Cancel Request themselves.
        verify_first: what to do while an earlier attempt is unsettled.
        explain: show every finding in full.
    """
    if answer.plan is None:
        return
    if quiet:
        echo(answer.plan.digest)
        if answer.unsettled:
            echo(f"dispute-guard: {verify_first}", err=True)
        return
    echo()
    show_before_consent(answer, now, explain=explain)
    echo()
    show_plan(answer.plan)
    for warning in answer.in_the_way:
        echo(f"  {style('warning', CAREFUL)}        {clean_text(warning, 300)}")
    _show_guard(answer)
    _show_receipt(answer)
    minutes = (answer.plan.expires - answer.plan.created) // timedelta(minutes=1)
    if answer.unsettled:
        how = f"Next: {verify_first}."
    elif by_hand:
        how = (
            f"To cancel, run the command within {minutes} minutes with "
            f"--plan {answer.plan.digest} instead of --dry-run. Then press Cancel Request in the "
            "browser window and confirm, within two minutes; everything else is held back."
        )
    else:
        how = (
            "To cancel, run the command again without --dry-run, and type four digits of the "
            f"order. A script passes --plan {answer.plan.digest} instead, within {minutes} minutes."
        )
    echo(f"\n{style('Dry run:', 'bold')} {answer.claim}. {how}")


# An outcome


def show_outcome(answer: Answer, now: datetime, next_step: str) -> None:
    """Print what became of a cancel, and what to do next if it was not done."""
    words = answer.outcome.replace("_", " ")
    badge = style(f" {words.upper()} ", OUTCOME_COLOURS[words])
    echo(f"\n{badge} order {answer.order}: {answer.reason}")
    if answer.outcome != "done":
        echo(f"  next: {next_step}")
    if answer.outcome != "not_done":
        echo(f"  {refile_line(answer, now)}")
    for warning in answer.warnings:
        whose = "words of the dialog" if answer.by_hand else "accepted warning of the site"
        echo(f"  {whose}: {clean_text(warning.words, 600)}")
    if answer.warnings and answer.outcome != "not_done":
        is_loss = any(each.means_loss for each in answer.warnings)
        echo(f"  {_MAY_BE_FINAL if is_loss else _SAID_MORE}")
    _show_learned(answer)
    _show_guard(answer)
    _show_receipt(answer)
    if answer.journal_problem:
        _show_unrecorded(answer, err=False)


def show_settled(answer: Answer, next_step: str) -> None:
    """Print what ``verify`` found out: the outcome, the dispute and the reason."""
    dispute = answer.dispute
    names = [f"order {answer.order}"]
    names += [f"dispute {dispute.dispute_id}"] if dispute and dispute.dispute_id else []
    names += [f"line {dispute.line_id}"] if dispute and dispute.line_id else []
    echo(f"{answer.outcome.replace('_', ' ')}: {', '.join(names)}; {answer.reason}")
    _show_receipt(answer)
    if answer.outcome == "unknown":
        echo(f"  next: {next_step}")
    elif answer.journal_problem:
        problem = with_whole_paths(answer.journal_problem, this_call().words)
        echo(f"  nothing more can be sent: {problem}; {next_step}")


def _show_learned(answer: Answer) -> None:
    """Print what the buyer taught during a cancel, ready to copy."""
    learned = answer.learned
    if not (answer.is_worth_keeping and learned):
        return
    needs = "hand" if answer.by_hand else "answer"
    echo(f"  so that the next cancel needs no {needs}, add these lines to your site data:")
    for line in learned:
        echo(f"      {line}", wrap=False)


def _show_guard(answer: Answer) -> None:
    if answer.guard.summary:
        echo(style(f"  guard: {guard_words(answer.guard)}", "dim"), hang=4)


def guard_words(guard: GuardAnswer) -> str:
    """What the guard let through and held back, in words that need no manual."""
    changes = sum(each.count for each in guard.allowed if each.kind not in _READING)
    held = sum(each.count for each in guard.refused if each.kind != "asset")
    how = " by Playwright's own client" if guard.sent_by == "playwright" else ""
    through = "nothing that changes anything was let through"
    if changes:
        through = f"{counted(changes, 'change')} let through{how}"
    return f"{through}, {counted(held, 'other request')} held back" if held else through


def _show_receipt(answer: Answer) -> None:
    """Print where the receipt's page is, which a terminal can open, or why there is none."""
    if answer.receipt_page:
        echo(f"  receipt: {whole(answer.receipt_page)}")
    if answer.receipt_problem:
        echo(f"  {answer.receipt_problem}")


# A run that was stopped


def show_stopped(
    answer: Answer,
    error: ToolError,
    now: datetime,
    *,
    said: tuple[str, ...] = (),
    accepted: frozenset[str] = frozenset(),
    explain: bool = False,
) -> None:
    """Print what a run found before it was stopped; the error itself follows.

    Args:
        explain: show every finding of a refusal in full.
        said: what the buyer said, as it was understood.
        accepted: digests of the warnings that the buyer accepted.
    """
    if error.code is ErrorCode.REFUSED and answer.verdict is not None:
        _show_refusal(answer, error, now, said, explain=explain)
    if error.code is ErrorCode.NOTHING_SENT:
        _show_held_back(answer.held_at_permit)
    if error.code is ErrorCode.WARNINGS_NOT_ACCEPTED:
        _show_warnings(each for each in answer.warnings if each.digest not in accepted)
    if answer.words:
        _show_words(answer.words)
    if answer.choices:
        _show_choices(answer.choices)
        error.message = error.message.partition(":")[0]
    if answer.journal_problem:
        _show_unrecorded(answer, err=True)
    if answer.receipt_problem:
        echo(f"  {answer.receipt_problem}", err=True)


def _show_unrecorded(answer: Answer, *, err: bool) -> None:
    """Say that the journal does not have the end of a run, and so neither ``history`` nor a receipt."""
    gone = (
        "its end is not in the journal" if answer.attempt else "there is no attempt and no receipt"
    )
    problem = with_whole_paths(answer.journal_problem or "", this_call().words)
    echo(f"  {gone}: {problem}", err=err)


def _show_choices(choices: tuple[ChoiceAnswer, ...]) -> None:
    """Every dispute of the order, with the number that names it."""
    echo(err=True)
    for each in choices:
        item = each.item or "no title on the page"
        status = each.status_words or "no status"
        echo(f"  --item {each.item_number}  {clean_text(item)}", err=True, hang=_CHOICE_HANG)
        ids = f"line {each.line_id or '?'}, dispute {each.dispute_id or '?'}"
        echo(f"{'':{_CHOICE_HANG}}{clean_text(status)}; {ids}", err=True, hang=_CHOICE_HANG)
    echo(err=True)


def _show_refusal(
    answer: Answer, error: ToolError, now: datetime, said: tuple[str, ...], *, explain: bool
) -> None:
    """Print why the rules refuse; in short, the error itself then has nothing to repeat."""
    if explain:
        show_advice(answer, now, said)
        return
    echo(err=True)
    show_brief(answer, "" if error.hint.startswith("keep the dispute open") else error.hint)
    show_reply(answer)
    names = error.message.partition(":")[0]
    echo(err=True)
    error.brief = f"{names} (all findings, and how to accept a risk: --explain)"


def _show_held_back(held: tuple[HeldAtPermitAnswer, ...]) -> None:
    """Show what the page wanted to send, which shows how the site cancels."""
    for each in held:
        often = f" {each.count} times" if each.count > 1 else ""
        what, why = clean_text(each.request, 300), clean_text(each.why, 200)
        echo(f"  held back{often}: {what} ({why})", err=True, hang=_HELD_HANG)


def _show_warnings(warnings: Iterable[WarningAnswer]) -> None:
    """Every warning in full, after the digest that accepts it."""
    echo("\nThe site warns:", err=True)
    for warning in warnings:
        echo(f"  {warning.digest}  {warning.words}", err=True, hang=_WARNING_HANG)
    echo(err=True)


def _show_words(doubt: WordsAnswer) -> None:
    """The lines for a words file, ready to copy."""
    echo(f"\nlabels read as {doubt.what}, for {doubt.where}:", err=True)
    for line in doubt.lines:
        echo(f"    {line}", err=True, wrap=False)
    echo(err=True)
