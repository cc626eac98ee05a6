"""The line of a TOML file that sets a key, for an error message: Python's parser does not say."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def line_of(text: str, path: Sequence[str]) -> int | None:
    """The number of the line, from 1; ``None`` if the key is spelled in another way there.

    Args:
        path: the tables that the key is in, and the key as it is parsed.
    """
    lines = text.split("\n")
    for before, line in enumerate(lines):
        may_set = bool(path) and path[-1] in line and not _sets(lines[:before], path)
        if may_set and _sets(_completed(lines, before), path):
            return before + 1
    return None


def _completed(lines: Sequence[str], before: int) -> Sequence[str]:
    """The first lines, and the value that begins behind them to its end: it may have several."""
    for end in range(before + 1, len(lines) + 1):
        if _parsed(lines[:end]) is not None:
            return lines[:end]
    return ()


def _sets(lines: Sequence[str], path: Sequence[str]) -> bool:
    found: object = _parsed(lines)
    for name in path:
        if not isinstance(found, dict) or name not in found:
            return False
        found = found[name]
    return True


def _parsed(lines: Sequence[str]) -> dict[str, object] | None:
    try:
        return tomllib.loads("\n".join(lines))
    except (ValueError, RecursionError):
        return None
