"""Print JSON documents, errors with their next step, and the progress of a run."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Self

from automation.cli.hints import with_command
from automation.cli.terminal import echo, style
from automation.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from automation.aliexpress.walk.progress import StepRecord
    from automation.errors import ToolError

_FALSE = {"", "0", "false", "no", "off", "n", "f"}
_LONGEST = 600
_LONG = 5


def wants_json(words: list[str]) -> bool:
    """True if the call asked for JSON, even if its arguments cannot be parsed."""
    variable = os.environ.get("DISPUTE_GUARD_JSON", "").strip().lower()
    before_double_dash = words[: words.index("--")] if "--" in words else words
    return "--json" in before_double_dash or variable not in _FALSE


def print_json(document: Mapping[str, object]) -> None:
    """Print one document on stdout, in ASCII, so that page text cannot fool a terminal."""
    echo(json.dumps(document, indent=2, ensure_ascii=True, default=str), wrap=False)


def emit_error(error: ToolError, words: list[str], *, as_json: bool) -> None:
    """Print an error on stderr, or as JSON on stdout."""
    error.hint = with_command(error.hint)
    if as_json:
        base = error.document if error.document is not None else _empty_document(words)
        print_json({**base, "exit_code": int(error.exit_code), "error": error.as_json()})
        return
    message = clean_text(error.brief or error.message, _LONGEST)
    echo(f"{style('dispute-guard:', 'bold')} {message}", err=True)
    if claim := error.claim or _claim_before_a_run(error, words):
        echo(f"  {claim}", err=True)
    if error.hint and not error.brief:
        echo(f"  next: {clean_text(error.hint, _LONGEST)}", err=True)
    if error.evidence:
        echo(f"  see: {clean_text(error.evidence, _LONGEST)}", err=True)


def _claim_before_a_run(error: ToolError, words: list[str]) -> str:
    """What ``cancel`` sent if it ended before it had a report: usage errors, early Ctrl-C."""
    from automation.engine.outcome import Sent

    early = error.document is None and _command(words) == "cancel"
    return Sent.NOTHING.words if early else ""


def _command(words: list[str]) -> str:
    return next((word for word in words if word in {"cancel", "verify", "advise"}), "")


def _empty_document(words: list[str]) -> Mapping[str, object]:
    """The fields that scripts rely on, for a call that ended before it had a report."""
    command = _command(words)
    if not command:
        return {}
    from automation.aliexpress.answer import Advised, Answer
    from automation.engine.outcome import Outcome

    if command == "advise":
        return Advised().as_json()
    outcome = Outcome.NOT_DONE if command == "cancel" else Outcome.UNKNOWN
    return Answer(command=command, outcome=outcome).as_json()


class Progress:
    """Print one line per step on stderr, during the run."""

    def __init__(self, *, on: bool) -> None:
        self._on = on

    def step(self, record: StepRecord) -> None:
        """Print a finished step."""
        if self._on:
            name = record.step.value.replace("_", " ")
            note = f" – {clean_text(record.note, 100)}" if record.note else ""
            seconds = style(f"{record.seconds:6.2f} s", "dim")
            echo(f"{seconds}  {name:<16} {record.page}{note}", err=True)

    def say(self, line: str) -> None:
        """Print a message between steps."""
        if self._on:
            echo(f"          {line}", err=True)


class ListProgress:
    """Shows steps as lines, or as a bar on a terminal if there are many orders to read.

    Args:
        on: false shows nothing, for scripts.
    """

    def __init__(self, *, on: bool) -> None:
        self._on = on
        self._lines = Progress(on=on)
        self._bar: Bar | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        del kind, error, trace
        self.close()

    def close(self) -> None:
        """Remove the bar from the screen."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def step(self, record: StepRecord) -> None:
        """Print a finished step, unless the bar is shown."""
        if self._bar is None:
            self._lines.step(record)

    def say(self, line: str) -> None:
        """Print a message between steps."""
        self._lines.say(line)

    def orders(self, done: int, wanted: int) -> None:
        """Show how many of the wanted orders were read."""
        if not self._on or wanted <= _LONG or not sys.stderr.isatty():
            return
        if self._bar is None and done < wanted:
            self._start(wanted)
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=done)
        if done >= wanted:
            self.close()

    def _start(self, wanted: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        self._bar = Bar(
            TextColumn("reading orders"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._bar.add_task("orders", total=wanted)
        self._bar.start()
