"""Which ways are tried together, on which pages, and the exit code of each command."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from fixtures import leaks
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
"""Where the ways that end a run are tried, so that it gets as far as this page."""


@dataclass(frozen=True)
class Batch:
    """Ways that one run of a command can try, and the expected exit codes."""

    ways: tuple[str, ...]
    codes: frozenset[int]
    settings: dict[str, Any] = field(default_factory=dict)


def quiet(command: str) -> Batch:
    """Everything that leaves the page where it is, on all pages and at every click."""
    found = leaks.natures()
    groups = ("stays", "commands", "opens", "asks", "leaves", "closes", "ends")
    ways = tuple(name for group in groups for name in found[group])
    return Batch(ways, frozenset({EXPECTED[command]}), {"leaks_at_clicks": True})


def windows(command: str) -> Batch:
    """Everything that opens a window; the run stops as soon as one leads off the site's pages."""
    return _ending(command, leaks.natures()["strays"])


def replacing(command: str) -> tuple[Batch, ...]:
    """Everything that replaces its page, one way per run; the run stops there."""
    return tuple(_ending(command, (name,)) for name in leaks.natures()["replaces"])


def one_replacing(command: str) -> Batch:
    """One of them, a different one for each command."""
    found = replacing(command)
    return found[COMMANDS.index(command) % len(found)]


def _ending(command: str, ways: tuple[str, ...]) -> Batch:
    return Batch(ways, frozenset({STOPPED}), {"leaks_on": (_LAST_PAGES[command],)})
