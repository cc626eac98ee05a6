"""What shells complete, and the lines that make them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pygments.lexers.shell import PowerShellLexer  # type: ignore[import-untyped]
from pygments.token import Token  # type: ignore[import-untyped]

from automation.cli.main import PROGRAM, group
from automation.cli.options import completion
from automation.cli.options.completion import VARIABLE, PowerShellComplete
from rules import all_rules

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.calls import Call

PAIRS = {"(": ")", "{": "}", "[": "]"}


def completed(line: str) -> list[str]:
    """What the last word of a line could become."""
    *words, incomplete = line.split(" ")
    found = PowerShellComplete(group, {}, PROGRAM, VARIABLE).get_completions(words, incomplete)
    return [item.value for item in found]


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("adv", "advise"),
        ("cancel --accept-r", "--accept-risk"),
        ("cancel --accept-risk seller-p", "seller-promise"),
        ("rules status-f", "status-final"),
        ("serve begg", "begging-seller"),
        ("advise --because package-arrived-w", "package-arrived-wrong-item"),
        ("completion power", "powershell"),
    ],
)
def test_words_are_completed(line: str, value: str) -> None:
    """GIVEN the beginning of a command, option, rule, scenario or reason THEN the rest of it."""
    assert value in completed(line)


def test_only_risks_that_can_be_accepted_are_offered() -> None:
    """GIVEN --accept-risk THEN no final rule; ``rules`` offers them all (control)."""
    final = {rule.id for rule in all_rules() if not rule.overridable}

    assert not final & set(completed("cancel --accept-risk "))
    assert final <= set(completed("rules "))


def test_own_orders_are_completed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """GIVEN a journal with two orders THEN those that begin like the word; no browser is asked."""
    looked: list[Path] = []

    def recent(folder: Path, role: str) -> tuple[str, ...]:
        looked.append(folder)
        assert role == "order"
        return ("8190000000000001", "8200000000000002")

    monkeypatch.setattr("automation.engine.journal.glance.recent_ids", recent)

    assert completed(f"cancel --state-dir {tmp_path} 819") == ["8190000000000001"]
    assert len(completed(f"verify --state-dir {tmp_path} ")) == 2
    assert looked == [tmp_path, tmp_path]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_each_shell_gets_its_lines(call: Call, shell: str) -> None:
    """GIVEN a shell THEN lines that ask this program, by the variable that it answers to."""
    ran = call("completion", shell)

    assert (ran.code, ran.err) == (0, "")
    assert (
        f"{VARIABLE}={shell}_complete" in ran.out or f'{VARIABLE} = "{shell}_complete"' in ran.out
    )


def test_an_unknown_shell_is_a_usage_error(call: Call) -> None:
    """GIVEN an unknown shell THEN exit 2 and the nearest one."""
    ran = call("completion", "powershel")

    assert ran.code == 2
    assert "did you mean 'powershell'?" in ran.err


def test_powershell_asks_with_the_whole_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN its line and word THEN the words before it, and the word itself."""
    monkeypatch.setenv("COMP_WORDS", 'dispute-guard cancel --item "a b" --acc')
    monkeypatch.setenv("COMP_CWORD", "--acc")
    shell = PowerShellComplete(group, {}, PROGRAM, VARIABLE)

    assert shell.get_completion_args() == (["cancel", "--item", "a b"], "--acc")
    monkeypatch.setenv("COMP_CWORD", "")
    assert shell.get_completion_args()[1] == ""
    assert completion.script(group, PROGRAM, "powershell").startswith("Register-ArgumentCompleter")


def test_powershells_lines_are_whole() -> None:
    """GIVEN no PowerShell here THEN its lexer knows every word, and each bracket is closed.

    Its own parser was not tried: a grammar of it (tree-sitter's) reads the lines without an error.
    """
    tokens = list(PowerShellLexer().get_tokens(completion.script(group, PROGRAM, "powershell")))
    open_ones: list[str] = []
    for kind, text in tokens:
        assert kind is not Token.Error, text
        for char in text if kind in Token.Punctuation else "":
            if char in PAIRS:
                open_ones.append(PAIRS[char])
            elif char in PAIRS.values():
                assert open_ones.pop() == char
    assert open_ones == []
    assert {"$wordToComplete", "$commandAst", "$cursorPosition"} <= {text for _, text in tokens}


def test_powershell_gets_one_line_for_each_word() -> None:
    """GIVEN words, and a path THEN kind, value and help of each; its lines take plain words only."""
    shell = PowerShellComplete(group, {}, PROGRAM, VARIABLE)
    lines = [shell.format_completion(each) for each in shell.get_completions(["rules"], "seller-p")]
    [path] = [shell.format_completion(e) for e in shell.get_completions(["advise", "--facts"], "x")]

    assert [line.split("\t")[:2] for line in lines] == [["plain", "seller-promise"]]
    assert path.split("\t")[0] == "file"
    assert '$kind -eq "plain"' in completion.script(group, PROGRAM, "powershell")
