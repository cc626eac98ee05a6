"""A verdict in words: findings, what to do instead, and the last moment to file again."""

from __future__ import annotations

import shutil
import textwrap
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from rules.wording import span_text

if TYPE_CHECKING:
    from rules import Advice, Finding

_COLOURS = {"allow": "green", "warn": "yellow", "block": "red", "note": "cyan"}
_HEADLINES = {
    "allow": "nothing speaks against cancelling",
    "warn": "cancelling has a risk; read this first",
    "block": "do not cancel",
}
_WIDEST = 96


def show_advice(advice: Advice, now: datetime, *, err: bool = False) -> None:
    """Print a verdict for a person."""
    verdict = advice.verdict.value
    badge = click.style(f" {verdict.upper()} ", fg=_COLOURS[verdict], reverse=True, bold=True)
    click.echo(f"{badge} {click.style(_HEADLINES[verdict], bold=True)}", err=err)
    for finding in advice.findings:
        _show_finding(finding, err=err)
    click.echo(err=err)
    click.echo(_refile_line(advice, now), err=err)


def _show_finding(finding: Finding, *, err: bool) -> None:
    severity = finding.severity.value
    mark = click.style(f"{severity:<5}", fg=_COLOURS[severity], bold=True)
    kind = ""
    if severity == "block":
        kind = " – risky: --accept-risk " + finding.rule if finding.overridable else " – final"
    click.echo(
        f"\n  {mark} {click.style(finding.rule, bold=True)} ({', '.join(finding.source)}){kind}",
        err=err,
    )
    _paragraph(finding.meaning, err=err)
    if severity == "note":
        return
    if finding.instead:
        _paragraph(finding.instead, "Instead: ", err=err)
    if finding.would_change:
        _paragraph(finding.would_change, "Would change it: ", err=err)


def _paragraph(text: str, lead: str = "", *, err: bool) -> None:
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    lines = textwrap.wrap(lead + text, width=max(width - 8, 30))
    for line in lines:
        click.echo("        " + line, err=err)


def _refile_line(advice: Advice, now: datetime) -> str:
    if advice.refile_by is None:
        return "Last moment to file again: unknown, since the end of the protection is not known."
    return "Last moment to file again: at the latest " + moment(advice.refile_by, now)


def moment(at: datetime, now: datetime) -> str:
    """A moment in UTC and in the site's Pacific time, with the time that is left, never rounded up."""
    pacific = at.astimezone(ZoneInfo("America/Los_Angeles"))
    rest = f"{span_text(at - now)} left" if at > now else "that is over"
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC ({pacific:%b %d %H:%M} Pacific, {rest})"
