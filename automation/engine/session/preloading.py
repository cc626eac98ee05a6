"""Keep a browser from preconnecting to addresses that its tabs are about to open.

Such a connection is idle until a request uses it, and Chromium repeats a POST by itself
if it then breaks before the answer. The browser calls the setting "Preload pages" and
reads it when it opens a profile, so it must be written before.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

_PREFERENCES: Final = Path("Default", "Preferences")
_GROUP, _KEY, _NEVER = "net", "network_prediction_options", 2


def write_quiet_profile(folder: Path) -> None:
    """Create a profile whose browser never preconnects."""
    file = folder / _PREFERENCES
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.write_text(json.dumps({_GROUP: {_KEY: _NEVER}}), "utf-8")


def make_quiet(folder: Path) -> bool:
    """Write the setting into an empty profile; one with content stays unchanged.

    Returns:
        True if the profile's browser never preconnects.
    """
    if not folder.exists() or not any(folder.iterdir()):
        write_quiet_profile(folder)
    return is_quiet(folder)


def is_quiet(folder: Path) -> bool:
    """Whether the setting of the profile in ``folder`` is never to preconnect."""
    try:
        found = json.loads((folder / _PREFERENCES).read_text("utf-8"))
        return bool(found[_GROUP][_KEY] == _NEVER)
    except (OSError, ValueError, KeyError, TypeError):
        return False
