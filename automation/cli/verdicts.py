"""Print a verdict: its findings, what to do instead, and the latest time to file again."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from automation.cli.terminal import echo, screen_width, style
from automation.text import when_text
from rules.wording import span_text

if TYPE_CHECKING:
    from datetime import datetime

    from rules import Advice, Finding

_COLOURS = {"allow": "green", "warn": "yellow", "block": "red", "note": "cyan"}
_HEADLINES = {
    "allow": "safe to cancel",
    "warn": "risky to cancel; read this first",
    "block": "do not cancel",
}
# Notes about something that is lost with the claim.
_GIVES_UP = frozenset(("mediation-running", "proposal-waiting", "order-frozen"))
_WIDEST = 96


def show_advice(
    advice: Advice, now: datetime, said: tuple[str, ...] = (), *, err: bool = False
) -> None:
    """Print a verdict for people, and what the buyer said, as it was understood."""
    verdict = advice.verdict.value
    badge = style(f" {verdict.upper()} ", _COLOURS[verdict], "reverse", "bold")
    echo(f"{badge} {style(_headline(advice), 'bold')}", err=err)
    for finding in advice.findings:
        _show_finding(finding, err=err)
    echo(err=err)
    echo(_refile_line(advice, now), err=err)
    if said:
        echo("You said:", err=err)
    for line in said:
        echo(f"  - {line}", err=err)


def _headline(advice: Advice) -> str:
    """What the verdict means; nothing that a cancel gives up is called safe (F17)."""
    given_up = any(finding.rule in _GIVES_UP for finding in advice.findings)
    if advice.verdict.value == "allow" and given_up:
        return "can be cancelled; read what that gives up"
    return _HEADLINES[advice.verdict.value]


def _show_finding(finding: Finding, *, err: bool) -> None:
    severity = finding.severity.value
    mark = style(f"{severity:<5}", _COLOURS[severity], "bold")
    kind = ""
    if severity == "block":
        kind = f" – override: --accept-risk {finding.rule}" if finding.overridable else " – final"
    echo(
        f"\n  {mark} {style(finding.rule, 'bold')} ({', '.join(finding.source)}){kind}",
        err=err,
    )
    _paragraph(finding.meaning, err=err)
    if severity == "note":
        return
    if finding.instead:
        _paragraph(finding.instead, "Instead: ", err=err)
    if finding.would_change:
        _paragraph(finding.would_change, "This would change if: ", err=err)


def _paragraph(text: str, lead: str = "", *, err: bool) -> None:
    width = min(screen_width(of_a_pipe=80), _WIDEST)
    lines = textwrap.wrap(
        lead + text, max(width - 8, 30), break_on_hyphens=False, break_long_words=False
    )
    for line in lines:
        echo("        " + line, err=err)


def _refile_line(advice: Advice, now: datetime) -> str:
    if advice.refile_by is None:
        return "Latest time to file again: unknown (protection end unknown)"
    return f"Latest time to file again: {moment(advice.refile_by, now)}"


def moment(at: datetime, now: datetime) -> str:
    """A time for people, with the time left."""
    left = f"{span_text(at - now)} left" if at > now else "already over"
    return f"{when_text(at)}, {left}"
