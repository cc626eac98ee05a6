"""What the end of a command has to know of its beginning, whatever stopped it between."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from automation.cli.signals import Signals

if TYPE_CHECKING:
    from pathlib import Path

    from automation.flow.report import Report


@dataclass
class Call:
    """One call of the command line.

    Args:
        words: as they were typed.
        as_json: the answer is to be one JSON document.
        state_dir: the folder named by an option, a variable or the config file.
        config: the config file that counts, whether it is there or not.
    """

    words: list[str] = field(default_factory=list)
    as_json: bool = False
    state_dir: Path | None = None
    config: Path | None = None
    signals: Signals = field(default_factory=Signals)


def this_call() -> Call:
    """The call that runs; a new one where a command is used without ``main``."""
    context = click.get_current_context(silent=True)
    return (context.ensure_object(Call) if context else None) or Call()


def until_told(report: Report) -> None:
    """From now on a signal after the request of this run does not cut off the answer."""
    this_call().signals.report = report
