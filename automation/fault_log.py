"""Evidence of an internal error: where it happened, without the data it happened to.

An error's message may quote anything that a page or the buyer wrote. So only error
types, this tool's files, functions and line numbers are kept, and the message only of
types whose message comes from the interpreter.
"""

from __future__ import annotations

import platform
import re
import sys
import traceback
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from automation.private_files import make_private_folder, write_private
from automation.pruning import KEPT, Entries, prune
from automation.text import first_line

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = "faults"
PROGRAM = "dispute-guard"
_REPORTS = Entries(re.compile(r"\d{8}T\d{12}Z\.txt"))
_MOST_ERRORS = 10
_INTERPRETERS = (AttributeError, ImportError, NameError, NotImplementedError, RecursionError)
# Names in such a message are names of code; numbers and quoted texts may be data, and a path may
# name the user. Nobody can tell where a path ends: a folder's name may have blanks and brackets.
_VALUES = re.compile(r"\S*[/\\].*|[0-9]{3,}|\S+@\S+|\"[^\"]*\"", re.ASCII)


def keep_fault(state_dir: Path, fault: BaseException) -> Path | None:
    """Write what is known of an error to a file of its own that only its owner can read.

    The newest hundred are kept.

    Returns:
        The file; ``None`` if it cannot be written, since that must not hide the error.
    """
    folder = state_dir / FOLDER
    now = datetime.now(UTC)
    path = folder / f"{now:%Y%m%dT%H%M%S%f}Z.txt"
    try:
        make_private_folder(folder, ours=True)
        write_private(path, fault_text(fault, _version(), now).encode("utf-8", "replace"))
    except OSError:
        return None
    prune(folder, _REPORTS, KEPT, spare=(path,))
    return path


def _version() -> str:
    """Of this tool; a copy that was not installed has none."""
    try:
        return version(PROGRAM)
    except PackageNotFoundError:
        return "(not installed)"


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
        return f"{kind}: {_VALUES.sub('…', first_line(str(error)))}"
    return kind


def _short(filename: str) -> str:
    """The file's path below its package's folder: the full path may name the user."""
    parts = Path(filename).parts
    for root in ("site-packages", "automation", "rules", "fixtures"):
        if root in parts:
            at = len(parts) - 1 - parts[::-1].index(root)
            return "/".join(parts[at + (root == "site-packages") :])
    return parts[-1] if parts else ""
