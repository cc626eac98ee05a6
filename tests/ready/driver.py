"""One warm Playwright driver for the runs of a test process, in place of a new one for each.

It lends its runs browsers as well, each to one run at a time (``browsers.js``). A test that is
about the driver's process, or that ends it, starts its run with a driver of its own; a run whose
environment has a mark (``tests.faults.processes``) has a browser of its own.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from playwright._impl import out_of_process
from playwright._impl._driver import compute_driver_executable, get_driver_env
from playwright._impl.transport import PipeTransport

if TYPE_CHECKING:
    from collections.abc import Iterator

_PROGRAM: Final = Path(__file__).with_name("driver.js")
_END_SECONDS: Final = 10.0
_LIMIT: Final = 32768


class Driver:
    """The driver's process, which ends with its standard input."""

    def __init__(self) -> None:
        node, cli = compute_driver_executable()
        self._folder = tempfile.TemporaryDirectory(
            prefix="dispute-guard-driver-", ignore_cleanup_errors=True
        )
        self.address = str(Path(self._folder.name, "driver"))
        self._process = subprocess.Popen(
            [node, str(_PROGRAM), str(Path(cli).parent), self.address],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=get_driver_env(),
        )
        if self._process.stdout is None or self._process.stdout.readline() != b"ready\n":
            raise RuntimeError("the shared driver did not start")

    @property
    def runs(self) -> bool:
        """Whether it still serves."""
        return self._process.poll() is None

    def close(self) -> None:
        """End it."""
        if self._process.stdin and self._process.stdout:
            self._process.stdin.close()
            self._process.wait(_END_SECONDS)
            self._process.stdout.close()
        self._folder.cleanup()


@dataclass(frozen=True)
class _Line:
    """A connection in the place of a driver's process: its streams, and its end."""

    stdout: asyncio.StreamReader
    writer: asyncio.StreamWriter

    @property
    def stdin(self) -> _Line:
        """Where calls are written."""
        return self

    def write(self, data: bytes) -> None:
        """Write a part of a call."""
        self.writer.write(data)

    def close(self) -> None:
        """Say that no call follows."""
        if self.writer.can_write_eof() and not self.writer.is_closing():
            self.writer.write_eof()

    async def communicate(self) -> None:
        """Wait for the other side's end."""
        try:
            await self.stdout.read()
        finally:
            self.writer.close()


class _SharedTransport(PipeTransport):
    """Playwright's transport, to a driver that is already there."""

    address = ""

    async def connect(self) -> None:
        """Connect, and say which environment a browser of this run has."""
        self._stopped_future: asyncio.Future[None] = asyncio.Future()
        try:
            line = _Line(*await asyncio.open_unix_connection(self.address, limit=_LIMIT))
        except OSError as error:
            self.on_error_future.set_exception(error)
            raise
        variables = [{"name": name, "value": value} for name, value in os.environ.items()]
        said = json.dumps(variables).encode()
        line.write(len(said).to_bytes(4, "little") + said)
        self._proc = line  # type: ignore[assignment]  # all that is used of a process
        self._output = line  # type: ignore[assignment]  # and of its standard input


# Where Playwright's client finds its transport.
_NAMES: Final = vars(out_of_process)
_NAME: Final = "PipeTransport"


def use_driver(address: str) -> None:
    """Let Playwright in this process connect to the driver there instead of starting one."""
    _NAMES[_NAME] = type("Transport", (_SharedTransport,), {"address": address})


@contextmanager
def on_driver(address: str) -> Iterator[None]:
    """Inside, a client that starts connects to the driver there; without an address, to its own."""
    own = _NAMES[_NAME]
    if address:
        use_driver(address)
    try:
        yield
    finally:
        _NAMES[_NAME] = own
