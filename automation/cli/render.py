"""Show a run's answer to a person: the one place that turns an ``Answer`` into text."""

from __future__ import annotations

import textwrap
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from automation.cli.terminal import echo, screen_width, style
from automation.errors import ErrorCode
from automation.text import clean_text, when_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from automation.aliexpress.answer import (
        Advised,
        Answer,
        FindingAnswer,
        HeldAtPermitAnswer,
        PlanAnswer,
        WarningAnswer,
        WordsAnswer,
    )
    from automation.errors import ToolError

VERDICT_COLOURS = {"allow": "green", "warn": "yellow", "block": "red", "note": "cyan"}
OUTCOME_COLOURS = {"done": "green", "not done": "yellow", "unknown": "red", "no end": "red"}
_HEADLINES = {
    "allow": "safe to cancel",
    "warn": "risky to cancel; read this first",
    "block": "do not cancel",
}
# Notes about something that is lost with the claim.
_GIVES_UP = frozenset(("mediation-running", "proposal-waiting", "order-frozen"))
_WIDEST = 96
_PLAN_HANG = 17
_WARNING_HANG = 16


# Advice


def show_advice(
    advice: Advised, now: datetime, said: tuple[str, ...] = (), *, err: bool = False
) -> None:
    """Print a verdict, and what the buyer said, as it was understood."""
    verdict = str(advice.verdict)
    badge = style(f" {verdict.upper()} ", VERDICT_COLOURS[verdict], "reverse", "bold")
    echo(f"{badge} {style(_headline(advice), 'bold')}", err=err)
    for finding in advice.findings:
        _show_finding(finding, err=err)
    echo(err=err)
    echo(_refile_by(advice, now), err=err)
    if said:
        echo("You said:", err=err)
    for line in said:
        echo(f"  - {line}", err=err)


def _headline(advice: Advised) -> str:
    """What the verdict means; nothing that a cancel gives up is called safe (F17)."""
    given_up = any(finding.rule in _GIVES_UP for finding in advice.findings)
    if advice.verdict == "allow" and given_up:
        return "can be cancelled; read what that gives up"
    return _HEADLINES[str(advice.verdict)]


def _show_finding(finding: FindingAnswer, *, err: bool) -> None:
    severity = finding.severity
    mark = style(f"{severity:<5}", VERDICT_COLOURS[severity], "bold")
    kind = ""
    if severity == "block":
        kind = f" – override: --accept-risk {finding.rule}" if finding.overridable else " – final"
    sources = ", ".join(finding.source)
    echo(f"\n  {mark} {style(finding.rule, 'bold')} ({sources}){kind}", err=err)
    _paragraph(finding.meaning, err=err)
    if severity == "note":
        return
    if finding.instead:
        _paragraph(f"Instead: {finding.instead}", err=err)
    if finding.would_change:
        _paragraph(f"This would change if: {finding.would_change}", err=err)


def _paragraph(text: str, *, err: bool) -> None:
    width = min(screen_width(of_a_pipe=80), _WIDEST)
    lines = textwrap.wrap(text, max(width - 8, 30), break_on_hyphens=False, break_long_words=False)
    for line in lines:
        echo("        " + line, err=err)


def _refile_by(advice: Advised, now: datetime) -> str:
    if advice.refile_by is None:
        return "Latest time to file again: unknown (protection end unknown)"
    return f"Latest time to file again: {moment(datetime.fromisoformat(advice.refile_by), now)}"


def moment(at: datetime, now: datetime) -> str:
    """A time for people, with the time left."""
    from rules.wording import span_text

    left = f"{span_text(at - now)} left" if at > now else "already over"
    return f"{when_text(at)}, {left}"


def show_advice_on_pages(answer: Answer, now: datetime, said: tuple[str, ...]) -> None:
    """Print what ``advise ORDER`` found."""
    show_advice(answer, now, said)
    for each in answer.seen.unverified if answer.seen else ():
        echo(f"  not verified: {clean_text(each)}")


# A plan


def show_plan(plan: PlanAnswer, *, err: bool = False) -> None:
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
        echo(f"  {name:<14} {clean_text(value)}", err=err, hang=_PLAN_HANG)


def _until(text: str | None) -> str:
    """A time for people; one without an offset stays as it was read."""
    try:
        at = datetime.fromisoformat(text or "")
    except ValueError:
        return text or ""
    if at.utcoffset() is None:
        return f"{text} (no time zone given)"
    return when_text(at)


def show_dry_run(answer: Answer, now: datetime, verify_first: str, *, quiet: bool) -> None:
    """Print what a dry run found, and how to carry it out.

    Args:
        verify_first: what to do while an earlier attempt is unsettled.
    """
    if answer.plan is None:
        return
    if quiet:
        echo(answer.plan.digest)
        if answer.unsettled:
            echo(f"dispute-guard: {verify_first}", err=True)
        return
    echo()
    show_advice(answer, now)
    echo()
    show_plan(answer.plan)
    for warning in answer.in_the_way:
        echo(f"  {style('warning', 'yellow')}        {clean_text(warning, 300)}")
    _show_guard(answer)
    if answer.unsettled:
        how = f"Next: {verify_first}."
    else:
        minutes = (answer.plan.expires - answer.plan.created) // timedelta(minutes=1)
        how = (
            f"To carry out this plan, run the command within {minutes} minutes with "
            f"--plan {answer.plan.digest} instead of --dry-run."
        )
    echo(f"\n{style('Dry run:', 'bold')} {answer.claim}. {how}")


# An outcome


def show_outcome(answer: Answer, now: datetime, next_step: str) -> None:
    """Print what became of a cancel, and what to do next if it was not done."""
    words = answer.outcome.replace("_", " ")
    badge = style(f" {words.upper()} ", OUTCOME_COLOURS[words], "reverse", "bold")
    echo(f"\n{badge} order {answer.order}: {answer.reason}")
    if answer.outcome != "done":
        echo(f"  next: {next_step}")
    if answer.outcome != "not_done":
        echo(f"  {refile_line(answer, now)}")
    for warning in answer.warnings:
        echo(f"  accepted warning of the site: {clean_text(warning.words, 600)}")
    _show_guard(answer)
    _show_receipt(answer)


def refile_line(answer: Advised, now: datetime) -> str:
    """Say until when a new dispute may be possible: the latest time, never a promise (F6, F7)."""
    if answer.refile_by is None:
        return "latest time to file again: unknown (no protection deadline is known)"
    refile_by = datetime.fromisoformat(answer.refile_by)
    if refile_by <= now:
        return f"you can no longer file again: that ended {when_text(refile_by)}"
    return f"latest time to file again, not a promise: {moment(refile_by, now)}"


def show_settled(answer: Answer) -> None:
    """Print what ``verify`` found out: the outcome, the dispute and the reason."""
    dispute = answer.dispute
    names = [f"order {answer.order}"]
    names += [f"dispute {dispute.dispute_id}"] if dispute and dispute.dispute_id else []
    names += [f"line {dispute.line_id}"] if dispute and dispute.line_id else []
    echo(f"{answer.outcome.replace('_', ' ')}: {', '.join(names)}; {answer.reason}")
    _show_receipt(answer)
    if answer.outcome == "unknown":
        echo("  next: look at the order in your own browser, or run verify again later")


def _show_guard(answer: Answer) -> None:
    if answer.guard.summary:
        echo(f"  guard: {answer.guard.summary}")


def _show_receipt(answer: Answer) -> None:
    """Print where the receipt is, or why there is none."""
    if answer.receipt:
        echo(f"  receipt: {answer.receipt}")
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
) -> None:
    """Print what a run found before it was stopped; the error itself follows.

    Args:
        said: what the buyer said, as it was understood.
        accepted: digests of the warnings that the buyer accepted.
    """
    if error.code is ErrorCode.REFUSED and answer.verdict is not None:
        show_advice(answer, now, said)
    if error.code is ErrorCode.NOTHING_SENT:
        _show_held_back(answer.held_at_permit)
    if error.code is ErrorCode.WARNINGS_NOT_ACCEPTED:
        _show_warnings(each for each in answer.warnings if each.digest not in accepted)
    if answer.words:
        _show_words(answer.words)


def _show_held_back(held: tuple[HeldAtPermitAnswer, ...]) -> None:
    """Show what the page wanted to send, which shows how the site cancels."""
    for each in held:
        echo(f"  held back: {clean_text(each.request, 300)}", err=True)
        echo(f"             {clean_text(each.why, 200)}", err=True)


def _show_warnings(warnings: Iterable[WarningAnswer]) -> None:
    """Every warning in full, after the digest that accepts it."""
    echo("\nThe site's own dialog warns:", err=True)
    for warning in warnings:
        echo(f"  {warning.digest}  {warning.words}", err=True, hang=_WARNING_HANG)
    echo(err=True)


def _show_words(doubt: WordsAnswer) -> None:
    """The lines for a words file, ready to copy."""
    echo(f"\nlabels read as {doubt.what}, for {doubt.where}:", err=True)
    for line in doubt.lines:
        echo(f"    {line}", err=True, wrap=False)
    echo(err=True)
