"""A pseudo-terminal around the real command: what a person sees and types."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

import pytest

from tests.ready.processes import HANGS_SECONDS, start

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.ready.processes import Process

_READ = 65536
_LOOK_SECONDS = 0.1


@dataclass(frozen=True)
class Seen:
    """What a run at a terminal returned.

    Args:
        out: stdout, a pipe here, so that only JSON is on it.
        screen: what the terminal showed.
    """

    code: int
    out: str
    screen: str


@dataclass(frozen=True)
class Console:
    """A command at a terminal.

    Args:
        leader: the other side of the terminal: what the command shows, and what is typed.
    """

    leader: int
    process: Process
    _out: IO[bytes]

    def seen(self, screen: str, seconds: float = HANGS_SECONDS) -> Seen:
        """What the command returned; it must end by itself.

        Args:
            screen: what the terminal showed.
            seconds: how long it may take to end.
        """
        try:
            code = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            pytest.fail(f"the command did not end; the terminal showed: {screen!r}")
        self._out.seek(0)
        return Seen(code, self._out.read().decode(), screen)


def shown_next(leader: int, seconds: float | None = None) -> bytes | None:
    """What a terminal shows next; ``None`` once the command has closed it.

    Args:
        seconds: how long to wait for it, then nothing is shown; without them, until it comes.
    """
    if not select.select([leader], [], [], seconds)[0]:
        return b""
    try:
        return os.read(leader, _READ) or None
    except OSError:  # Linux raises EIO when the other side is closed
        return None


@contextmanager
def console(command: Sequence[str]) -> Iterator[Console]:
    """Start a command at a terminal; its stdout is a pipe."""
    leader, follower = pty.openpty()
    with tempfile.TemporaryFile() as out:
        process = start(
            command,
            stdin=follower,
            stderr=follower,
            stdout=out.fileno(),
            new_session=True,
            shared_driver=True,
        )
        os.close(follower)
        try:
            yield Console(leader, process, out)
        finally:
            os.close(leader)


def at_terminal(
    command: Sequence[str],
    *,
    wait_for: str,
    answer: str | None,
    seconds: float = HANGS_SECONDS,
    again: bool = False,
) -> Seen:
    """Run a command at a terminal, answer its question, and wait for its end.

    Args:
        wait_for: text of the question.
        answer: what is typed; ``None`` presses Ctrl-C instead.
        again: answer each time that the text comes, not only once.
    """
    with console(command) as terminal:
        talk = Talk(wait_for, answer, again=again)
        end = time.monotonic() + seconds
        return terminal.seen(talk.with_process(terminal.leader, terminal.process, end))


@dataclass(frozen=True)
class Talk:
    """What is typed at a question, once or each time."""

    wait_for: str
    answer: str | None
    again: bool = False

    def with_process(self, leader: int, process: Process, end: float) -> str:
        """Read the screen and answer until the process ends; what it showed."""
        shown, answered = b"", 0
        while time.monotonic() < end:
            piece = shown_next(leader, _LOOK_SECONDS)
            if piece is None or (not piece and process.poll() is not None):
                break
            shown += piece
            asked = shown.count(self.wait_for.encode())
            if answered < (asked if self.again else min(asked, 1)):
                answered += 1
                self._reply(leader, process)
        return shown.decode(errors="replace")

    def _reply(self, leader: int, process: Process) -> None:
        if self.answer is None:
            process.send_signal(signal.SIGINT)
        else:
            os.write(leader, self.answer.encode() + b"\n")
