"""Evidence of a fault of this tool: where it happened, without what it happened to.

A fault's own words may hold anything that a page or the buyer said. Kept are the kinds
of errors, files of this tool, functions and line numbers; words only of those kinds
whose words are the interpreter's.
"""

from __future__ import annotations

import platform
import re
import sys
import traceback
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from automation.private_files import make_private_folder, write_private

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = "faults"
PROGRAM = "dispute-guard"
_MOST_ERRORS = 10
_INTERPRETERS = (AttributeError, ImportError, NameError, NotImplementedError, RecursionError)
# Names in those words are of code; a number or a quoted text of a value would not be.
_VALUES = re.compile(r"[0-9]{3,}|\S+@\S+|\"[^\"]*\"")


def keep_fault(state_dir: Path, fault: BaseException) -> Path | None:
    """Write what is known of a fault to a file of its own, readable by its owner alone.

    Returns:
        The file; ``None`` where none can be written, which must not hide the fault.
    """
    folder = state_dir / FOLDER
    now = datetime.now(UTC)
    path = folder / f"{now:%Y%m%dT%H%M%S%f}Z.txt"
    try:
        make_private_folder(folder, ours=True)
        write_private(path, fault_text(fault, version(PROGRAM), now).encode())
    except OSError:
        return None
    return path


def fault_text(fault: BaseException, tool_version: str, now: datetime) -> str:
    """The evidence: one block for each error, the first cause last."""
    lines = [
        f"{PROGRAM} {tool_version}, {now:%Y-%m-%d %H:%M:%S} UTC",
        f"Python {sys.version.split()[0]}, {platform.system()}",
    ]
    for error in _chain(fault):
        lines += ["", _named(error)]
        lines += [
            f"  {_short(frame.filename)}:{frame.lineno} in {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__, limit=-50)
        ]
    return "\n".join(lines) + "\n"


def _chain(fault: BaseException | None) -> Iterator[BaseException]:
    for _ in range(_MOST_ERRORS):
        if fault is None:
            return
        yield fault
        fault = fault.__cause__ or fault.__context__


def _named(error: BaseException) -> str:
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    if isinstance(error, OSError) and error.strerror:
        return f"{kind}: {error.strerror}"
    if isinstance(error, _INTERPRETERS):
        return f"{kind}: {_VALUES.sub('…', str(error).splitlines()[0] if str(error) else '')}"
    return kind


def _short(filename: str) -> str:
    """The file below its package's folder; where that lies names the user."""
    parts = Path(filename).parts
    for root in ("site-packages", "automation", "rules", "fixtures"):
        if root in parts:
            at = len(parts) - 1 - parts[::-1].index(root)
            return "/".join(parts[at + (root == "site-packages") :])
    return parts[-1] if parts else ""
