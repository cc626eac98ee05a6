"""Show advice to a person: the verdict, its reasons, and what to do next."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from automation.cli.screen.other_call import OF_A_VERIFY, other_call, with_given_options
from automation.cli.screen.refile import moment, refile_line, refile_sentence
from automation.cli.screen.terminal import BAD, CAREFUL, GOOD, NOTE, echo, screen_width, style
from automation.text import clean_text, local_times, pasted
from rules import DisputeStatus

if TYPE_CHECKING:
    from typing import TypeAlias

    from automation.aliexpress.advice_answer import FindingAnswer
    from automation.aliexpress.answer import Answer
    from automation.cli.screen.refile import Judged
    from rules import Finding

    Found: TypeAlias = FindingAnswer | Finding

VERDICT_COLOURS = {"allow": GOOD, "warn": CAREFUL, "block": BAD, "note": NOTE}
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
# No dispute is open, so what others say about one is beside the point.
_NO_DISPUTE = frozenset(("status-final", "nothing-to-cancel"))
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
# The command that does what the advice says.
_DO_NOW = {
    "target-ambiguous": "'dispute-guard list' shows the number for --item.",
    "not-fixed-yet": "'dispute-guard list --calendar dates.ics' reminds you of them.",
}
_SEVERITIES = ("block", "warn", "note")
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+(?=[A-Z])")
_LONGEST_REASON, _LONGEST_STEP = 240, 130
_WIDEST = 96
_BRIEF_HANG = 6


def show_advice(
    advice: Judged, now: datetime, said: tuple[str, ...] = (), *, err: bool = False
) -> None:
    """Print a verdict with every finding, and what the buyer said, as it was understood."""
    _show_verdict(advice, err=err)
    told: set[str] = set()
    first = _first(advice)
    is_over = bool(first and first.rule in _NO_DISPUTE)
    for finding in advice.findings:
        _show_finding(finding, told, advises=finding is first or not is_over, err=err)
    echo(err=err)
    line = refile_line(advice, now)
    echo(line[:1].upper() + line[1:], err=err)
    show_reply(advice, err=err)
    if said:
        echo("\nYou said:", err=err)
    for line in said:
        echo(f"  - {line}", err=err, hang=4)


def show_brief(advice: Judged, next_step: str = "", *, more: int = 0, err: bool = False) -> None:
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


def show_reply(advice: Judged, *, err: bool = False) -> None:
    """Print what to answer the seller, as one line that can be copied."""
    if advice.reply is None:
        return
    language = f" ({advice.reply.language})" if advice.reply.language != "en" else ""
    echo(f"\n{style(f'Reply to the seller{language}, ready to paste:', 'bold')}", err=err)
    echo(advice.reply.text, err=err, wrap=False)


def short_reason(advice: Judged) -> str:
    """What the finding that matters most means, in a sentence or two."""
    first = _first(advice)
    if first is None:
        return ""
    reason = _cut(first.meaning, _LONGEST_REASON)
    outside = [
        str(f.facts.get("ways", "none")) for f in advice.findings if f.rule == "money-outside"
    ]
    ways = next((each for each in outside if each != "none"), "")
    if ways and ways not in reason:
        reason += f" Money outside AliExpress was offered ({ways})."
    return reason


def short_advice(advice: Judged) -> str:
    """What that finding says to do instead."""
    first = _first(advice)
    return _cut(first.instead, _LONGEST_STEP) if first else ""


def _show_verdict(advice: Judged, more: str = "", *, err: bool) -> None:
    verdict = str(advice.verdict)
    badge = style(f" {verdict.upper()} ", VERDICT_COLOURS[verdict])
    echo(f"{badge} {style(_headline(advice), 'bold')}{style(more, 'dim')}", err=err)


def _first(advice: Judged) -> Found | None:
    """The finding that matters most: of the worst, a known fact before a missing one."""
    from rules import all_rules

    order = [rule.id for rule in all_rules()]

    def weight(finding: Found) -> tuple[int, bool, bool, int]:
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


def _headline(advice: Judged) -> str:
    """What the verdict means; nothing that a cancel gives up is called safe (F17)."""
    first = _first(advice)
    if first and first.rule in _NOT_NOW:
        return _NOT_NOW[first.rule]
    given_up = any(finding.rule in _GIVES_UP for finding in advice.findings)
    if advice.verdict == "allow" and given_up:
        return "can be cancelled; read what that gives up"
    return _HEADLINES[str(advice.verdict)]


def _show_finding(finding: Found, told: set[str], *, advises: bool = True, err: bool) -> None:
    """Print one finding, without the sentences that an earlier one has said.

    Args:
        advises: say what to do about it; that takes an open dispute.
    """
    severity = finding.severity
    mark = style(f" {severity} ", VERDICT_COLOURS[severity])
    sources = ", ".join(finding.source)
    echo(f"\n  {mark} {style(finding.rule, 'bold')} ({sources})", err=err)
    _paragraph("", finding.meaning, told, err=err)
    if severity == "note" or not advises:
        return
    _paragraph("Instead: ", finding.instead, told, err=err)
    _paragraph("This would change if: ", finding.would_change, told, err=err)
    if finding.rule in _HOW_TO_SAY:
        _show_how_to_say(_HOW_TO_SAY[finding.rule], told, err=err)
    if severity == "block":
        risk = (
            f"--accept-risk {finding.rule}"
            if finding.overridable
            else "not possible, this is final"
        )
        _paragraph("To cancel anyway: ", risk, told, err=err)


def _show_how_to_say(how: str, told: set[str], *, err: bool) -> None:
    """Print it once; a command in it stays on its line, so that it can be pasted."""
    if how not in told:
        echo(f"        To say so: {with_given_options(how)}", err=err, hang=8)
    told.add(how)


def _paragraph(label: str, text: str, told: set[str], *, err: bool) -> None:
    fresh = [each for each in _SENTENCE_END.split(text) if each not in told]
    told.update(fresh)
    if not any(fresh):
        return
    width = min(screen_width(of_a_pipe=80), _WIDEST)
    import textwrap  # only what is explained has paragraphs

    lines = textwrap.wrap(
        local_times(label + " ".join(fresh)),
        max(width - 8, 30), break_on_hyphens=False, break_long_words=False,
    )  # fmt: skip
    for line in lines:
        echo("        " + line, err=err)


def show_short_advice(advice: Judged, order: str = "", dry_run: str = "") -> None:
    """Print the three lines of ``advise``, and what to answer the seller.

    Args:
        dry_run: the call of the dry run, with the options of this one.
    """
    step, first = short_advice(advice), _first(advice)
    if first and first.rule in _ON_PAGES and not order:
        step += with_given_options(" 'dispute-guard advise ORDER' reads the pages for you.")
    elif first and first.rule in _DO_NOW:
        step += f" {with_given_options(_DO_NOW[first.rule])}"
    if advice.reply:
        step += " Send them the reply below."
    if advice.verdict == "allow":
        dry_run = dry_run or other_call("cancel", OF_A_VERIFY, order or "ORDER", "--dry-run")
        step = f"Run {pasted(dry_run)} to see what it would do."
        step = f"{step} {refile_sentence(advice)}".rstrip()
    more = len(advice.findings) - 1
    show_brief(advice, step, more=more)
    show_reply(advice)


def show_advice_on_pages(
    answer: Answer, now: datetime, said: tuple[str, ...], *, dry_run: str, explain: bool
) -> None:
    """Print what ``advise ORDER`` found.

    Args:
        dry_run: the call of the dry run, with the options of this one.
    """
    if explain:
        show_advice(answer, now, said)
    else:
        show_short_advice(answer, answer.order or "", dry_run)
    if answer.seen and (line := answer_line(answer.seen.status, answer.seen.answer_by, now)):
        echo(line, hang=_BRIEF_HANG)
    for each in answer.seen.unverified if answer.seen else ():
        echo(f"  not verified: {clean_text(each)}")


def answer_line(status: str, answer_by: str | None, now: datetime) -> str:
    """Until when the buyer has to answer the seller; empty if the site does not wait for them."""
    if status != DisputeStatus.SELLER_RESPONDED:
        return ""
    if answer_by is None:
        return (
            "Also: the site waits for your answer; the page shows no date for it, so answer soon."
        )
    until = moment(datetime.fromisoformat(answer_by), now)
    return f"Also: the site waits for your answer until {until}"


# A plan


def show_before_consent(advice: Judged, now: datetime, *, explain: bool, err: bool = False) -> None:
    """Print the advice that a yes would accept: short, but every risk in full, with its rule."""
    if explain:
        show_advice(advice, now, err=err)
        return
    risks = risks_of(advice)
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


def show_risks(advice: Judged, of: str, *, err: bool = False) -> None:
    """Print what may cost something in one of several cancels, each in full, with its rule."""
    risks = risks_of(advice)
    if risks:
        echo(style(f"{of}:", "bold"), err=err)
    for finding in risks:
        _show_risk(finding, err=err)


def _show_risk(finding: Found, *, err: bool) -> None:
    mark = style(f" {finding.severity} ", VERDICT_COLOURS[finding.severity])
    text = f"{mark} {style(finding.rule, 'bold')}: {local_times(finding.meaning)}"
    echo(text, err=err, hang=_BRIEF_HANG)


def risks_of(advice: Judged) -> tuple[Found, ...]:
    """The findings that a yes would accept."""
    return tuple(each for each in advice.findings if _is_risk(each))


def _is_risk(finding: Found) -> bool:
    """Whether a cancel may cost something by this: doubts, and what it gives up."""
    return finding.severity != "note" or finding.rule in _GIVES_UP
