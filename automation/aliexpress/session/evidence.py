"""Keep what an unrecognised page showed, without personal data, for a look or a report."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Final

from automation.private_files import make_private_folder, write_private
from automation.pruning import KEPT, Entries, prune

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from automation.aliexpress.walk.drift import Drift
    from automation.errors import ToolError

FOLDER: Final = "drift"
PAGE: Final = "page.html"
PICTURE: Final = "page.png"
_PAGES: Final = Entries(
    re.compile(r"\d{8}-\d{6}(-\d+)?"), re.compile(f"{re.escape(PAGE)}|{re.escape(PICTURE)}")
)


def keep_evidence(
    error: ToolError, drift: Drift, state_dir: Path, now: datetime, keep: int | None = None
) -> None:
    """Write a page and its picture into the state folder, and name that folder in the error.

    A problem with that changes nothing: the error stays what it is.

    Args:
        keep: how many pages stay, the newest ones; the usual number by default.
    """
    with contextlib.suppress(OSError):
        folder = _new_folder(state_dir / FOLDER, f"{now:%Y%m%d-%H%M%S}")
        write_private(folder / PAGE, drift.html.encode("utf-8", "replace"))
        if drift.picture:
            write_private(folder / PICTURE, drift.picture)
        error.evidence = str(folder)
        prune(folder.parent, _PAGES, keep or KEPT, spare=(folder,))


def _new_folder(parent: Path, name: str) -> Path:
    make_private_folder(parent, ours=True)
    number = 1
    while (folder := parent / (name if number == 1 else f"{name}-{number}")).exists():
        number += 1
    make_private_folder(folder, ours=True)
    return folder
