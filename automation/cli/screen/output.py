"""Print JSON documents, errors with their next step, and the progress of a run."""

from __future__ import annotations

import math
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from automation.cli.screen.hints import with_command
from automation.cli.screen.live import LiveLine, step_name, words_of
from automation.cli.screen.paths import with_whole_paths
from automation.cli.screen.terminal import (
    can_rewrite,
    echo,
    end_question,
    screen_width,
    style,
    whole,
)
from automation.errors import ErrorCode
from automation.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from automation.aliexpress.running import Run
    from automation.aliexpress.walk.progress import StepRecord
    from automation.errors import ToolError

_FALSE = {"", "0", "false", "no", "off", "n", "f"}
# Enough for any hint, whose commands and paths must not be cut.
LONGEST = 10_000
_LONG = 5
_HANG, _NARROW = 10, 60


def wants_json(words: list[str]) -> bool:
    """True if the call asked for JSON, even if its arguments cannot be parsed."""
    variable = os.environ.get("DISPUTE_GUARD_JSON", "").strip().lower()
    before_double_dash = words[: words.index("--")] if "--" in words else words
    return "--json" in before_double_dash or variable not in _FALSE


def print_json(document: Mapping[str, object]) -> None:
    """Print one document on stdout, in ASCII, so that page text cannot fool a terminal."""
    import json  # no part of a start for people

    echo(json.dumps(document, indent=2, ensure_ascii=True, default=str), wrap=False)


def emit_error(
    error: ToolError,
    words: list[str],
    *,
    as_json: bool,
    state_dir: Path | None = None,
    command: str,
) -> None:
    """Print an error on stderr, or as JSON on stdout.

    Args:
        command: the one that was called; empty if it is not known.
        state_dir: the state folder of the call, if it is not the usual one.
    """
    if error.code is ErrorCode.INTERRUPTED:
        end_question()
    error.hint = with_command(error.hint, state_dir)
    if as_json:
        base = error.document if error.document is not None else _empty_document(command)
        print_json({**base, "exit_code": int(error.exit_code), "error": error.as_json()})
        return
    folder = (str(state_dir),) if state_dir else ()

    def cleaned(text: str) -> str:
        return with_whole_paths(clean_text(text, LONGEST), (*words, *folder))

    message = cleaned(error.brief or error.message)
    echo(f"{style('dispute-guard:', 'bold')} {message}", err=True)
    if claim := error.claim or _claim_before_a_run(error, command):
        echo(f"  {claim}", err=True)
    if error.hint and not error.brief:
        echo(f"  next: {cleaned(error.hint)}", err=True)
    if error.evidence:
        evidence = clean_text(error.evidence, LONGEST)
        shown = whole(evidence) if Path(evidence).is_absolute() else evidence
        echo(f"  {_kind_of(error.evidence)}: {shown}", err=True)


def _kind_of(evidence: str) -> str:
    """How to call it: a file of this machine, or the path of the page where it happened."""
    try:
        is_page = evidence.startswith("/") and not Path(evidence).exists()
    except (OSError, ValueError):  # no name that a file can have
        is_page = True
    return "page" if is_page else "see"


def _claim_before_a_run(error: ToolError, command: str) -> str:
    """What ``cancel`` sent if it ended before it had a report: usage errors, early Ctrl-C."""
    from automation.engine.outcome import Sent

    early = error.document is None and command == "cancel"
    return Sent.NOTHING.words if early else ""


def _empty_document(command: str) -> Mapping[str, object]:
    """The fields that scripts rely on, for a call that ended before it had a report."""
    if command not in {"cancel", "verify", "advise"}:
        return {}
    from automation.aliexpress.advice_answer import Advised
    from automation.aliexpress.answer import Answer
    from automation.engine.outcome import Outcome

    if command == "advise":
        return Advised().as_json()
    outcome = Outcome.NOT_DONE if command == "cancel" else Outcome.UNKNOWN
    return Answer(command=command, outcome=outcome).as_json()


class Progress:
    """Shows a run on stderr: one line for each step that is over, and at a terminal the one in progress.

    With many orders to read, a terminal shows how many are read instead of every step.

    Args:
        on: false shows nothing, for scripts.
    """

    def __init__(self, *, on: bool) -> None:
        self._on = on
        self._done, self._wanted = 0, 0
        self._began = 0.0

    def of(self, run: Run) -> LiveLine:
        """The line that shows what a run does now, while the body works."""
        return LiveLine(lambda: self._orders_of(run) or words_of(run), on=self._on)

    def step(self, record: StepRecord) -> None:
        """Print a finished step."""
        if self._on and not self._counts:
            name = step_name(record.step)
            seconds = style(f"{record.seconds:6.2f} s", "dim")
            note = clean_text(record.note, 100)
            if screen_width() < _NARROW:
                echo(f"{seconds}  {name}{note and f': {note}'}", err=True, hang=_HANG)
            else:
                page = f"{record.page}{note and f' – {note}'}"
                echo(f"{seconds}  {name:<16} {page}", err=True, hang=_HANG)

    def say(self, line: str) -> None:
        """Print a message between steps."""
        if self._on:
            echo(" " * _HANG + line, err=True, hang=_HANG)

    def orders(self, done: int, wanted: int) -> None:
        """Know how many of the wanted orders were read."""
        self._began = self._began or time.monotonic()
        self._done, self._wanted = done, wanted

    @property
    def _counts(self) -> bool:
        """Whether the orders are so many that their number says more than their steps."""
        return self._wanted > _LONG and self._done < self._wanted and can_rewrite()

    def _orders_of(self, run: Run) -> str:
        """Which of many orders is read now, and how long the others may take."""
        if not self._counts or run.human_is_asked:
            return ""
        spent = time.monotonic() - self._began
        left = spent / self._done * (self._wanted - self._done) if self._done else None
        soon = f", about {math.ceil(left)} s left" if left is not None else ""
        return f"          order {self._done + 1} of {self._wanted}{soon}"
