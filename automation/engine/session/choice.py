"""Which session a run uses, and whether its browser has a window."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from automation.engine.session.profile.own_profile import SignInProfile


class Mode(StrEnum):
    """Where a signed-in session comes from."""

    ATTACH = "attach"
    CONNECT = "connect"
    PROFILE = "profile"
    OWN_PROFILE = "own-profile"
    FILE = "file"
    NONE = "none"


def chosen_mode(named: Mode | None, *, own: SignInProfile, site: str, saved: bool) -> Mode:
    """What the options say, then the tool's own profile, then the saved file.

    Args:
        named: what the options name: a running browser, one elsewhere, or a profile.
        own: the tool's own profile; it counts once the buyer has signed in to this site in it,
            and while they do.
        site: host of the site.
        saved: there is a file with a session.
    """
    if named is not None:
        return named
    if own.site == site and (own.is_signed_in or own.is_open_for_sign_in):
        return Mode.OWN_PROFILE
    return Mode.FILE if saved else Mode.NONE


def wants_window(choice: bool | None, *, real: bool, display: bool) -> bool:
    """Whether to show the browser: on the real site a human may be needed at any time.

    Args:
        choice: what the options say, if anything.
        real: it is the real site, and no mimic.
        display: a window can be shown.
    """
    return real and display if choice is None else choice


def has_display() -> bool:
    """Whether this session can show a window."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
