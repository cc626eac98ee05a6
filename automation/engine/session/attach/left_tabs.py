"""Find the tool's tabs in the buyer's own browser after a run was killed.

A tab's id is random and never reused, so only the recorded tabs are closed.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import time
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from automation.engine.session.profile.owned import Record, abandoned, owner
from automation.private_files import make_private_folder, unwritable_as_tool_error, write_private

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FOLDER: Final = "tabs"
_KEPT_SECONDS: Final = 30 * 24 * 3600.0


class TabRecord(Struct, frozen=True):
    """The record of this run's open tabs."""

    path: Path

    @classmethod
    def begin(cls, state_dir: Path) -> TabRecord:
        """Create the record, before any tab is opened.

        Raises:
            ToolError: ``state_dir_unwritable``.
        """
        record = cls(state_dir / FOLDER / f"{secrets.token_hex(16)}.json")
        with unwritable_as_tool_error(state_dir):
            make_private_folder(record.path.parent, ours=True)
            record.keep(())
        return record

    def note(self, tabs: Iterable[str]) -> None:
        """Record the ids of the open tabs; a failing disk must not stop the run."""
        with contextlib.suppress(OSError):
            self.keep(tabs)

    def keep(self, tabs: Iterable[str]) -> None:
        """Replace the record atomically: a kill leaves the old one or the new one.

        Raises:
            OSError: it cannot be written.
        """
        fresh = self.path.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        write_private(fresh, json.dumps({**owner(), "tabs": sorted(tabs)}).encode())
        fresh.replace(self.path)

    def forget(self) -> None:
        """Remove the record once the tabs are closed."""
        with contextlib.suppress(OSError):
            self.path.unlink()


def left_tabs(state_dir: Path) -> tuple[tuple[Record, tuple[str, ...]], ...]:
    """Records of killed runs, with the ids of their tabs."""
    found = []
    for record in abandoned(state_dir / FOLDER):
        tabs = record.content.get("tabs")
        ids = tuple(str(tab) for tab in tabs) if isinstance(tabs, list) else ()
        found.append((record, ids))
    return tuple(found)


def settle(record: Record, *, closed: int, named: int) -> None:
    """Remove a record whose tabs are gone.

    Tabs not in this browser may be open in another one, so such a record is kept for 30 days.
    """
    with contextlib.suppress(OSError):
        old = time.time() - os.stat(record.path).st_mtime > _KEPT_SECONDS  # noqa: PTH116
        if closed or not named or old:
            record.path.unlink()
