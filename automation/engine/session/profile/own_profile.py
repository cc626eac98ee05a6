"""A browser profile in which ``login`` let the buyer sign in, and what made it.

The tool's own profile is in its state folder; ``login --profile`` makes one anywhere else. Both
have a record inside, so that later runs use the same browser.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Self

import psutil
from msgspec import Struct
from msgspec.structs import replace

from automation.private_files import make_private_folder, unwritable_as_tool_error, write_private

FOLDER: Final = "profile"
_RECORD: Final = "dispute-guard.json"


class SignInProfile(Struct, frozen=True):
    """A profile that ``login`` made.

    Args:
        folder: the user data folder.
        browser: the browser that made it; ``None`` if it is not known, or gone.
        site: host of the site that it is for.
        signed_in: when a look at My Orders last showed that the buyer had signed in.
        window: process id of the window in which the buyer signs in.
    """

    folder: Path
    browser: Path | None = None
    site: str = ""
    signed_in: datetime | None = None
    window: int | None = None

    @classmethod
    def read(cls, folder: Path) -> Self:
        """What its record says; a missing or broken record says nothing."""
        try:
            told = json.loads((folder / _RECORD).read_text("utf-8"))
            browser, since = Path(told["browser"]), told["signed_in"]
            return cls(
                folder,
                browser if browser.exists() else None,
                str(told["site"]),
                datetime.fromisoformat(since) if since else None,
                told["window"],
            )
        except (OSError, ValueError, KeyError, TypeError):
            return cls(folder)

    @property
    def is_signed_in(self) -> bool:
        """Whether the buyer signed in once; the site may have ended the session since."""
        return self.signed_in is not None

    @property
    def is_open_for_sign_in(self) -> bool:
        """Whether the window in which the buyer signs in is still open."""
        return self.window is not None and psutil.pid_exists(self.window)

    def opened(self, browser: Path, site: str, window: int) -> Self:
        """This profile while a window is open in it; the sign-in of another site is forgotten."""
        since = self.signed_in if site == self.site else None
        return replace(self, browser=browser, site=site, signed_in=since, window=window)

    def proven(self, now: datetime) -> Self:
        """This profile after a look that showed the buyer signed in."""
        return replace(self, signed_in=now, window=None)

    def keep(self) -> None:
        """Write the record into the profile, readable only by its owner.

        Raises:
            ToolError: ``state_dir_unwritable``.
        """
        told = {
            "browser": str(self.browser or ""),
            "site": self.site,
            "signed_in": self.signed_in.astimezone(UTC).isoformat() if self.signed_in else None,
            "window": self.window,
        }
        with unwritable_as_tool_error(self.folder, name="profile"):
            make_private_folder(self.folder, ours=True)
            fresh = self.folder / f"{_RECORD}.new"
            fresh.unlink(missing_ok=True)
            write_private(fresh, json.dumps(told).encode())
            fresh.replace(self.folder / _RECORD)


def own_profile(state_dir: Path) -> SignInProfile:
    """The tool's own profile; nothing is created."""
    return SignInProfile.read(state_dir / FOLDER)
