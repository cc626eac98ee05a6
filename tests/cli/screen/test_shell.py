"""Command lines that can be pasted: no word means anything to the shell."""

from __future__ import annotations

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.cli.screen.shell import Shell, command_line, shell_among, this_shell

PLEA = 'Don\'t worry; pay $(now) & `close` "it" %PATH%'


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))))
def test_a_posix_shell_reads_each_word_back(words: list[str]) -> None:
    """GIVEN any words THEN a shell splits the line into the same ones."""
    assert shlex.split(command_line(words, Shell.POSIX)) == words


@pytest.mark.parametrize(
    ("shell", "line"),
    [
        (Shell.POWERSHELL, "advise --seller-says 'Don''t worry; pay $(now) & `close` \"it\" %PATH%'"),
        (Shell.CMD, "advise --seller-says \"Don't worry; pay $(now) & `close` 'it' %PATH%\""),
    ],
)  # fmt: skip
def test_words_of_a_seller_are_one_word_on_windows(shell: Shell, line: str) -> None:
    """GIVEN a message with every sign that a shell knows THEN it is one quoted word."""
    assert command_line(("advise", "--seller-says", PLEA), shell) == line


@pytest.mark.parametrize("mark", ["'", "\u2018", "\u2019", "\u201a", "\u201b"])
def test_powershell_takes_every_apostrophe_for_one(mark: str) -> None:
    """GIVEN a curly apostrophe THEN it is doubled too, or the word would end there."""
    assert command_line((f"a{mark}; rm b",), Shell.POWERSHELL) == f"'a{mark}{mark}; rm b'"


@pytest.mark.parametrize("shell", list(Shell))
def test_plain_words_stay_plain(shell: Shell) -> None:
    """GIVEN words without a special sign THEN no quotes, in any shell."""
    words = ("cancel", "8190000000000001", "--site", "http://127.0.0.1:8123", "--dry-run")

    assert command_line(words, shell) == " ".join(words)


@pytest.mark.parametrize(
    ("programs", "shell"),
    [
        (["dispute-guard.exe", "powershell.exe", "explorer.exe"], Shell.POWERSHELL),
        (["uv.exe", "pwsh.exe", "cmd.exe"], Shell.POWERSHELL),
        (["dispute-guard.exe", "cmd.exe", "powershell.exe"], Shell.CMD),
        (["bash.exe", "mintty.exe"], Shell.POSIX),
        ([], Shell.POWERSHELL),
    ],
)
def test_the_nearest_shell_counts(programs: list[str], shell: Shell) -> None:
    """GIVEN the programs that started this one THEN the first shell among them, else PowerShell."""
    assert shell_among(programs) is shell


def test_only_windows_has_several_ways_to_quote() -> None:
    """GIVEN another system THEN the quotes of a POSIX shell, whatever started the process."""
    assert this_shell("linux") is this_shell("darwin") is Shell.POSIX
    assert this_shell("win32") in set(Shell)
