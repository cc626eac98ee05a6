"""What the end of a command must know about its start, whatever stopped it in between."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import click

from automation.signals import arrived, handled, remembered

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from automation.engine.session.ahead import Ahead


class MaySend(Protocol):
    """A run, or several one after the other."""

    @property
    def request_left(self) -> bool:
        """True once a request was sent, or may have been, whose outcome is still to be told."""


@dataclass
class Signals:
    """Turns Ctrl-C, SIGTERM and SIGHUP into ``KeyboardInterrupt`` inside the block.

    Args:
        over: ignore signals, since only the answer is still to be printed.
        run: the command's run; once it has sent its request, signals are ignored.
    """

    over: bool = False
    run: MaySend | None = None

    @contextlib.contextmanager
    def caught(self) -> Iterator[None]:
        """Handle signals until the block ends."""
        with remembered(), handled(self._on_signal):
            yield

    @staticmethod
    def check() -> None:
        """Begin nothing after a signal.

        Raises:
            KeyboardInterrupt: one came before it could be handled.
        """
        if arrived():
            raise KeyboardInterrupt

    def _on_signal(self) -> None:
        if not self.over and not (self.run and self.run.request_left):
            raise KeyboardInterrupt


@dataclass
class Call:
    """One call of the command line.

    Args:
        words: the arguments as typed.
        as_json: the answer is one JSON document.
        state_dir: the folder set by an option, a variable or the config file.
        config: path of the config file, which may not exist.
        order: the order as it was typed or pasted.
        ahead: a driver that starts already, for the first browser of this call.
        done: what was asked for is cancelled, which stays true if the answer is lost.
    """

    words: list[str] = field(default_factory=list)
    as_json: bool = False
    state_dir: Path | None = None
    config: Path | None = None
    order: str = ""
    signals: Signals = field(default_factory=Signals)
    ahead: Ahead | None = None
    done: bool = False


def this_call() -> Call:
    """The current call; a new one if a command runs without ``main``."""
    context = click.get_current_context(silent=True)
    return (context.ensure_object(Call) if context else None) or Call()


def until_told(run: MaySend) -> None:
    """Once this run has sent its request, let no signal cut off the answer."""
    this_call().signals.run = run
