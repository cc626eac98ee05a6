"""Bound the folder of receipts: old ones of attempts that sent nothing are removed.

A receipt of a request that was sent, or may have been, is evidence: it is never removed. Neither
is one that cannot be read, since nobody knows what it is of.
"""

from __future__ import annotations

import json
import shutil
import time
from typing import TYPE_CHECKING, Final

from automation.engine.outcome import Outcome, Sent
from automation.engine.receipts.writing import DOCUMENT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_UNFINISHED: Final = ".*.unfinished"
_A_DAY: Final = 86_400.0


def prune_receipts(folder: Path, keep: int) -> tuple[Path, ...]:
    """Remove all but the newest receipts of attempts that sent nothing.

    Args:
        folder: the folder of all receipts.
        keep: how many of these stay; those of sent requests stay in addition.

    Returns:
        What was removed. What cannot be removed stays.
    """
    newest_first = sorted(_receipts(folder), reverse=True)
    # Most folders have less than the bound: then no document is read.
    spare = [each for each in newest_first if _sent_nothing(each)] if newest_first[keep:] else []
    removed = [each for each in spare[keep:] if _is_removed(each)]
    for left in folder.glob(_UNFINISHED):  # by a run that was killed while it wrote
        if _age(left) > _A_DAY:
            shutil.rmtree(left, ignore_errors=True)
    return tuple(removed)


def _receipts(folder: Path) -> Iterator[Path]:
    """The receipts' own folders, named by their time; never what a link leads to."""
    for path in folder.glob("*Z-*"):
        if path.is_dir() and not path.is_symlink():
            yield path


def _sent_nothing(path: Path) -> bool:
    try:
        document = json.loads((path / DOCUMENT).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return (
        isinstance(document, dict)
        and document.get("outcome") == Outcome.NOT_DONE
        and document.get("sent") == Sent.NOTHING.words
        and not document.get("settled")
    )


def _is_removed(path: Path) -> bool:
    """Rename it first, so that a killed run leaves no half receipt."""
    gone = path.with_name(f".{path.name}.unfinished")
    try:
        path.rename(gone)
    except OSError:
        return False
    shutil.rmtree(gone, ignore_errors=True)
    return True


def _age(path: Path) -> float:
    try:
        return time.time() - path.lstat().st_mtime
    except OSError:
        return 0.0
