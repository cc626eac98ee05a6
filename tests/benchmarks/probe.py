"""``python -m tests.benchmarks.probe FILE WORD…``: the command itself, which notes what it does when.

Noted are its calls to Playwright's driver with their answers, its own pauses, and the CPU seconds
that it had used by then. ``timeline`` runs it and puts the notes in order.
"""

from __future__ import annotations

import asyncio
import atexit
import json
import runpy
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final
from unittest import mock

from playwright._impl.transport import PipeTransport

if TYPE_CHECKING:
    from collections.abc import Mapping

_QUIET: Final = frozenset({"__waitInfo__"})
_TELLING: Final = ("url", "method", "expression", "selector", "event", "source")
_LONGEST: Final = 60


@dataclass
class Call:
    """One call or pause.

    Args:
        begun: wall clock, seconds since the epoch.
        ended: the same; 0 while it is open.
        cpu: CPU seconds of this process when it began.
    """

    what: str
    begun: float
    cpu: float
    ended: float = 0.0


@dataclass
class Notes:
    """What happened so far."""

    calls: list[Call] = field(default_factory=list)
    _open: dict[str, Call] = field(default_factory=dict)

    def begin(self, what: str) -> Call:
        """Note the begin of a call."""
        call = Call(what, time.time(), time.process_time())
        self.calls.append(call)
        return call

    def sent(self, message: Mapping[str, object]) -> None:
        """Note a message to the driver."""
        name, number = str(message.get("method")), message.get("id")
        if name not in _QUIET and number:
            self._open[str(number)] = self.begin(f"{name} {_told(message.get('params'))}".strip())

    def answered(self, message: Mapping[str, object]) -> None:
        """Note the driver's answer to a message."""
        if call := self._open.pop(str(message.get("id")), None):
            call.ended = time.time()

    def write(self, file: Path) -> None:
        """Write all of it as JSON."""
        ended = Call("the last line of the program", time.time(), time.process_time())
        file.write_text(json.dumps([asdict(each) for each in (*self.calls, ended)]), "utf-8")


def _told(params: object) -> str:
    """What tells a call from others: its address, selector or script."""
    if not isinstance(params, dict):
        return ""
    told = (str(params[name]) for name in _TELLING if params.get(name))
    return " ".join(" ".join(each.split()) for each in told)[:_LONGEST]


def watch(notes: Notes) -> None:
    """Note every message from here on, and every pause."""
    send, read, sleep = PipeTransport.send, PipeTransport.deserialize_message, asyncio.sleep

    def noted_send(self: PipeTransport, message: dict[str, object]) -> None:
        notes.sent(message)
        send(self, message)

    def noted_read(self: PipeTransport, data: str | bytes) -> dict[str, object]:
        message: dict[str, object] = read(self, data)
        notes.answered(message)
        return message

    async def noted_sleep(seconds: float, result: object = None) -> object:
        if not seconds:
            return await sleep(seconds, result)
        call = notes.begin(f"pause of {seconds:g} s")
        try:
            return await sleep(seconds, result)
        finally:
            call.ended = time.time()

    mock.patch.object(PipeTransport, "send", noted_send).start()
    mock.patch.object(PipeTransport, "deserialize_message", noted_read).start()
    mock.patch.object(asyncio, "sleep", noted_sleep).start()


def main() -> None:
    """Run the command under watch."""
    notes, file = Notes(), Path(sys.argv[1])
    notes.begin("the first line of the program")
    watch(notes)
    atexit.register(notes.write, file)
    sys.argv[:] = ["dispute-guard", *sys.argv[2:]]
    runpy.run_module("automation", run_name="__main__")


if __name__ == "__main__":
    main()
