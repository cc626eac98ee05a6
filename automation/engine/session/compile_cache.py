"""Where Node keeps the compiled code of Playwright's driver, which then starts a quarter sooner.

Node checks what it finds there against the driver's own files, not against an ill-wisher: so the
folder must belong to the user alone, and without such a folder there is no cache.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import stat
from typing import TYPE_CHECKING, Final

from platformdirs import user_cache_path

from automation.private_files import make_private_folder

if TYPE_CHECKING:
    from pathlib import Path

_FOLDER: Final = "NODE_COMPILE_CACHE"
_OFF: Final = "NODE_DISABLE_COMPILE_CACHE"
_OTHERS: Final = 0o077
# Node makes a folder for each of its versions, and a file in it for each script by its path.
_VERSION: Final = re.compile(r"v\d+\.\d+\.\d+-[\w.-]+", re.ASCII)
_MOST_VERSIONS: Final = 2
_MOST_FILES: Final = 100  # some 30 MB


def compile_cache() -> dict[str, str]:
    """The variable that names the folder to Node; nothing if the user says where, or that none is wanted."""
    if {_FOLDER, _OFF} & os.environ.keys():
        return {}
    folder = user_cache_path("dispute-guard", appauthor=False) / "driver"
    try:
        make_private_folder(folder, ours=True)
        usable = _is_own(folder)
        if usable:
            _bound(folder)
    except OSError:
        usable = False
    return {_FOLDER: str(folder)} if usable else {}


def _bound(folder: Path) -> None:
    """Remove what old drivers left: their versions, and a version with scripts of too many places.

    Node writes again what it misses. A problem with one of them leaves it where it is.
    """
    versions = [each for each in folder.iterdir() if _is_version(each)]
    newest_first = sorted(versions, key=lambda each: each.stat().st_mtime, reverse=True)
    full = [each for each in newest_first if sum(1 for _ in each.iterdir()) > _MOST_FILES]
    for each in {*newest_first[_MOST_VERSIONS:], *full}:
        with contextlib.suppress(OSError):
            shutil.rmtree(each)


def _is_version(path: Path) -> bool:
    return bool(_VERSION.fullmatch(path.name)) and path.is_dir() and not path.is_symlink()


def _is_own(folder: Path) -> bool:
    """Whether nobody else can write there, or change what is there."""
    if os.name != "posix":
        return True  # there the user's profile protects it
    found = folder.stat()
    return found.st_uid == os.geteuid() and not stat.S_IMODE(found.st_mode) & _OTHERS
