"""``rules``: every rule with its severity, explanation and source."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import click

from automation.cli.output import print_json
from automation.errors import ExitCode, ToolError

if TYPE_CHECKING:
    from rules import Rule


@click.command("rules")
@click.argument("rule_id", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
def command(rule_id: str | None, as_json: bool) -> int:
    """Explain the rules behind every verdict; with RULE_ID, one of them in full.

    \b
    dispute-guard rules
    dispute-guard rules RULE_ID
    """
    from rules import all_rules

    known = {rule.id: rule for rule in all_rules()}
    if rule_id is None:
        if as_json:
            print_json({"rules": [_as_json(rule) for rule in known.values()]})
        else:
            _show_all(list(known.values()))
        return ExitCode.OK
    if rule_id not in known:
        raise ToolError(
            f"there is no rule {rule_id[:60]!r}",
            code="unknown_rule",
            exit_code=ExitCode.USAGE,
            hint="'dispute-guard rules' lists them",
        )
    if as_json:
        print_json(_as_json(known[rule_id]))
    else:
        _show_one(known[rule_id])
    return ExitCode.OK


def _as_json(rule: Rule) -> dict[str, Any]:
    return {
        "rule": rule.id,
        "title": rule.title,
        "severity": rule.severity,
        "overridable": rule.overridable,
        "explanation": rule.explanation,
        "source": list(rule.source),
        "example": rule.example,
    }


def _show_all(rules: list[Rule]) -> None:
    widest = max(len(rule.id) for rule in rules)
    click.echo(
        "A block marked * can be accepted by name: --accept-risk RULE_ID. The worst finding decides.\n"
    )
    for rule in rules:
        mark = "*" if rule.overridable else " "
        source = ", ".join(rule.source)
        click.echo(
            f"  {click.style(rule.id.ljust(widest), bold=True)} {mark} {rule.severity:<22} {rule.title} ({source})"
        )
    click.echo("\n'dispute-guard rules RULE_ID' explains one of them.")


def _show_one(rule: Rule) -> None:
    click.echo(f"{click.style(rule.id, bold=True)}: {rule.title}")
    click.echo(f"  severity   {rule.severity}")
    kind = (
        "risky, can be accepted with --accept-risk " + rule.id
        if rule.overridable
        else "final, cannot be overridden"
    )
    if "block" in rule.severity:
        click.echo(f"  block      {kind}")
    click.echo(f"  rests on   {', '.join(rule.source)}")
    for name, text in (("why", rule.explanation), ("example", rule.example)):
        lines = textwrap.wrap(text, 80)
        click.echo(f"  {name:<10} {lines[0] if lines else ''}")
        for line in lines[1:]:
            click.echo(" " * 13 + line)
