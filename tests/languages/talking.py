"""A dialogue with the real command at a terminal: several questions, one answer each."""

from __future__ import annotations

import os
import pty
import select
import tempfile
import time
from typing import TYPE_CHECKING

from tests.ready.processes import start

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
        screen, unread, todo = b"", b"", list(turns)
        end = time.monotonic() + seconds
        while time.monotonic() < end and process.poll() is None:
            if not select.select([leader], [], [], 0.1)[0]:
                continue
            try:
                piece = os.read(leader, _READ)
            except OSError:  # Linux raises EIO when the other side is closed
                break
            screen, unread = screen + piece, unread + piece
            if todo and todo[0][0].encode() in unread:
                os.write(leader, todo.pop(0)[1].encode() + b"\n")
                unread = b""
        os.close(leader)
        code = process.wait(timeout=10)
        out.seek(0)
        return code, out.read().decode(), screen.decode(errors="replace")
