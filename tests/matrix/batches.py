"""Which ways are tried together, on which pages, and the exit code of each command."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from fixtures.pages import ways_out
from tests.matrix.commands import COMMANDS, EXPECTED, STOPPED

_LAST_PAGES: Final = {
    "advise": "detail",
    "list": "list",
    "dry run": "dispute",
    "refused": "list",
    "declined": "dispute",
    "stale": "detail",
    "commit": "dispute",
}
"""Where ways that open windows or end a run are tried, so that it gets as far as this page."""


@dataclass(frozen=True)
class Batch:
    """Ways that one run of a command can try, and the expected exit codes."""

    ways: tuple[str, ...]
    codes: frozenset[int]
    settings: dict[str, Any] = field(default_factory=dict)


def quiet(command: str) -> Batch:
    """Everything that leaves the page where it is, on all pages and at every click."""
    found = ways_out.natures()
    groups = ("stays", "commands", "opens", "asks", "leaves", "closes", "ends")
    ways = tuple(name for group in groups for name in found[group])
    return Batch(ways, frozenset({EXPECTED[command]}), {"leaks_at_clicks": True})


def windows(command: str) -> Batch:
    """Everything that opens a window on a write's address; it is closed, and the run goes on."""
    codes = frozenset({EXPECTED[command]})
    return Batch(ways_out.natures()["strays"], codes, {"leaks_on": (_LAST_PAGES[command],)})


def replacing(command: str) -> tuple[Batch, ...]:
    """Everything that replaces its page, one way per run; the run stops there.

    A refusal may come first: the rules may have what they need before the page is gone.
    """
    page = {"leaks_on": (_LAST_PAGES[command],)}
    codes = frozenset({STOPPED, EXPECTED[command]} if command == "refused" else {STOPPED})
    return tuple(Batch((name,), codes, page) for name in ways_out.natures()["replaces"])


def one_replacing(command: str) -> Batch:
    """One of them, a different one for each command."""
    found = replacing(command)
    return found[COMMANDS.index(command) % len(found)]
