"""``dispute-guard rules``: what a buyer can look up, and how it reads."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from automation.cli.commands.rules import command
from automation.errors import ToolError
from rules import GUIDE, all_rules

_NARROW = {"COLUMNS": "80"}


def _shown(*words: str) -> str:
    done = CliRunner().invoke(command, words, env=_NARROW, standalone_mode=False)
    assert done.exception is None
    return done.output


def test_the_list_names_everything_in_80_columns() -> None:
    """Each rule is listed with its severity and sources, each fact with its name."""
    text = _shown()
    lines = text.splitlines()
    assert max(map(len, lines)) <= 80
    assert [r.id for r in all_rules() if not any(x.startswith(f"  {r.id} ") for x in lines)] == []
    assert [f for f in GUIDE.values() if f"  {f.id:<4}{f.name}" not in lines] == []


@pytest.mark.parametrize("entry", all_rules(), ids=lambda r: r.id)
def test_a_rule_is_explained_with_its_facts(entry: object) -> None:
    """One rule shows its severity, its reason and the meaning of each fact behind it."""
    rule = next(r for r in all_rules() if r is entry)
    text = _shown(rule.id)
    flat = " ".join(text.split())
    assert max(map(len, text.splitlines())) <= 80
    wanted = [rule.explanation, rule.example, rule.severity]
    wanted += [
        f"rests on {number} {GUIDE[number].name}. {GUIDE[number].meaning}" for number in rule.source
    ]
    assert [words for words in wanted if words not in flat] == []


@pytest.mark.parametrize("number", GUIDE)
def test_a_fact_is_explained_with_its_rules(number: str) -> None:
    """The number of a fact gives its meaning and the rules that rest on it."""
    told = json.loads(_shown(number.lower(), "--json"))
    assert told["meaning"] == GUIDE[number].meaning
    assert told["rules"] == [r.id for r in all_rules() if number in r.source]
    assert GUIDE[number].name in _shown(number)


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("window-close", "window-closed"),
        ("seller", "seller-promise"),
        ("SELLER_PROMIS", "seller-promise"),
        ("edits", "edits-exhausted"),
    ],
)
def test_unknown_id_suggests_near_ones(asked: str, near: str) -> None:
    """A misspelt name gets suggestions."""
    done = CliRunner().invoke(command, [asked], standalone_mode=False)
    assert isinstance(done.exception, ToolError)
    assert near in (done.exception.hint or "")


def test_nothing_near_suggests_nothing() -> None:
    """A word like no rule's name gets only the command that lists them."""
    done = CliRunner().invoke(command, ["zzz"], standalone_mode=False)
    assert isinstance(done.exception, ToolError)
    assert "did you mean" not in (done.exception.hint or "")
