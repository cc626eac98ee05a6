"""Options for opening the browser."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from automation.engine.session.choice import Mode

if TYPE_CHECKING:
    from asyncio import Runner
    from collections.abc import Callable
    from pathlib import Path

    from automation.engine.session.ahead import Ahead


@dataclass(frozen=True)
class SessionOptions:
    """How to open the browser.

    Args:
        timeout: most seconds for one step.
        browser: a Chromium-based browser that the user named.
        profile: folder of a browser profile in which the buyer is signed in.
        new_profile: create the profile if it does not exist, for signing in.
        attach: channel or endpoint of the buyer's own running browser.
        connect: endpoint of a browser on another machine.
        device: name of a Playwright device profile, for the mobile surface.
        mode: where the session comes from.
        ahead: what starts already for the first browser with these options.
    """

    state_dir: Path
    timeout: float = 30.0
    headless: bool = True
    browser: Path | None = None
    profile: Path | None = None
    new_profile: bool = False
    attach: str | None = None
    connect: str | None = None
    device: str | None = None
    mode: Mode = Mode.FILE
    say: Callable[[str], None] = field(default=lambda _: None)
    ahead: Ahead | None = field(default=None, compare=False)

    @property
    def runner(self) -> Runner | None:
        """The loop in which something starts already."""
        return self.ahead.runner if self.ahead else None
