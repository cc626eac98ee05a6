"""Standard input and output as the wire of the protocol, which nothing else reads or writes."""

from __future__ import annotations

import contextlib
import os
import socket
import threading
from typing import TYPE_CHECKING, Final

import anyio
from mcp.server.stdio import stdio_server

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from mcp.server.lowlevel.server import Server

_CHUNK: Final = 65536
_STDIN: Final = 0


async def serve_on_wire(server: Server, at_end: Callable[[], Awaitable[None]]) -> None:
    """Serve one client until it closes its end, or this is cancelled.

    The SDK points standard output at standard error meanwhile, so that a stray line reaches a log.

    Args:
        at_end: ends what still runs; awaited while the wire is open.
    """
    with _own_input() as incoming:
        lines = incoming.makefile(encoding="utf-8", errors="replace", newline="\n")
        async with stdio_server(stdin=anyio.wrap_file(lines)) as (reading, writing):
            try:
                await server.run(reading, writing, server.create_initialization_options())
            finally:
                await at_end()
                # The SDK waits for the line that it is reading; the end of the input is one.
                incoming.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def _own_input() -> Iterator[socket.socket]:
    """Standard input as a socket that this process can end; its children get an empty one.

    A read of a pipe cannot be cancelled, so a thread that may be left behind does it.
    """
    source, empty = os.dup(_STDIN), os.open(os.devnull, os.O_RDONLY)
    os.dup2(empty, _STDIN)
    os.close(empty)
    incoming, outgoing = socket.socketpair()
    threading.Thread(target=_copy, args=(source, outgoing), daemon=True).start()
    with incoming:
        yield incoming


def _copy(source: int, to: socket.socket) -> None:
    """Pass on what is read, until its end or that of the reader."""
    with to, contextlib.suppress(OSError):
        while chunk := os.read(source, _CHUNK):
            to.sendall(chunk)
