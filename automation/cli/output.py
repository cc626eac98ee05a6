"""Printing: one JSON document, or words for a person, and errors in four parts."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from typing import TYPE_CHECKING, Any

import click

from automation.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.errors import ToolError
    from automation.flow.report import Report, StepRecord

_FALSE = {"", "0", "false", "no", "off", "n", "f"}
_LONGEST = 600
_WITH_OUTCOME = {"cancel", "verify"}


@contextlib.contextmanager
def reader_may_leave() -> Iterator[None]:
    """Print in the body; a reader that went away (``| head``) changes nothing that happened.

    Nor does a full disk. Without this a cancel that was done would exit as one that failed.
    """
    try:
        yield
        sys.stdout.flush()
    except OSError as error:
        if not isinstance(error, BrokenPipeError):
            with contextlib.suppress(OSError):
                click.echo(f"dispute-guard: the answer could not be written: {error}", err=True)
        # The interpreter flushes stdout once more at its end: let that go nowhere.
        with contextlib.suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, sys.stdout.fileno())


def wants_json(words: list[str]) -> bool:
    """True if the call asked for JSON, also where its words could not be parsed."""
    variable = os.environ.get("DISPUTE_GUARD_JSON", "").strip().lower()
    before_double_dash = words[: words.index("--")] if "--" in words else words
    return "--json" in before_double_dash or variable not in _FALSE


def print_json(document: dict[str, Any]) -> None:
    """One document on stdout; everything beyond ASCII is escaped, so no terminal is fooled."""
    click.echo(json.dumps(document, indent=2, ensure_ascii=True, default=str))


def emit_error(error: ToolError, words: list[str], *, as_json: bool) -> None:
    """Tell an error on stderr, and as JSON if that was asked for."""
    with reader_may_leave():
        _emit(error, words, as_json=as_json)


def _emit(error: ToolError, words: list[str], *, as_json: bool) -> None:
    if as_json:
        base = error.document or _empty_document(words)
        print_json({**base, "exit_code": int(error.exit_code), "error": error.as_json()})
        return
    click.echo(
        f"{click.style('dispute-guard:', bold=True)} {clean_text(error.message, _LONGEST)}",
        err=True,
    )
    if error.claim:
        click.echo(f"  {error.claim}", err=True)
    if error.hint:
        click.echo(f"  next: {clean_text(error.hint, _LONGEST)}", err=True)
    if error.evidence:
        click.echo(f"  see: {clean_text(error.evidence, _LONGEST)}", err=True)


def _empty_document(words: list[str]) -> dict[str, Any]:
    """The fields that a script may rely on, for a call that never got as far as a report."""
    command = next((word for word in words if not word.startswith("-")), "")
    if command not in _WITH_OUTCOME:
        return {}
    return {
        "command": command,
        "verdict": None,
        "findings": [],
        "refile_by": None,
        "outcome": "not_done" if command == "cancel" else "unknown",
        "stopped_at": "words",
        "reason": "",
        "plan": None,
        "warnings": [],
        "guard": {"allowed": [], "refused": [], "held_back": []},
        "attempt": None,
        "receipt": None,
        "sent": "nothing",
        "unsettled": [],
    }


def report_document(report: Report) -> dict[str, Any]:
    """The JSON answer of a command that used the flow."""
    advice = (
        report.advice.as_json()
        if report.advice
        else {"verdict": None, "findings": [], "refile_by": None}
    )
    return {
        "command": report.command,
        "order": report.order_id,
        **advice,
        "outcome": report.outcome.value,
        "stopped_at": report.stopped_at.value,
        "reason": clean_text(report.reason, _LONGEST),
        "plan": _plan(report),
        "warnings": _warnings(report),
        "guard": report.guard.report().as_json()
        if report.guard
        else {"allowed": [], "refused": [], "held_back": []},
        "attempt": report.attempt,
        "receipt": report.receipt,
        "sent": report.sent.value,
        "unsettled": list(report.unsettled),
        "steps": [
            {
                "step": s.step.value,
                "page": s.page,
                "seconds": round(s.seconds, 3),
                "note": clean_text(s.note),
            }
            for s in report.steps
        ],
        **_cleaned(report.details),
    }


def _plan(report: Report) -> dict[str, Any] | None:
    return {**report.plan.as_json(), "warnings": _warnings(report)} if report.plan else None


def _warnings(report: Report) -> list[dict[str, str]]:
    return [warning.as_json() for warning in report.warnings]


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean_text(value, _LONGEST)
    if isinstance(value, dict):
        return {key: _cleaned(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_cleaned(each) for each in value]
    return value


class Progress:
    """One line per step on stderr, while the run works."""

    def __init__(self, *, on: bool) -> None:
        self._on = on

    def step(self, record: StepRecord) -> None:
        """Tell a step that ended."""
        if self._on:
            name = record.step.value.replace("_", " ")
            note = f" – {clean_text(record.note, 100)}" if record.note else ""
            seconds = click.style(f"{record.seconds:6.2f} s", dim=True)
            click.echo(f"{seconds}  {name:<16} {record.page}{note}", err=True)

    def say(self, line: str) -> None:
        """Tell something that is no step."""
        if self._on:
            click.echo(f"          {line}", err=True)


def is_terminal() -> bool:
    """True if a person can be asked: both sides of the conversation are a terminal."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()
