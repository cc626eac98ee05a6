"""One call of the command line in this process, and what it asked the browser for."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from automation.aliexpress.request import Request
    from automation.engine.session.options import SessionOptions

ORDER = "8190000000000001"
NO_SITE = ("--site", "http://127.0.0.1:9")
SAYS = ("--because", "filed-by-mistake", "--received", "--checked")
WALKS = ("advise", "cancel", "verify", "list", "session", "capture")
"""The commands that read pages under the guard."""


@dataclass
class Called:
    """What one call returned, and what it asked the browser for.

    Args:
        requests: every state of the request while the command made it, the last one in full.
    """

    code: int = -1
    out: str = ""
    err: str = ""
    requests: list[Request] = field(default_factory=list)
    sessions: list[SessionOptions] = field(default_factory=list)

    @property
    def json(self) -> dict[str, Any]:
        """The one document."""
        document: dict[str, Any] = json.loads(self.out)
        return document

    @property
    def request(self) -> Request:
        """What the command asked the flow for."""
        return self.requests[-1]


Call = Callable[..., Called]
Types = Callable[..., None]
"""What the buyer types at the interview, line by line."""


def least(command: str, folder: Path) -> list[str]:
    """The shortest call of a command that would open a browser."""
    more = {
        "advise": [ORDER, *SAYS],
        "cancel": [ORDER, *SAYS, "--dry-run"],
        "verify": [ORDER],
        "capture": [ORDER, str(folder / "captured")],
    }
    return [command, *more.get(command, []), *NO_SITE, "--state-dir", str(folder / "state")]
