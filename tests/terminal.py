"""A pseudo-terminal around the real command: what a person sees and types."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import tempfile
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.ready.processes import start

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.ready.processes import Process

_READ = 65536
_END_SECONDS = 10


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


def at_terminal(
    command: Sequence[str], *, wait_for: str, answer: str | None, seconds: float = 90
) -> Seen:
    """Run a command at a terminal, answer its question once, and wait for its end.

    Args:
        wait_for: text of the question.
        answer: what is typed; ``None`` presses Ctrl-C instead.
    """
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
        screen = _talk(leader, process, wait_for, answer, time.monotonic() + seconds)
        try:
            code = process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            pytest.fail(f"the command did not end; the terminal showed: {screen!r}")
        finally:
            os.close(leader)
        out.seek(0)
        return Seen(code, out.read().decode(), screen)


def _talk(leader: int, process: Process, wait_for: str, answer: str | None, end: float) -> str:
    shown, answered = b"", False
    while time.monotonic() < end:
        readable, _, _ = select.select([leader], [], [], 0.1)
        if readable:
            try:
                piece = os.read(leader, _READ)
            except OSError:  # Linux raises EIO when the other side is closed
                break
            if not piece:
                break
            shown += piece
        elif process.poll() is not None:
            break
        if not answered and wait_for.encode() in shown:
            answered = True
            if answer is None:
                process.send_signal(2)
            else:
                os.write(leader, answer.encode() + b"\n")
    return shown.decode(errors="replace")
