"""A signal whose exception Python drops is remembered, and begins no work with a browser."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
import weakref
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from automation import signals
from automation.cli.main import run
from automation.engine.interrupts import Interrupts, Place
from automation.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Referent:
    """Something that can be referred to weakly."""


def interrupts() -> None:
    """What a command does on Ctrl-C."""
    raise KeyboardInterrupt


def in_a_callback(action: Callable[[], object]) -> None:
    """Call an action where Python drops what it raises."""
    referent = Referent()
    reference = weakref.ref(referent, lambda _: action())
    del referent
    assert reference() is None


@pytest.fixture
def dropped(capsys: pytest.CaptureFixture[str]) -> Iterator[None]:
    """Ctrl-C in a weak reference's callback, without a word on the screen."""
    with signals.remembered(), signals.handled(interrupts):
        in_a_callback(lambda: signal.raise_signal(signal.SIGINT))
        yield
    assert capsys.readouterr().err == ""


def test_a_dropped_signal_is_remembered(dropped: None) -> None:
    """GIVEN a signal in a callback THEN it is known, although nothing was raised."""
    del dropped
    assert signals.arrived()


def test_work_does_not_begin_after_a_dropped_signal(dropped: None) -> None:
    """GIVEN a dropped signal WHEN work with a browser would begin THEN it is interrupted."""
    del dropped
    begun = []

    async def work() -> None:
        await asyncio.sleep(0)
        begun.append(1)

    over = Interrupts(lambda: Place("a step"), 1.0)
    with over, ThreadPoolExecutor(1) as thread, pytest.raises(KeyboardInterrupt):
        thread.submit(over.run, work()).result()  # the main thread may be inside Playwright's loop
    assert not begun


def test_a_command_without_a_signal_knows_of_none() -> None:
    """Positive control: the memory ends with its command."""
    with signals.remembered():
        assert not signals.arrived()


def test_a_signal_before_the_command_is_handled_as_one_in_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """GIVEN Ctrl-C while modules are imported THEN exit 130 and one document, as later."""
    with signals.deferred():
        signal.raise_signal(signal.SIGINT)
        code = run(["rules", "--json"])

    assert code == ExitCode.INTERRUPTED
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "interrupted"


# The entry point, with a Ctrl-C at the first import of a module, or right before or after its call.
INTERRUPTED_START = """
import signal, sys

when = sys.argv.pop(1)

class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == when:
            sys.meta_path.remove(self)
            signal.raise_signal(signal.SIGINT)

sys.meta_path.insert(0, Interrupting())
from automation.__main__ import main
if when == "before":
    signal.raise_signal(signal.SIGINT)
try:
    main()
finally:
    if when == "after":
        signal.raise_signal(signal.SIGINT)
"""


@pytest.mark.parametrize(
    ("when", "code"), [("automation.signals", 130), ("before", 130), ("after", 0)]
)
def test_a_signal_while_the_program_starts_or_ends(when: str, code: int) -> None:
    """GIVEN Ctrl-C before the command begins THEN exit 130 and one document; after it, nothing changes."""
    ended = subprocess.run(
        [sys.executable, "-c", INTERRUPTED_START, when, "rules", "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (code, "")
    told = json.loads(ended.stdout)
    assert told.get("error", {}).get("code") == ("interrupted" if code else None)


def test_other_dropped_exceptions_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN another error in a callback THEN the hook before ours hears of it."""
    heard = []
    monkeypatch.setattr("sys.unraisablehook", lambda given: heard.append(given.exc_type))

    def fails() -> None:
        raise KeyError

    with signals.remembered():
        in_a_callback(fails)
    assert heard == [KeyError]
