"""Bound a folder that the tool writes to: its oldest entries go, and what it did not write stays.

Receipts, pages that were not recognised, and reports of internal errors are all bounded here.
"""

from __future__ import annotations

import contextlib
import shutil
import time
from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

KEPT: Final = 100
"""How many entries stay where nothing else is said."""
_LEFT_BEHIND: Final = ".unfinished"
_A_DAY: Final = 86_400.0


class Entries(Struct, frozen=True):
    """What the tool writes into one folder: names that sort by time.

    Args:
        name: of an entry.
        files: of the files in an entry, which is a folder; ``None`` if it is a file itself.
    """

    name: re.Pattern[str]
    files: re.Pattern[str] | None = None

    def is_ours(self, path: Path) -> bool:
        """True if the tool wrote this and all that is in it; never what a link leads to."""
        if path.is_symlink() or not self.name.fullmatch(path.name):
            return False
        if self.files is None:
            return path.is_file()
        try:
            inside = list(path.iterdir())
        except OSError:  # no folder, or one that cannot be read
            return False
        return all(
            each.is_file() and not each.is_symlink() and self.files.fullmatch(each.name)
            for each in inside
        )


def prune(
    folder: Path,
    entries: Entries,
    keep: int,
    *,
    spare: Collection[Path] = (),
    may_go: Callable[[Path], bool] = lambda _: True,
) -> tuple[Path, ...]:
    """Remove all but the newest entries. A problem with one leaves it where it is.

    Args:
        keep: how many stay; those that may not go stay in addition.
        spare: entries that stay, whatever their age: the present answer names them.
        may_go: asked only if the folder has more entries than are kept.

    Returns:
        What was removed.
    """
    with contextlib.suppress(OSError):
        _end_what_was_begun(folder, entries)
        newest_first = sorted(
            (each for each in folder.iterdir() if entries.name.fullmatch(each.name)), reverse=True
        )
        if newest_first[keep:]:
            going = [each for each in newest_first if may_go(each) and entries.is_ours(each)][keep:]
            return tuple(each for each in going if each not in spare and _is_removed(each))
    return ()


def _is_removed(path: Path) -> bool:
    """Rename it first, so that a killed run leaves no half of it."""
    gone = path.with_name(f".{path.name}{_LEFT_BEHIND}")
    try:
        path.rename(gone)
    except OSError:
        return False
    _remove(gone)
    return True


def _end_what_was_begun(folder: Path, entries: Entries) -> None:
    """Remove what runs that were killed while they wrote or removed have left a day ago."""
    for left in _left_behind(folder, entries):
        if time.time() - left.lstat().st_mtime > _A_DAY:
            _remove(left)


def _left_behind(folder: Path, entries: Entries) -> Iterator[Path]:
    for path in folder.glob(f".*{_LEFT_BEHIND}"):
        if entries.name.fullmatch(path.name[1:].removesuffix(_LEFT_BEHIND)):
            yield path


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            path.unlink()
