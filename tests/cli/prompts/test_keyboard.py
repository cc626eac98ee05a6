from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING

import pytest

from automation.cli.prompts import keyboard
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import Iterator

WAYS = pytest.mark.parametrize("files", [True, False], ids=["posix", "windows"])
# On Windows the program has to end even if the person types nothing.
NOBODY_TYPES = """
import asyncio, sys
from automation.cli.prompts import keyboard
keyboard._can_watch_files = lambda: False
{reader}
print("asking", flush=True)
print(repr(asyncio.run(read(0.2))))
"""


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The writing end of the present stdin."""
    reader, writer = os.pipe()
    with os.fdopen(reader) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        yield writer
    os.close(writer)


@WAYS
def test_a_line_is_read_on_every_system(
    keys: int, monkeypatch: pytest.MonkeyPatch, *, files: bool
) -> None:
    """GIVEN a typed line WHEN asked THEN it is returned, on systems with and without select."""
    monkeypatch.setattr(keyboard, "_can_watch_files", lambda: files)
    os.write(keys, b"1234\r\n")

    assert in_own_loop(keyboard.typed_line(5)).strip() == "1234"


@WAYS
def test_nobody_types_in_time(keys: int, monkeypatch: pytest.MonkeyPatch, *, files: bool) -> None:
    """GIVEN no line WHEN time runs out THEN an empty answer and no error."""
    monkeypatch.setattr(keyboard, "_can_watch_files", lambda: files)

    assert in_own_loop(keyboard.typed_line(0.05)) == ""
    os.write(keys, b"too late\n")  # ends the waiting thread


@WAYS
def test_a_line_is_read_outside_a_loop(
    keys: int, monkeypatch: pytest.MonkeyPatch, *, files: bool
) -> None:
    """GIVEN a typed line THEN it is returned; without one an empty answer in time."""
    monkeypatch.setattr(keyboard, "_can_watch_files", lambda: files)
    os.write(keys, "späť\n".encode())

    assert keyboard.is_waiting(5)
    assert keyboard.read_line(5) == "späť\n"
    assert keyboard.read_line(0.05) == ""
    os.write(keys, b"too late\n")  # ends the waiting thread


def ended(reader: str, patience: float) -> str | None:
    """What a program that asks prints if stdin stays silent; ``None`` if it hangs.

    Args:
        patience: seconds from the question on.
    """
    source = NOBODY_TYPES.format(reader=textwrap.dedent(reader))
    with subprocess.Popen(
        [sys.executable, "-c", source], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "asking\n"
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
            return None
        return process.stdout.read().strip() if process.returncode == 0 else "failed"


def test_a_reader_that_still_waits_does_not_hold_the_end() -> None:
    """GIVEN a question without an answer THEN the program ends; a pool thread would block it."""
    in_a_pool = """
    async def read(seconds):
        return await asyncio.wait_for(asyncio.to_thread(sys.stdin.readline), seconds)
    """

    assert ended("read = keyboard.typed_line", 60) == "''"
    assert ended(in_a_pool, 3) is None


@pytest.mark.parametrize(
    ("line", "agrees"),
    [("yes\n", True), (" YES \n", True), ("y\n", False), ("\n", False), ("", False)],
)
def test_only_a_typed_yes_is_one(
    monkeypatch: pytest.MonkeyPatch, line: str, *, agrees: bool
) -> None:
    """GIVEN a line, or none in time THEN it agrees only if it is the word."""

    async def typed(_: float) -> str:
        return line

    monkeypatch.setattr(keyboard, "typed_line", typed)

    assert in_own_loop(keyboard.typed_yes(1.0)) is agrees
