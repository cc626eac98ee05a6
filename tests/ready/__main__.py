"""A process that has imported the tool and turns a copy of itself into each run.

``python -m tests.ready FD`` reads calls from a socket. A call brings the run's own stdin,
stdout and stderr; its process has its own number, signals and exit code like any other,
and only the second that Python takes to import everything is gone.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import pkgutil
import runpy
import selectors
import signal
import socket
import sys
import threading
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Final, NoReturn, TextIO

import automation
from tests.ready.camera import take_blank_pictures
from tests.ready.driver import use_driver
from tests.ready.warming import build_models, read_data, read_pages

_LONGEST: Final = 1 << 18
_LATE: Final = (
    "PIL.GifImagePlugin",
    "PIL.JpegImagePlugin",
    "PIL.PngImagePlugin",
    "PIL.PpmImagePlugin",
    "babel.dates",
    "click._textwrap",
    "concurrent.futures.thread",
    "playwright._impl.json_pipe",
    "playwright._impl.local_utils",
    "playwright._impl.protocol_channels",
    "rich.table",
)
"""Modules that are only imported once a run needs them."""
_FLUSH_FAILED: Final = 120
"""Python's own exit code if standard output cannot be written at the end."""
_FILES: Final = 4  # stdin, stdout, stderr, and where the exit code goes


@dataclass
class Server:
    """Starts what is asked for and tells how each process ended."""

    calls: socket.socket
    selector: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)
    ends: dict[int, tuple[int, int]] = field(default_factory=dict)

    def serve(self) -> dict[str, Any] | None:
        """Serve until nobody calls any more; in a new process, the call that it is for."""
        self.selector.register(self.calls, selectors.EVENT_READ)
        while True:
            for key, _ in self.selector.select():
                if key.fd != self.calls.fileno():
                    self._ended(key.fd)
                    continue
                said, files, *_ = socket.recv_fds(self.calls, _LONGEST, _FILES)
                if not said:
                    return None
                call: dict[str, Any] = json.loads(said)
                if self._fork(files):
                    return call

    def _fork(self, files: list[int]) -> bool:
        child = os.fork()
        if child:
            watch = os.pidfd_open(child)
            self.ends[watch] = (child, files[3])
            self.selector.register(watch, selectors.EVENT_READ)
            self.calls.send(str(child).encode())
            for file in files[:3]:
                os.close(file)
            return False
        for number, file in enumerate(files[:3]):
            os.dup2(file, number)
        others = [number for watch, (_, end) in self.ends.items() for number in (watch, end)]
        self.selector.close()
        self.calls.close()
        for file in (*files, *others):
            os.close(file)
        return True

    def _ended(self, watch: int) -> None:
        self.selector.unregister(watch)
        child, end = self.ends.pop(watch)
        _, status = os.waitpid(child, 0)
        try:
            os.write(end, str(os.waitstatus_to_exitcode(status)).encode())
        except BrokenPipeError:
            pass  # whoever started it does not wait for it
        finally:
            os.close(end)
            os.close(watch)


def import_all() -> None:
    """Import the whole tool and what it uses, and let it read its data once."""
    for module in pkgutil.walk_packages(automation.__path__, "automation."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    for name in _LATE:
        import_module(name)
    build_models()
    read_data()
    read_pages()
    gc.collect()
    gc.freeze()


def become(call: dict[str, Any]) -> None:
    """Be the process that was asked for: its session, environment, streams and words."""
    if call["new_session"]:
        os.setsid()
    os.chdir(call["folder"])
    os.environ.clear()
    os.environ.update(call["env"])
    sys.stdin = _stream(0, "r", -1, sys.stdin.errors)
    sys.stdout = _stream(1, "w", 1 if os.isatty(1) else -1, sys.stdout.errors)
    sys.stderr = _stream(2, "w", 1, sys.stderr.errors)
    sys.argv = ["", *call["words"]]
    take_blank_pictures()
    if call["driver"]:
        use_driver(call["driver"])


def _stream(number: int, mode: str, buffering: int, errors: str | None) -> TextIO:
    encoding = sys.stdout.encoding
    return open(number, mode, buffering, encoding, errors, closefd=False)  # type: ignore[return-value]


def main() -> None:
    """Serve; in each new process, run what it was started for."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    import_all()
    call = Server(socket.socket(fileno=int(sys.argv[1]))).serve()
    if call is None:
        return
    become(call)
    try:
        runpy.run_module(call["module"], run_name="__main__", alter_sys=True)
    except SystemExit as end:
        if not isinstance(end.code, int):
            raise
        leave(end.code)


def leave(code: int) -> NoReturn:
    """End as Python does, but leave the memory to the system.

    Taking apart what all copies share copies it first: most of what a short run costs.
    """
    threading._shutdown()  # type: ignore[attr-defined]  # noqa: SLF001  waits for threads
    atexit._run_exitfuncs()  # noqa: SLF001
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        code = _FLUSH_FAILED
    os._exit(code)


if __name__ == "__main__":
    main()
