from __future__ import annotations

import ast
import contextlib
import io
import os
import pty
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.text import Text

import automation.cli
from automation.cli.screen import terminal
from automation.text import clean_lines, local_times, when_text

CLI = Path(str(automation.cli.__file__)).parent
ESCAPE = "\x1b"
HOSTILE = (
    f"wait{ESCAPE}]0;owned{ESCAPE}\\{ESCAPE}[2J{ESCAPE}[31m \u202e00.5\u202c\x9b1A\x08\u200b end"
)
PRINTERS = {"print", "secho", "print_exc"}
# The progress bar is rich's own and shows only numbers.
MAY_PRINT = {"terminal.py", "output.py"}
SHOWS = """
from automation.cli.screen.terminal import echo, prepare_streams, style
prepare_streams()
echo(style("bold", "bold") + " plain " + {text!r})
"""


class Screen(io.StringIO):
    """A stream that claims to be a terminal."""

    def isatty(self) -> bool:
        """Whether colours could be shown."""
        return True


@pytest.fixture(autouse=True)
def _colourful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make colours independent of the machine that runs the tests."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)


def printed(stream: io.StringIO, text: str, *, cell: str) -> str:
    """What the stream gets from a line and from rich."""
    with contextlib.redirect_stdout(stream):
        terminal.echo(text)
        terminal.show(Text(cell, style="red"), width=80)
    return stream.getvalue()


def test_text_of_a_page_obeys_nobody() -> None:
    """GIVEN escapes, overrides and controls WHEN printed THEN our colours are the only ones."""
    shown = printed(Screen(), f"{terminal.style('DONE', terminal.GOOD)} {HOSTILE}", cell=HOSTILE)

    assert (
        shown
        == f"{ESCAPE}[30;42mDONE{ESCAPE}[0m wait 00.5 end\n{ESCAPE}[31mwait 00.5 end{ESCAPE}[0m\n"
    )


def test_a_page_cannot_forge_a_colour() -> None:
    """GIVEN our colour marks with another secret WHEN printed THEN no colour."""
    shown = printed(Screen(), "\ufdd00000000000000000black on green\ufdd1ok", cell="")

    assert f"{ESCAPE}[" not in shown.removesuffix(f"{ESCAPE}[31m{ESCAPE}[0m\n")


@pytest.mark.parametrize("text", ["line one\nline two\tend", "", "Déjà vu – ok …", "안녕"])
def test_plain_text_stays_as_it_is(text: str) -> None:
    """Control: cleaning leaves ordinary text unchanged."""
    assert clean_lines(text) == text


@pytest.mark.parametrize(("variable", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_no_colours_where_none_are_wanted(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    """GIVEN NO_COLOR or a dumb terminal WHEN printed THEN no escapes."""
    monkeypatch.setenv(variable, value)

    assert printed(Screen(), terminal.style("DONE", terminal.GOOD), cell="DONE") == "DONE\nDONE\n"


def test_no_colours_in_a_pipe() -> None:
    """GIVEN a stream that is not a terminal WHEN printed THEN no escapes."""
    assert (
        printed(io.StringIO(), terminal.style("DONE", terminal.GOOD), cell="DONE") == "DONE\nDONE\n"
    )


def test_nothing_else_prints() -> None:
    """GIVEN the modules of the command line THEN only one writes to a stream."""
    others = {
        f"{path.name}:{node.lineno}"
        for path in CLI.rglob("*.py")
        if path.name not in MAY_PRINT
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and _prints(node.func)
    }

    assert others == set()


def _prints(function: ast.expr) -> bool:
    if isinstance(function, ast.Name):
        return function.id in PRINTERS
    if not isinstance(function, ast.Attribute):
        return False
    ours = isinstance(function.value, ast.Name) and function.value.id == "click"
    return (ours and function.attr in {"echo", "style", "secho"}) or function.attr in PRINTERS


def test_the_search_for_printers_would_find_one() -> None:
    """Positive control: ways to print around that module are found."""
    for source in ("click.echo(1)", "print(1)", "click.style(1)", "console.print(1)"):
        call = ast.parse(source, mode="eval").body
        assert isinstance(call, ast.Call)
        assert _prints(call.func)


def shown_with(encoding: str, text: str) -> bytes:
    """What a process with this encoding prints."""
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, "-c", SHOWS.format(text=text)],
        check=True,
        capture_output=True,
        env=environment,
    )
    return done.stdout


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "ascii", "cp437"])
def test_a_letter_that_cannot_be_shown_is_escaped(encoding: str) -> None:
    """GIVEN an old encoding WHEN Cyrillic is printed THEN no error, and a plain dash."""
    shown = shown_with(encoding, "Отменён – …")

    assert b"\\u041e" in shown
    assert b"plain" in shown


def test_without_that_it_fails() -> None:
    """Positive control: a bare print of the same words fails."""
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    done = subprocess.run(
        [sys.executable, "-c", "print('Отменён')"],
        check=False,
        capture_output=True,
        env=environment,
    )

    assert done.returncode == 1
    assert b"UnicodeEncodeError" in done.stderr


def run_with(
    words: list[str], *, out: str = "pipe", err: str = "pipe", **environment: str
) -> tuple[int, bytes]:
    """Exit code and stderr of the real command with a broken stream."""
    streams: dict[str, int] = {}
    reader, writer = os.pipe()
    os.close(reader)
    with Path("/dev/full").open("wb") as full:
        kinds = {"full": full.fileno(), "left": writer, "pipe": subprocess.PIPE}
        streams = {"stdout": kinds[out], "stderr": kinds[err]}
        done = subprocess.run(
            [sys.executable, "-m", "automation", *words],
            check=False,
            stdin=subprocess.DEVNULL,
            env={**os.environ, **environment},
            **streams,  # type: ignore[call-overload]
        )
    os.close(writer)
    return done.returncode, done.stderr or b""


BLOCKED = ["advise", "--because", "seller-promised"]
ALLOWED = ["advise", "--because", "filed-by-mistake", "--received", "--checked"]


@pytest.mark.parametrize(
    ("words", "out", "code"),
    [
        (BLOCKED, "left", 3),
        (BLOCKED, "full", 3),
        (ALLOWED, "left", 0),
        (ALLOWED, "full", 1),  # the answer was the whole output, and it is lost
        (["cancel", "--json-schema"], "full", 1),
        (["rules"], "left", 0),
        (["--help"], "left", 0),
        (["cancel", "12", "--because", "other"], "full", 2),
    ],
)
def test_a_lost_reader_leaves_the_exit_code(words: list[str], out: str, code: int) -> None:
    """GIVEN a closed pipe or a full disk THEN the command's own code, one line, no traceback."""
    got, told = run_with(words, out=out)

    assert got == code, told
    assert b"Traceback" not in told
    assert b"Exception ignored" not in told


@pytest.mark.parametrize("err", ["left", "full"])
def test_progress_that_nobody_reads_ends_nothing(err: str) -> None:
    """GIVEN a broken stderr WHEN an error is reported THEN its exit code all the same."""
    assert run_with(["cancel", "12", "--because", "other"], err=err)[0] == 2


def test_closed_streams_are_no_files_of_ours(tmp_path: Path) -> None:
    """GIVEN three closed streams THEN the journal does not get their file numbers."""
    command = f"{sys.executable} -m automation history --state-dir {tmp_path} <&- >&- 2>&-"

    assert subprocess.run(["/bin/sh", "-c", command], check=False).returncode == 0


def test_a_dumb_terminal_sees_no_escape() -> None:
    """GIVEN TERM=dumb at a real terminal WHEN advice is shown THEN no escapes (control: xterm)."""
    assert ESCAPE.encode() not in at_a_terminal("dumb")
    assert ESCAPE.encode() in at_a_terminal("xterm")


def at_a_terminal(kind: str) -> bytes:
    """What ``advise`` prints at a terminal of this kind."""
    leader, follower = pty.openpty()
    environment = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
    subprocess.run(
        [sys.executable, "-m", "automation", *ALLOWED],
        check=False,
        stdout=follower,
        env={**environment, "TERM": kind},
    )
    os.close(follower)
    shown = os.read(leader, 65536)
    os.close(leader)
    return shown


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        ("UTC", "Tue 15 Dec 2026, 18:39 UTC (your time)"),
        ("Europe/London", "Tue 15 Dec 2026, 18:39 UTC (your time)"),
        ("Europe/Berlin", "Tue 15 Dec 2026, 19:39 (your time), 18:39 UTC"),
        ("Asia/Tokyo", "Wed 16 Dec 2026, 03:39 (your time), Tue 15 Dec 2026, 18:39 UTC"),
    ],
)
def test_one_way_to_write_a_moment(zone: str, text: str) -> None:
    """GIVEN a time zone WHEN a moment is shown THEN in the reader's own time, UTC beside it, without seconds.

    A text that has it already keeps it as it is.
    """
    source = (
        "from datetime import *; from automation.text import local_times, when_text;"
        "told = when_text(datetime(2026, 12, 15, 18, 39, 59, tzinfo=UTC));"
        "assert local_times('15 Dec 2026, 18:39 UTC') == told;"
        "print(local_times(told))"
    )
    done = subprocess.run(
        [sys.executable, "-c", source],
        check=True, capture_output=True, text=True, env={**os.environ, "TZ": zone},
    )  # fmt: skip

    assert done.stdout.strip() == text


def test_times_in_a_text_are_the_readers_own() -> None:
    """GIVEN findings with times in UTC THEN each reads as the one way; what is no date stays."""
    at = datetime(2026, 12, 15, 18, 39, tzinfo=UTC)

    assert local_times("over on 15 Dec 2026, 18:39 UTC.") == f"over on {when_text(at)}."
    for text in ("31 Feb 2026, 10:00 UTC", "15 Dec 2026", "15 Dec 2026, 25:00 UTC", ""):
        assert local_times(text) == text


def test_a_line_that_changes_is_gone_before_the_next_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a countdown at a terminal THEN it stays on one line; a pipe and a dumb one see none."""
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    for text in ("2:00 left", "1:59 left"):
        terminal.rewrite(text)
    terminal.echo("sent", err=True)
    terminal.echo("done", err=True)

    assert screen.getvalue() == "\r\x1b[2K2:00 left\r\x1b[2K1:59 left\r\x1b[2Ksent\ndone\n"

    pipe = io.StringIO()
    monkeypatch.setattr(sys, "stderr", pipe)
    terminal.rewrite("2:00 left")
    monkeypatch.setattr(sys, "stderr", dumb := Screen())
    monkeypatch.setenv("TERM", "dumb")
    terminal.rewrite("2:00 left")
    assert (pipe.getvalue(), dumb.getvalue()) == ("", "")
