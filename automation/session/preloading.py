"""Keeps a browser from connecting ahead to the addresses that its tabs are about to open.

Such a connection lies idle until a request takes it, and Chromium repeats a POST by
itself if it then breaks before the answer. The setting is "Preload pages" of the browser;
it is read when a profile is opened, so it is written before.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

_PREFERENCES: Final = Path("Default", "Preferences")
_GROUP, _KEY, _NEVER = "net", "network_prediction_options", 2


def write_quiet_profile(folder: Path) -> None:
    """Make a new profile whose browser never connects ahead."""
    file = folder / _PREFERENCES
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.write_text(json.dumps({_GROUP: {_KEY: _NEVER}}), "utf-8")


def make_quiet(folder: Path) -> bool:
    """Write the setting into a profile that is still empty; the buyer's own stays as it is.

    Returns:
        True if the profile says that its browser never connects ahead.
    """
    if not folder.exists() or not any(folder.iterdir()):
        write_quiet_profile(folder)
    return is_quiet(folder)


def is_quiet(folder: Path) -> bool:
    """Whether the profile in ``folder`` says that its browser never connects ahead."""
    try:
        found = json.loads((folder / _PREFERENCES).read_text("utf-8"))
        return bool(found[_GROUP][_KEY] == _NEVER)
    except (OSError, ValueError, KeyError, TypeError):
        return False
