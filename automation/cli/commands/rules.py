"""``rules``: every rule with its severity, explanation and sources, and the facts behind them."""

from __future__ import annotations

import textwrap
from difflib import get_close_matches
from typing import TYPE_CHECKING, NoReturn

import click

from automation.cli.options.options import OutputOptions, output_options, schema_option
from automation.cli.options.suggestions import rule_ids
from automation.cli.screen.output import print_json
from automation.cli.screen.terminal import echo, screen_width, style
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rules import Fact, Rule

_WIDEST = 96
_NARROW, _LEAST = 60, 16
_MOST_NEAR = 3


@click.command("rules")
@click.argument("rule_id", required=False, shell_complete=rule_ids)
@output_options
@schema_option
def command(rule_id: str | None, output: OutputOptions) -> int:
    """Explain the rules behind every verdict, or one RULE_ID in full.

    The number of a fact, such as F12, explains that fact and lists its rules.

    \b
    dispute-guard rules
    dispute-guard rules RULE_ID
    dispute-guard rules F12
    """
    from rules import GUIDE, all_rules

    known = {rule.id: rule for rule in all_rules()}
    if rule_id is None:
        if output.quiet and not output.as_json:
            echo("\n".join(known))
            return ExitCode.OK
        return _all(list(known.values()), list(GUIDE.values()), as_json=output.as_json)
    name = rule_id.strip().casefold().replace("_", "-")
    fact = GUIDE.get(name.upper())
    if fact is not None:
        resting = [rule for rule in known.values() if fact.id in rule.source]
        return _fact(fact, resting, output)
    if name not in known:
        _unknown(rule_id, name, known)
    if output.as_json:
        from automation.aliexpress.reports import OneRuleReport

        print_json(OneRuleReport.model_validate(_as_json(known[name])).as_json())
    elif output.quiet:
        echo(f"{name}: {known[name].title}")
    else:
        _show_rule(known[name], [GUIDE[number] for number in known[name].source])
    return ExitCode.OK


def _all(rules: list[Rule], facts: list[Fact], *, as_json: bool) -> int:
    if as_json:
        from automation.aliexpress.reports import FactReport, RuleReport, RulesReport

        report = RulesReport(
            rules=tuple(RuleReport.model_validate(_as_json(rule)) for rule in rules),
            facts=tuple(FactReport.model_validate(_told(fact)) for fact in facts),
        )
        print_json(report.as_json())
    else:
        _show_all(rules, facts)
    return ExitCode.OK


def _fact(fact: Fact, rules: list[Rule], output: OutputOptions) -> int:
    if output.as_json:
        from automation.aliexpress.reports import OneFactReport

        resting = tuple(rule.id for rule in rules)
        print_json(OneFactReport.model_validate({**_told(fact), "rules": resting}).as_json())
        return ExitCode.OK
    echo(f"{style(fact.id, 'bold')}: {fact.name}")
    if output.quiet:
        return ExitCode.OK
    _field("meaning", fact.meaning)
    for rule in rules:
        _field("rule", f"{rule.id}: {rule.title}")
    return ExitCode.OK


def similar(name: str, known: Iterable[str]) -> list[str]:
    """Ids that are spelled like this one or share a word with it, the nearest first."""
    ids = list(known)
    alike = get_close_matches(name, ids, n=_MOST_NEAR, cutoff=0.6)
    words = {word for word in name.split("-") if word}
    sharing = [each for each in ids if words & set(each.split("-"))]
    return list(dict.fromkeys((*alike, *sharing)))[:_MOST_NEAR]


def _unknown(asked: str, name: str, known: Iterable[str]) -> NoReturn:
    """Fail, and suggest similar ids."""
    near = similar(name, known)
    lists = "see 'dispute-guard rules' for all of them"
    raise ToolError(
        f"no such rule: {asked[:60]}",
        code=ErrorCode.UNKNOWN_RULE,
        exit_code=ExitCode.USAGE,
        hint=f"did you mean {' or '.join(near)}? {lists}" if near else lists,
    )


def _as_json(rule: Rule) -> dict[str, object]:
    return {
        "rule": rule.id,
        "title": rule.title,
        "severity": rule.severity,
        "overridable": rule.overridable,
        "explanation": rule.explanation,
        "source": rule.source,
        "example": rule.example,
    }


def _told(fact: Fact) -> dict[str, str]:
    return {"fact": fact.id, "name": fact.name, "meaning": fact.meaning}


def _show_all(rules: list[Rule], facts: list[Fact]) -> None:
    _wrapped(
        "The worst finding decides. You can override a block marked * with --accept-risk RULE_ID. "
        "Any other block is final."
    )
    echo()
    widest = max(len(rule.id) for rule in rules)
    for rule in rules:
        mark = "*" if rule.overridable else " "
        severity = rule.severity.replace(" or ", "/")
        text = f"{rule.title} ({', '.join(rule.source)})"
        if screen_width(of_a_pipe=80) >= _NARROW:
            _wrapped(text, f"  {rule.id.ljust(widest)} {mark} {severity:<10} ", bold=rule.id)
        else:
            echo(f"  {style(rule.id, 'bold')} {mark} {severity}")
            _wrapped(text, " " * 4)
    echo("\nFacts behind the rules:\n")
    for fact in facts:
        _wrapped(fact.name, f"  {fact.id:<4}", bold=fact.id)
    echo()
    _wrapped("For details, run 'dispute-guard rules RULE_ID' or 'dispute-guard rules F12'.")


def _show_rule(rule: Rule, facts: list[Fact]) -> None:
    echo(f"{style(rule.id, 'bold')}: {rule.title}")
    _field("severity", rule.severity)
    if "block" in rule.severity:
        risky = f"risky; override it with --accept-risk {rule.id}"
        _field("block", risky if rule.overridable else "final; cannot be overridden")
    _field("why", rule.explanation)
    _field("example", rule.example)
    for fact in facts:
        _field(f"rests on {fact.id}", f"{fact.name}. {fact.meaning}")


def _field(name: str, text: str) -> None:
    """Print a field; on a narrow screen, its text below its name."""
    if screen_width(of_a_pipe=80) >= _NARROW:
        _wrapped(text, f"  {name:<12} ")
    else:
        echo(f"  {name}")
        _wrapped(text, " " * 4)


def _wrapped(text: str, lead: str = "", *, bold: str = "") -> None:
    """Print text after its lead, with a hanging indent."""
    width = min(screen_width(of_a_pipe=80), _WIDEST)
    room = max(width - len(lead), _LEAST)
    lines = textwrap.wrap(text, room, break_on_hyphens=False, break_long_words=False) or [""]
    echo(lead.replace(bold, style(bold, "bold"), 1) + lines[0] if bold else lead + lines[0])
    for line in lines[1:]:
        echo(" " * len(lead) + line)
