"""Show a run's answer to a person: the one place that turns an ``Answer`` into text."""

from __future__ import annotations

import re
import textwrap
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from automation.cli.screen.terminal import BAD, CAREFUL, GOOD, NOTE, echo, screen_width, style
from automation.errors import ErrorCode
from automation.text import clean_text, local_times, when_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from automation.aliexpress.answer import (
        Advised,
        Answer,
        ChoiceAnswer,
        FindingAnswer,
        HeldAtPermitAnswer,
        PlanAnswer,
        WarningAnswer,
        WordsAnswer,
    )
    from automation.errors import ToolError

VERDICT_COLOURS = {"allow": GOOD, "warn": CAREFUL, "block": BAD, "note": NOTE}
OUTCOME_COLOURS = {"done": GOOD, "not done": CAREFUL, "unknown": BAD, "no end": BAD}
_HEADLINES = {
    "allow": "safe to cancel",
    "warn": "risky to cancel; read this first",
    "block": "do not cancel",
}
# Blocks that are no advice against it: there is nothing to decide, or not yet.
_NOT_NOW = {
    "status-final": "it can no longer be cancelled",
    "nothing-to-cancel": "there is nothing to cancel",
    "target-ambiguous": "say first which dispute you mean",
}
# Notes about something that is lost with the claim.
_GIVES_UP = frozenset(("mediation-running", "proposal-waiting", "order-frozen"))
# Findings about what is not known: less telling than one about what is.
_NOT_KNOWN = frozenset(
    ("deadline-unknown", "status-not-seen", "account-unknown", "target-unknown", "buttons-unknown",
     "delivery-date-unknown", "reason-missing", "after-cancel"),
)  # fmt: skip
# How a buyer says what a finding lacks; the rules know no options.
_HOW_TO_SAY = {
    "reason-missing": "--because REASON",
    "item-not-in-hand": "--received, and --checked",
    "item-not-checked": "--checked",
    "status-not-seen": "name the order to have its pages read, or --dispute-status STATUS",
    "status-unreadable": "add the words to your site data ('dispute-guard teach ORDER')",
    "target-ambiguous": "--item N ('dispute-guard list' shows the numbers)",
    "target-unknown": "--item N ('dispute-guard list' shows the numbers)",
    "deadline-unknown": "--protection-ends 2026-07-15T08:00:00Z",
    "delivery-date-unknown": "--delivered 2026-07-15",
    "replacement-not-proven": "--replacement NUMBER --replacement-checked",
    "protection-not-extended": "--protection-extended",
}
# Found out by reading the pages of the order.
_ON_PAGES = frozenset(("deadline-unknown", "status-not-seen", "target-unknown", "buttons-unknown"))
_SEVERITIES = ("block", "warn", "note")
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+(?=[A-Z])")
_LONGEST_REASON, _LONGEST_STEP = 210, 130
_WIDEST = 96
_BRIEF_HANG = 6
_PLAN_HANG = 17
_WARNING_HANG = 16
_HELD_HANG = 6
_CHOICE_HANG = 12


# Advice


def show_advice(
    advice: Advised, now: datetime, said: tuple[str, ...] = (), *, err: bool = False
) -> None:
    """Print a verdict with every finding, and what the buyer said, as it was understood."""
    _show_verdict(advice, err=err)
    told: set[str] = set()
    for finding in advice.findings:
        _show_finding(finding, told, err=err)
    echo(err=err)
    echo(_refile_by(advice, now), err=err)
    show_reply(advice, err=err)
    if said:
        echo("\nYou said:", err=err)
    for line in said:
        echo(f"  - {line}", err=err, hang=4)


def show_brief(advice: Advised, next_step: str = "", *, more: int = 0, err: bool = False) -> None:
    """Print three lines: the verdict, the reason that matters most, and the next step.

    Args:
        next_step: what to do now; the finding's own advice if empty.
        more: how many findings ``--explain`` would add.
    """
    _show_verdict(advice, f"  ({more} more: --explain)" if more > 0 else "", err=err)
    lines = {"Why:": short_reason(advice), "Next:": next_step or short_advice(advice)}
    for name, text in lines.items():
        if text:
            echo(f"{style(f'{name:<6}', 'bold')}{local_times(text)}", err=err, hang=_BRIEF_HANG)


def show_reply(advice: Advised, *, err: bool = False) -> None:
    """Print what to answer the seller, as one line that can be copied."""
    if advice.reply is None:
        return
    language = f" ({advice.reply.language})" if advice.reply.language != "en" else ""
    echo(f"\n{style(f'Reply to the seller{language}, ready to paste:', 'bold')}", err=err)
    echo(advice.reply.text, err=err, wrap=False)


def short_reason(advice: Advised) -> str:
    """What the finding that matters most means, in a sentence or two."""
    first = _first(advice)
    if first is None:
        return ""
    reason = _cut(first.meaning, _LONGEST_REASON)
    outside = [f.facts.get("ways", "none") for f in advice.findings if f.rule == "money-outside"]
    ways = next((each for each in outside if each != "none"), "")
    if ways and ways not in reason:
        reason += f" Money outside AliExpress was offered ({ways})."
    return reason


def short_advice(advice: Advised) -> str:
    """What that finding says to do instead."""
    first = _first(advice)
    return _cut(first.instead, _LONGEST_STEP) if first else ""


def _show_verdict(advice: Advised, more: str = "", *, err: bool) -> None:
    verdict = str(advice.verdict)
    badge = style(f" {verdict.upper()} ", VERDICT_COLOURS[verdict])
    echo(f"{badge} {style(_headline(advice), 'bold')}{style(more, 'dim')}", err=err)


def _first(advice: Advised) -> FindingAnswer | None:
    """The finding that matters most: of the worst, a known fact before a missing one."""
    from rules import all_rules

    order = [rule.id for rule in all_rules()]

    def weight(finding: FindingAnswer) -> tuple[int, bool, bool, int]:
        return (
            _SEVERITIES.index(finding.severity),
            finding.overridable and finding.severity == "block",
            finding.rule in _NOT_KNOWN,
            order.index(finding.rule),
        )

    return min(advice.findings, key=weight, default=None)


def _cut(text: str, longest: int) -> str:
    """The first sentences of a text, as many as fit and end outside a quotation."""
    kept = ""
    for sentence in _SENTENCE_END.split(text):
        longer = f"{kept} {sentence}".strip()
        if kept and (len(longer) > longest or sentence.count('"') % 2):
            break
        kept = longer
    return kept


def _headline(advice: Advised) -> str:
    """What the verdict means; nothing that a cancel gives up is called safe (F17)."""
    first = _first(advice)
    if first and first.rule in _NOT_NOW:
        return _NOT_NOW[first.rule]
    given_up = any(finding.rule in _GIVES_UP for finding in advice.findings)
    if advice.verdict == "allow" and given_up:
        return "can be cancelled; read what that gives up"
    return _HEADLINES[str(advice.verdict)]


def _show_finding(finding: FindingAnswer, told: set[str], *, err: bool) -> None:
    """Print one finding, without the sentences that an earlier one has said."""
    severity = finding.severity
    mark = style(f" {severity} ", VERDICT_COLOURS[severity])
    sources = ", ".join(finding.source)
    echo(f"\n  {mark} {style(finding.rule, 'bold')} ({sources})", err=err)
    _paragraph("", finding.meaning, told, err=err)
    if severity == "note":
        return
    _paragraph("Instead: ", finding.instead, told, err=err)
    _paragraph("This would change if: ", finding.would_change, told, err=err)
    if finding.rule in _HOW_TO_SAY:
        _paragraph("To say so: ", _HOW_TO_SAY[finding.rule], told, err=err)
    if severity == "block":
        risk = (
            f"--accept-risk {finding.rule}"
            if finding.overridable
            else "not possible, this is final"
        )
        _paragraph("To cancel anyway: ", risk, told, err=err)


def _paragraph(label: str, text: str, told: set[str], *, err: bool) -> None:
    fresh = [each for each in _SENTENCE_END.split(text) if each not in told]
    told.update(fresh)
    if not any(fresh):
        return
    width = min(screen_width(of_a_pipe=80), _WIDEST)
    lines = textwrap.wrap(
        local_times(label + " ".join(fresh)),
        max(width - 8, 30), break_on_hyphens=False, break_long_words=False,
    )  # fmt: skip
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


def show_short_advice(advice: Advised, order: str = "") -> None:
    """Print the three lines of ``advise``, and what to answer the seller."""
    step, first = "", _first(advice)
    if first and first.rule in _ON_PAGES and not order:
        step = f"{short_advice(advice)} 'dispute-guard advise ORDER' reads the pages for you."
    if advice.verdict == "allow":
        step = f"Run 'dispute-guard cancel {order or 'ORDER'} --dry-run' to see what it would do."
        step += _until_when(advice)
    more = len(advice.findings) - 1
    show_brief(advice, step, more=more)
    show_reply(advice)


def _until_when(advice: Advised) -> str:
    if advice.refile_by is None:
        return ""
    until = when_text(datetime.fromisoformat(advice.refile_by))
    return f" You could file again until {until}, at the latest."


def show_advice_on_pages(
    answer: Answer, now: datetime, said: tuple[str, ...], *, explain: bool
) -> None:
    """Print what ``advise ORDER`` found."""
    if explain:
        show_advice(answer, now, said)
    else:
        show_short_advice(answer, answer.order or "")
    for each in answer.seen.unverified if answer.seen else ():
        echo(f"  not verified: {clean_text(each)}")


# A plan


def show_before_consent(
    advice: Advised, now: datetime, *, explain: bool, err: bool = False
) -> None:
    """Print the advice that a yes would accept: short, but every risk in full, with its rule."""
    if explain:
        show_advice(advice, now, err=err)
        return
    risks = [each for each in advice.findings if _is_risk(each)]
    if risks:
        _show_verdict(advice, err=err)
        for finding in risks:
            _show_risk(finding, err=err)
        echo(
            f"{style('Next: ', 'bold')}{local_times(short_advice(advice))}",
            err=err, hang=_BRIEF_HANG,
        )  # fmt: skip
    else:
        show_brief(advice, err=err)
    others = [each.rule for each in advice.findings if not _is_risk(each)]
    if others:
        rules = f"Also: {', '.join(dict.fromkeys(others))} (see 'dispute-guard rules RULE_ID')"
        echo(style(rules, "dim"), err=err, hang=_BRIEF_HANG)


def show_risks(advice: Advised, of: str, *, err: bool = False) -> None:
    """Print what may cost something in one of several cancels, each in full, with its rule."""
    risks = [each for each in advice.findings if _is_risk(each)]
    if risks:
        echo(style(f"{of}:", "bold"), err=err)
    for finding in risks:
        _show_risk(finding, err=err)


def _show_risk(finding: FindingAnswer, *, err: bool) -> None:
    mark = style(f" {finding.severity} ", VERDICT_COLOURS[finding.severity])
    text = f"{mark} {style(finding.rule, 'bold')}: {local_times(finding.meaning)}"
    echo(text, err=err, hang=_BRIEF_HANG)


def _is_risk(finding: FindingAnswer) -> bool:
    """Whether a cancel may cost something by this: doubts, and what it gives up."""
    return finding.severity != "note" or finding.rule in _GIVES_UP


def show_plan(plan: PlanAnswer, *, err: bool = False) -> None:
    """Print what the plan would cancel, in terms that buyers recognise."""
    rows = [
        ("order", plan.order_id),
        ("item", plan.item or "no title on the page"),
        ("dispute", plan.reverse_line_id or plan.trade_line_id or ""),
        ("claim", plan.amount or "no amount shown"),
        *(("gives up", each) for each in plan.offers),
        ("status", plan.status_words),
        ("protection", _until(plan.protection_deadline) or "unknown (no date was recognised)"),
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
    if answer.unsettled:
        how = f"Next: {verify_first}."
    elif by_hand:
        how = (
            "To cancel, run the command within 15 minutes with "
            f"--plan {answer.plan.digest} instead of --dry-run. Then press Cancel Request in the "
            "browser window and confirm, within two minutes; everything else is held back."
        )
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
    badge = style(f" {words.upper()} ", OUTCOME_COLOURS[words])
    echo(f"\n{badge} order {answer.order}: {answer.reason}")
    if answer.outcome != "done":
        echo(f"  next: {next_step}")
    if answer.outcome != "not_done":
        echo(f"  {refile_line(answer, now)}")
    for warning in answer.warnings:
        whose = "words of the dialog" if answer.by_hand else "accepted warning of the site"
        echo(f"  {whose}: {clean_text(warning.words, 600)}")
    _show_by_hand(answer)
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


def _show_by_hand(answer: Answer) -> None:
    """Print what a cancel by hand taught, ready to copy."""
    learned = answer.by_hand.learned if answer.by_hand else ()
    if not (answer.is_worth_keeping and learned):
        return
    wanted = "the next cancel needs no hand" if answer.outcome == "done" else "verify can read it"
    echo(f"  so that {wanted}, add these lines to your site data:")
    for line in learned:
        echo(f"      {line}", wrap=False)


def _show_guard(answer: Answer) -> None:
    if answer.guard.summary:
        echo(style(f"  guard: {answer.guard.summary}", "dim"), hang=4)


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
