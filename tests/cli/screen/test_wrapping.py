"""Long lines break at words, whatever prints them."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import click
import pytest
from rich.cells import cell_len

from automation.cli.main import group, run
from automation.cli.prompts.consent import consent_question
from automation.cli.screen import terminal
from automation.cli.screen.cards import show_fields
from automation.cli.screen.output import emit_error, print_json
from automation.cli.screen.render import show_plan
from automation.cli.screen.terminal import _columns
from automation.errors import ErrorCode, ToolError
from tests.cli.screen.long_words import LONG, ORDER, PLAN

if TYPE_CHECKING:
    from pathlib import Path

WIDTHS = pytest.mark.parametrize("width", [40, 60, 80])
COMMANDS = ["", *group.list_commands(click.Context(group))]


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch, width: int) -> int:
    """A terminal of this width, without colours."""
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setattr(terminal, "_columns", lambda _: width)
    return width


def at_words(shown: str, width: int, *whole: str) -> None:
    """Check that no line is too wide, and that no word of these texts was broken."""
    assert [line for line in shown.splitlines() if cell_len(line) > width] == []
    words = " ".join(shown.split())
    for text in whole:
        assert text in words


@WIDTHS
@pytest.mark.parametrize("command", COMMANDS)
def test_help_fits_the_screen(
    narrow: int, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    """GIVEN a narrow screen WHEN any help is shown THEN it fits, with every word whole."""
    run([*([command] if command else []), "--help"])

    shown = capsys.readouterr().out
    at_words(shown, narrow)
    for word in shown.split():
        assert not word.endswith("-"), f"{word} was broken"


@WIDTHS
def test_an_error_fits_the_screen(narrow: int, capsys: pytest.CaptureFixture[str]) -> None:
    """GIVEN a long error THEN its message, hint and evidence break at spaces only."""
    emit_error(
        ToolError(LONG, code=ErrorCode.USAGE, hint=LONG, evidence=LONG),
        ["cancel"],
        as_json=False,
        command="cancel",
    )

    told = capsys.readouterr().err
    at_words(told, narrow, LONG, "nothing was sent")
    assert " ".join(told.split()).count(LONG) == 3


@WIDTHS
def test_a_plan_fits_the_screen(narrow: int, capsys: pytest.CaptureFixture[str]) -> None:
    """GIVEN long titles, amounts and words THEN each stays in its column."""
    show_plan(PLAN)

    shown = capsys.readouterr().out
    at_words(shown, narrow, LONG, f"the seller wrote: {LONG}")


@pytest.mark.parametrize("columns", [40, 50, 74, 75, 80, 120])
def test_the_question_fits_the_screen(columns: int) -> None:
    """GIVEN any usual screen THEN no line of the question is broken by the terminal."""
    lines = consent_question(ORDER, columns).split("\n")

    assert [line for line in lines if len(line) > columns] == []
    assert "type the group before the last one" in lines[-1]


@pytest.mark.parametrize("width", [40])
def test_what_a_program_reads_is_never_broken(
    narrow: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """GIVEN JSON or fields between tabs THEN they keep their lines on any screen."""
    print_json({"reason": LONG})
    terminal.echo(f"{LONG}\t{LONG}")

    document, fields = capsys.readouterr().out.rsplit("}\n", 1)
    assert json.loads(document + "}") == {"reason": LONG}
    assert fields == f"{LONG}\t{LONG}\n"
    assert len(fields) > narrow


@pytest.mark.parametrize("width", [40])
def test_wide_letters_and_colours_are_counted_as_seen(
    narrow: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """GIVEN letters of two columns and colours of none THEN lines break where the screen ends."""
    monkeypatch.setattr(terminal, "colours_on", lambda _: True)

    terminal.echo(terminal.style("bold", "bold") + " " + "纠纷 已经 " * 12)

    shown = capsys.readouterr().out
    assert shown.startswith("\x1b[1mbold\x1b[0m")
    lines = shown.replace("\x1b[1m", "").replace("\x1b[0m", "").splitlines()
    assert max(map(cell_len, lines)) <= narrow
    assert min(map(cell_len, lines[:-1])) > narrow - 6


VERIFY = f"dispute-guard verify {ORDER} --item 1 --site-data '/a-disk/my data/site.toml' --json"


@WIDTHS
@pytest.mark.parametrize(
    "text",
    [f"run '{VERIFY}', then go on", f"(see '{VERIFY}')", f"{LONG} '{VERIFY}'."],
)
def test_a_quoted_command_is_whole(
    narrow: int, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    """GIVEN a command in a sentence THEN it stays in one piece; the words around it do not."""
    terminal.echo(text)

    lines = capsys.readouterr().out.splitlines()
    assert sum(VERIFY in line for line in lines) == 1
    assert all(len(line) <= narrow for line in lines if VERIFY not in line)
    assert " ".join(" ".join(lines).split()) == text


@pytest.mark.parametrize("width", [40])
def test_what_is_whole_keeps_its_blanks(narrow: int, capsys: pytest.CaptureFixture[str]) -> None:
    """GIVEN a path with blanks THEN it stands on a line of its own; the control breaks."""
    path = "/a-disk/a folder with blanks/and more/receipt.html"

    terminal.echo(f"receipt: {terminal.whole(path)}")
    terminal.echo(f"receipt: {path}")

    lines = capsys.readouterr().out.splitlines()
    assert [line.strip() for line in lines[:2]] == ["receipt:", path]
    assert path not in lines[2:]
    assert max(map(len, lines[2:])) <= narrow


@WIDTHS
def test_a_path_in_an_error_is_whole(
    narrow: int, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """GIVEN a path with blanks that was typed, or lies in the state folder THEN an error does not break it.

    The control: the same words in a sentence that are no path do.
    """
    typed, folder = tmp_path / "a file of facts.json", tmp_path / "my own state"
    journal = folder / "journal.sqlite3.damaged-1"
    error = ToolError(
        f"cannot read {typed} since {LONG}",
        code=ErrorCode.USAGE,
        hint=f"look at {journal}, then go on",
    )

    emit_error(
        error,
        ["advise", f"--facts={typed}", LONG],
        as_json=False,
        state_dir=folder,
        command="advise",
    )

    lines = [line.strip() for line in capsys.readouterr().err.splitlines()]
    assert sum(str(typed) in line for line in lines) == 1
    assert sum(f"{journal}," in line for line in lines) == 1
    assert max(len(line) for line in lines if str(tmp_path) not in line) <= narrow
    assert all(LONG not in line for line in lines)


@pytest.mark.parametrize("width", [40])
def test_a_long_hint_is_not_cut(narrow: int, capsys: pytest.CaptureFixture[str]) -> None:
    """GIVEN a hint with a long command THEN all of it is there, to be copied."""
    command = f"'dispute-guard verify {ORDER} --state-dir {'/folder' * 120}'"

    emit_error(
        ToolError(LONG, code=ErrorCode.USAGE, hint=f"run {command}"),
        ["verify"],
        as_json=False,
        command="verify",
    )

    assert command in [line.strip() for line in capsys.readouterr().err.splitlines()]
    assert len(command) > 600 > narrow


@pytest.mark.parametrize("width", [40])
def test_a_title_without_blanks_still_fits(narrow: int, capsys: pytest.CaptureFixture[str]) -> None:
    """GIVEN a long title in a script without blanks THEN it is broken at the screen's end."""
    show_fields({"what": "充电器" * 20}, width=narrow)

    lines = capsys.readouterr().out.splitlines()
    assert max(map(cell_len, lines)) <= narrow
    assert "".join(line.strip().removeprefix("what") for line in lines).strip() == "充电器" * 20


def test_a_pipe_has_no_width(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Control: in a pipe the same text is one line, whatever COLUMNS says."""
    monkeypatch.setenv("COLUMNS", "40")

    terminal.echo(LONG)

    assert capsys.readouterr().out == LONG + "\n"


class Screen(io.StringIO):
    """A stream that claims to be a terminal."""

    def isatty(self) -> bool:
        """A terminal."""
        return True


def test_a_terminal_has_a_width(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN COLUMNS THEN it is the width of a terminal; one of unknown size has none."""
    monkeypatch.setenv("COLUMNS", "40")
    assert _columns(Screen()) == 40
    assert _columns(io.StringIO()) == 0
    monkeypatch.setenv("COLUMNS", "0")
    assert _columns(Screen()) == 0
