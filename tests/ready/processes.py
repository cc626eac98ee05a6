"""Starts processes of the real command: from one that has imported it, or from nothing."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, Protocol

from tests.ready.driver import Driver

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_START_SECONDS: Final = 60.0
# A command that has not ended by then hangs. No test measures time: a busy machine may be ten
# times as slow as a calm one.
HANGS_SECONDS: Final = 300.0


class Process(Protocol):
    """What tests need of a running process."""

    pid: int

    def poll(self) -> int | None:
        """Its exit code, negative for a signal; ``None`` while it runs."""

    def wait(self, timeout: float | None = None) -> int:
        """Its exit code, when it has ended."""

    def send_signal(self, sig: int, /) -> None:
        """Send it a signal, if it still runs."""

    def kill(self) -> None:
        """Kill it."""


@dataclass
class Ready:
    """A process that was made from the one that has imported the tool."""

    pid: int
    end: int
    code: int | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def poll(self) -> int | None:
        """Its exit code, if it has ended."""
        return self._look(0)

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end.

        Raises:
            subprocess.TimeoutExpired: it did not end in time.
        """
        code = self._look(timeout)
        if code is None:
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0.0)
        return code

    def send_signal(self, sig: int, /) -> None:
        """Send it a signal, if it still runs."""
        if self.poll() is None:
            os.kill(self.pid, sig)

    def kill(self) -> None:
        """Kill it."""
        self.send_signal(signal.SIGKILL)

    def _look(self, seconds: float | None) -> int | None:
        with self._lock:
            if self.code is None and select.select([self.end], [], [], seconds)[0]:
                said = os.read(self.end, 16)
                os.close(self.end)
                if not said:
                    raise RuntimeError("the process that starts others is gone")
                self.code = int(said)
            return self.code


class Starter:
    """The process that has imported the tool, seen from the tests."""

    # Tests may change the folder that they are in.
    _root = Path(__file__).parents[2]

    def __init__(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._calls = ours
        self._calls.settimeout(_START_SECONDS)
        self._lock = threading.Lock()
        self._driver: Driver | None = None
        with theirs:
            self._server = subprocess.Popen(
                [sys.executable, "-m", __package__, str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                cwd=self._root,
                pass_fds=[theirs.fileno()],
            )

    def start(self, module: str, words: Sequence[str], files: Sequence[int], **how: Any) -> Ready:  # noqa: ANN401  as JSON
        """Start a module with these words and standard files."""
        call = json.dumps({"module": module, "words": list(words), **how}).encode()
        reader, writer = os.pipe()
        try:
            with self._lock:
                socket.send_fds(self._calls, [call], [*files, writer])
                pid = int(self._calls.recv(32))
        finally:
            os.close(writer)
        return Ready(pid, reader)

    def driver(self) -> str:
        """The address of the driver that runs share."""
        if self._driver is not None and not self._driver.runs:
            self._driver.close()
            self._driver = None
        if self._driver is None:
            self._driver = Driver()
        return self._driver.address

    def close(self) -> None:
        """End it; it waits for none of its processes."""
        if self._driver is not None:
            self._driver.close()
        self._calls.close()
        self._server.wait(_START_SECONDS)


@dataclass
class _Pool:
    """Has a starter from its first use on, where one is wanted."""

    wanted: bool = False
    starter: Starter | None = None

    def get(self) -> Starter | None:
        if self.wanted and self.starter is None:
            self.starter = Starter()
        return self.starter


_POOL: Final = _Pool()


def driver_address() -> str:
    """The address of the driver that this process's runs share; empty where there is none."""
    starter = _POOL.get()
    return starter.driver() if starter else ""


@contextmanager
def ready_processes() -> Iterator[None]:
    """Inside, :func:`start` starts from a process that has imported the tool."""
    _POOL.wanted = hasattr(os, "pidfd_open")  # on another system each run starts from nothing
    try:
        yield
    finally:
        _POOL.wanted = False
        if _POOL.starter:
            _POOL.starter.close()


def start(
    command: Sequence[str],
    *,
    stdin: int,
    stdout: int,
    stderr: int,
    env: Mapping[str, str] | None = None,
    new_session: bool = False,
    shared_driver: bool = False,
) -> Process:
    """Start ``python -m MODULE WORDS…`` with files of its own.

    Args:
        shared_driver: the run uses the driver that is already there; not for a test of how a
            run ends, or of what the driver inherits.
    """
    python, option, module, *words = command
    starter = _POOL.get()
    if starter is None or (python, option) != (sys.executable, "-m"):
        return subprocess.Popen(
            command,
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
            env=env,
            start_new_session=new_session,
        )
    return starter.start(
        module,
        words,
        (stdin, stdout, stderr),
        env=dict(os.environ if env is None else env),
        folder=str(Path.cwd()),
        new_session=new_session,
        driver=starter.driver() if shared_driver else "",
    )


def run(
    command: Sequence[str], said: str = "", seconds: float = HANGS_SECONDS
) -> tuple[int, str, str]:
    """Run a command to its end without a terminal: its exit code, stdout and stderr."""
    with (
        tempfile.TemporaryFile() as given,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
    ):
        given.write(said.encode())
        given.seek(0)
        process = start(
            command,
            stdin=given.fileno(),
            stdout=out.fileno(),
            stderr=err.fileno(),
            shared_driver=True,
        )
        try:
            code = process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise
        return code, _text(out), _text(err)


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()
