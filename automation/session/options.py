"""How the browser is to be opened."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@dataclass(frozen=True)
class SessionOptions:
    """How to open the browser.

    Args:
        timeout: seconds that one step may take.
        browser: a Chromium-like browser named by hand.
        profile: folder of a browser profile in which the buyer has signed in.
        new_profile: the profile is made if it is not there, for a sign-in.
        attach: name of a channel, or the endpoint of a running browser of the buyer's own.
        device: name of a Playwright device profile, for the mobile surface.
    """

    state_dir: Path
    timeout: float = 30.0
    headless: bool = True
    browser: Path | None = None
    profile: Path | None = None
    new_profile: bool = False
    attach: str | None = None
    device: str | None = None
    say: Callable[[str], None] = field(default=lambda _: None)
