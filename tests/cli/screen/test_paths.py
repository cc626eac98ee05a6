"""Paths in a sentence: whole on any screen, with the blanks that they have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from automation.cli.screen import terminal
from automation.cli.screen.paths import with_whole_paths
from automation.cli.screen.terminal import echo
from automation.text import clean_text, pasted

if TYPE_CHECKING:
    from pathlib import Path


def on_a_narrow_screen(capsys: pytest.CaptureFixture[str], text: str) -> str:
    """What a terminal of 40 columns shows."""
    echo(text, width=40)
    return capsys.readouterr().out


@pytest.mark.parametrize("form", ["{}", "--facts={}"])
@pytest.mark.parametrize("inside", ["my facts.json", "my  facts.json"])
def test_a_path_keeps_its_blanks(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, inside: str, form: str
) -> None:
    """GIVEN a typed path with one blank or two WHEN its cleaned error is shown THEN it is whole."""
    path = str(tmp_path / "some folder" / inside)
    (tmp_path / "some folder").mkdir()
    told = clean_text(f"cannot read the fact file {path}: no such file", 1000)

    shown = on_a_narrow_screen(capsys, with_whole_paths(told, [form.format(path)]))

    assert path in shown


@pytest.mark.parametrize("name", ["my old  facts.jsonl", "the orders of may.csv"])
def test_a_name_alone_is_whole_too(capsys: pytest.CaptureFixture[str], name: str) -> None:
    """GIVEN a file of this folder, or a line of one THEN its name is not broken."""
    told = clean_text(f"there is a problem in {name}, line 3: no such fact", 1000)

    for typed in (name, f"/there is/{name}"):
        assert name in on_a_narrow_screen(capsys, with_whole_paths(told, [typed]))


def test_what_is_said_to_a_seller_is_no_path(capsys: pytest.CaptureFixture[str]) -> None:
    """GIVEN words in a sentence THEN they wrap as any others (control)."""
    words = "please send me the replacement until friday"

    assert words not in on_a_narrow_screen(capsys, with_whole_paths(f"you said {words}", [words]))


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        ("dispute-guard verify 1", "'dispute-guard verify 1'"),
        ("dispute-guard doctor --state-dir '/a b'", "dispute-guard doctor --state-dir '/a b'"),
        ('dispute-guard doctor --state-dir "/a b"', 'dispute-guard doctor --state-dir "/a b"'),
    ],
)
def test_a_command_with_quotes_gets_none_around_it(command: str, shown: str) -> None:
    """GIVEN quotes inside a command THEN outer ones would end at the first of them."""
    assert pasted(command) == shown


@pytest.mark.parametrize(
    "command",
    [
        "dispute-guard verify 8190000000000001 --state-dir '/my dir'",
        "dispute-guard verify 8190000000000001 --state-dir '/a b' --site http://127.0.0.1:8510",
        "dispute-guard verify 8190000000000001",
    ],
)
def test_a_command_to_paste_is_one_piece(capsys: pytest.CaptureFixture[str], command: str) -> None:
    """GIVEN a narrow screen THEN a command is never broken, with quotes around it or inside."""
    assert command in on_a_narrow_screen(
        capsys, f"do not try again; run {pasted(command)}, then wait"
    )


def test_prose_with_quotes_wraps(capsys: pytest.CaptureFixture[str]) -> None:
    """GIVEN a sentence about the tool THEN it is no command (control)."""
    told = "dispute-guard sends nothing until you say that 'the package is here and works'"

    shown = on_a_narrow_screen(capsys, told)

    assert max(map(len, shown.splitlines())) <= terminal.screen_width(of_a_pipe=40)
