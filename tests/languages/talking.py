"""A dialogue with the real command at a terminal: several questions, one answer each."""

from __future__ import annotations

import os
import select
import time
from typing import TYPE_CHECKING

from tests.terminal import console

if TYPE_CHECKING:
    from collections.abc import Sequence

_READ = 65536


def talk(
    command: Sequence[str], turns: Sequence[tuple[str, str]], seconds: float = 90
) -> tuple[int, str, str]:
    """Answer each question when its text is on the screen.

    Returns:
        Exit code, stdout and the screen.
    """
    with console(command) as terminal:
        screen, unread, todo = b"", b"", list(turns)
        end = time.monotonic() + seconds
        while time.monotonic() < end and terminal.process.poll() is None:
            if not select.select([terminal.leader], [], [], 0.1)[0]:
                continue
            try:
                piece = os.read(terminal.leader, _READ)
            except OSError:  # Linux raises EIO when the other side is closed
                break
            screen, unread = screen + piece, unread + piece
            if todo and todo[0][0].encode() in unread:
                os.write(terminal.leader, todo.pop(0)[1].encode() + b"\n")
                unread = b""
        seen = terminal.seen(screen.decode(errors="replace"))
        return seen.code, seen.out, seen.screen
