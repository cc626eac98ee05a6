"""What a terminal of 80 columns shows while the real command runs in it."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

COLUMNS: Final = 80
_ROWS: Final = 40
_PIECE: Final = 65536


def recorded(words: Sequence[str], *, question: str = "", answer: str = "") -> str:
    """Run the command, answer its question if it has one, and return the screen.

    Raises:
        ValueError: the question was never asked.
    """
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", _ROWS, COLUMNS, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "automation", *words],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env=_environment(),
    )
    os.close(follower)
    screen, waiting = b"", bool(question)
    for piece in _pieces(leader):
        screen += piece
        if waiting and question.encode() in screen:
            os.write(leader, f"{answer}\n".encode())
            waiting = False
    os.close(leader)
    process.wait()
    if waiting:
        raise ValueError(f"the command never asked to {question!r}")
    return screen.decode().replace("\r\n", "\n")


def _environment() -> dict[str, str]:
    """That of this process, with the colours and letters of an ordinary terminal."""
    kept = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    return kept | {"TERM": "xterm-256color", "PYTHONUTF8": "1"}


def _pieces(leader: int) -> Iterator[bytes]:
    """Whatever arrives, until the command ends; Linux raises an error then."""
    while True:
        try:
            piece = os.read(leader, _PIECE)
        except OSError:
            return
        if not piece:
            return
        yield piece
