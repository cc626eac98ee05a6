"""Keep a new profile's browser from preconnecting, and from offering to translate its pages.

A run then opens no connection that it does not use. The browser calls the setting
"Preload pages" and reads it when it opens a profile, so it must be written before. The one
permitted request does not depend on it (``automation.engine.guard.transport.fresh_tab``).
A translated page has other words than the site wrote, and the offer covers what the tool says.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

_PREFERENCES: Final = Path("Default", "Preferences")
_QUIET: Final = {"net": {"network_prediction_options": 2}, "translate": {"enabled": False}}


def write_quiet_profile(folder: Path) -> None:
    """Create a profile whose browser never preconnects and never translates."""
    file = folder / _PREFERENCES
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.write_text(json.dumps(_QUIET), "utf-8")


def make_quiet(folder: Path) -> None:
    """Write the settings into an empty profile; one with content stays unchanged."""
    if not folder.exists() or not any(folder.iterdir()):
        write_quiet_profile(folder)
