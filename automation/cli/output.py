"""Print the answer as one JSON document or as text, and errors with their next step."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from automation.cli.terminal import echo, style
from automation.text import clean_text

if TYPE_CHECKING:
    from automation.aliexpress.report import Report, StepRecord
    from automation.errors import ToolError

_FALSE = {"", "0", "false", "no", "off", "n", "f"}
_LONGEST = 600
_NO_ADVICE: dict[str, Any] = {"verdict": None, "findings": [], "refile_by": None}


def wants_json(words: list[str]) -> bool:
    """True if the call asked for JSON, even if its arguments cannot be parsed."""
    variable = os.environ.get("DISPUTE_GUARD_JSON", "").strip().lower()
    before_double_dash = words[: words.index("--")] if "--" in words else words
    return "--json" in before_double_dash or variable not in _FALSE


def print_json(document: dict[str, Any]) -> None:
    """Print one document on stdout, in ASCII, so that page text cannot fool a terminal."""
    echo(json.dumps(document, indent=2, ensure_ascii=True, default=str), wrap=False)


def emit_error(error: ToolError, words: list[str], *, as_json: bool) -> None:
    """Print an error on stderr, or as JSON on stdout."""
    if as_json:
        base = error.document if error.document is not None else _empty_document(words)
        print_json({**base, "exit_code": int(error.exit_code), "error": error.as_json()})
        return
    echo(f"{style('dispute-guard:', 'bold')} {clean_text(error.message, _LONGEST)}", err=True)
    if claim := error.claim or _claim_before_a_run(error, words):
        echo(f"  {claim}", err=True)
    if error.hint:
        echo(f"  next: {clean_text(error.hint, _LONGEST)}", err=True)
    if error.evidence:
        echo(f"  see: {clean_text(error.evidence, _LONGEST)}", err=True)


def _claim_before_a_run(error: ToolError, words: list[str]) -> str:
    """What ``cancel`` sent if it ended before it had a report: usage errors, early Ctrl-C."""
    from automation.engine.sent import Sent

    early = error.document is None and _command(words) == "cancel"
    return Sent.NOTHING.words if early else ""


def _command(words: list[str]) -> str:
    return next((word for word in words if word in {"cancel", "verify", "advise"}), "")


def _empty_document(words: list[str]) -> dict[str, Any]:
    """The fields that scripts rely on, for a call that ended before it had a report."""
    command = _command(words)
    if command == "advise":
        return {"command": command, **_NO_ADVICE}
    if not command:
        return {}
    from automation.aliexpress.answer import Answer
    from automation.engine.outcome import Outcome

    outcome = Outcome.NOT_DONE if command == "cancel" else Outcome.UNKNOWN
    return Answer(command=command, outcome=outcome).as_json()


def report_document(report: Report) -> dict[str, Any]:
    """The JSON answer of a command that used the flow."""
    return report.answer().as_json()


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
