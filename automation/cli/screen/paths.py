"""Paths that a person can copy from a sentence: they are never broken at their blanks."""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from platformdirs import user_config_path, user_state_path

from automation.cli.screen.terminal import whole
from automation.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable

_A_FILE: Final = re.compile(r"\.(?:csv|ics|jsonl?|toml)$", re.IGNORECASE)


def with_whole_paths(text: str, words: Iterable[str] = ()) -> str:
    """The text with every path in it whole, as far as this process knows it.

    A path in an error is, or begins with, one that was typed or set, or one of the usual folders.

    Args:
        words: the call's own, of which some are paths.
    """
    for path in sorted({*_typed(words), *_usual()}, key=len, reverse=True):
        # A cleaned text has one blank where the path may have two.
        for spelled in dict.fromkeys((path, clean_text(path, len(path)))):
            text = text.replace(spelled, whole(path))
    return text


def _typed(words: Iterable[str]) -> Iterable[str]:
    """Words and values of options and variables that may be paths with blanks."""
    set_elsewhere = (text for name, text in os.environ.items() if name.startswith("DISPUTE_GUARD_"))
    for word in (*words, *set_elsewhere):
        value = word.partition("=")[2] if word.startswith("--") else word
        if " " in value and _is_path(value):
            yield from (value, *_name_of(value))


def _name_of(value: str) -> Iterable[str]:
    """The name of a file alone, which an error about one of its lines has."""
    name = value.rpartition(os.sep)[2]
    return (name,) if " " in name.strip() else ()


def _is_path(value: str) -> bool:
    """True if it leads somewhere, or could: what is said to a seller has no such beginning."""
    try:
        path = Path(value)
        if os.sep not in value:
            return _A_FILE.search(value) is not None or path.exists()
        return path.is_absolute() or path.parent.exists()
    except (OSError, ValueError):  # no name that a file can have
        return False


def _usual() -> Iterable[str]:
    """The folders that paths begin with where nothing else is said."""
    name = "dispute-guard"
    folders = [user_state_path(name, appauthor=False), user_config_path(name, appauthor=False)]
    with contextlib.suppress(OSError):  # it is gone
        folders.append(Path.cwd())
    return (str(folder) for folder in folders if " " in str(folder))
