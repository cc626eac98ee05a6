"""What a terminal shows while the real command runs in it."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
from typing import TYPE_CHECKING, Final

from tests.terminal import shown_next

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

COLUMNS: Final = 80
_ROWS: Final = 40
_AGAIN_SECONDS = 3.0
_ERASED: Final = re.compile(r"[^\n]*\r\x1b\[2K")


def recorded(
    words: Sequence[str],
    *,
    columns: int = COLUMNS,
    answers: Mapping[str, str | None] | None = None,
    until: str = "",
    folder: Path | None = None,
    variables: Mapping[str, str] | None = None,
    program: Sequence[str] = (sys.executable, "-m", "automation"),
) -> str:
    """Run the command, answer its questions, and return the screen.

    Args:
        answers: what is typed at each question; ``None`` presses Ctrl-C.
        until: return the screen of the moment when it has this text, and interrupt the command.
        folder: where it runs.
        variables: what its environment has in addition.
        program: the command itself, if it is not this source's.

    Raises:
        ValueError: a question was never asked.
    """
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", _ROWS, columns, 0, 0))
    process = subprocess.Popen(
        [*program, *words],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env=_environment() | dict(variables or {}),
        cwd=folder,
        start_new_session=True,
    )
    os.close(follower)
    screen, left, kept = b"", dict(answers or {}), ""
    # Python drops a signal that comes while it tidies up or imports: it is sent again.
    while (piece := shown_next(leader, _AGAIN_SECONDS if kept else None)) is not None:
        if not piece:
            process.send_signal(signal.SIGINT)
        screen += piece
        text = screen.decode("utf-8", "replace")
        for question in [each for each in left if each in text]:
            _answer(left.pop(question), leader, process)
        if until and not kept and until in seen(text):
            kept = seen(text)
            process.send_signal(signal.SIGINT)
    os.close(leader)
    process.wait()
    if left or (until and not kept):
        raise ValueError(f"the command never showed {[*left, until]!r}, but: {seen(text)}")
    return kept or seen(screen.decode())


def _answer(answer: str | None, leader: int, process: subprocess.Popen[bytes]) -> None:
    if answer is None:
        process.send_signal(signal.SIGINT)
    else:
        os.write(leader, f"{answer}\n".encode())


def seen(screen: str) -> str:
    """What is left on the screen once lines were erased and written anew."""
    return _ERASED.sub("", screen.replace("\r\n", "\n")).replace("\x07", "")


def _environment() -> dict[str, str]:
    """That of this process, with the colours and letters of an ordinary terminal."""
    kept = {
        name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "COLUMNS"}
    }
    return kept | {"TERM": "xterm-256color", "PYTHONUTF8": "1", "TZ": "Europe/Berlin"}
