"""Keep a new profile's browser from preconnecting to addresses that its tabs may open.

A run then opens no connection that it does not use. The browser calls the setting
"Preload pages" and reads it when it opens a profile, so it must be written before. The one
permitted request does not depend on it (``automation.engine.guard.transport.fresh_tab``).
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


def make_quiet(folder: Path) -> None:
    """Write the setting into an empty profile; one with content stays unchanged."""
    if not folder.exists() or not any(folder.iterdir()):
        write_quiet_profile(folder)
