"""Which session a run uses, and whether it has a window."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from automation.engine.session.choice import Mode, chosen_mode, wants_window
from automation.engine.session.profile.own_profile import SignInProfile

HERE = "www.aliexpress.com"
NEVER = SignInProfile(Path("profile"))
THERE = replace(NEVER, site=HERE, signed_in=datetime(2026, 11, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("named", "own", "saved", "mode"),
    [
        (Mode.ATTACH, THERE, True, Mode.ATTACH),
        (Mode.CONNECT, THERE, False, Mode.CONNECT),
        (Mode.PROFILE, THERE, True, Mode.PROFILE),
        (None, THERE, True, Mode.OWN_PROFILE),
        (None, THERE, False, Mode.OWN_PROFILE),
        (None, NEVER, True, Mode.FILE),
        (None, NEVER, False, Mode.NONE),
        (None, replace(THERE, site="127.0.0.1"), True, Mode.FILE),
        (None, replace(NEVER, site=HERE), True, Mode.FILE),
        (None, replace(NEVER, site=HERE, window=os.getpid()), True, Mode.OWN_PROFILE),
        (None, replace(NEVER, site=HERE, window=2**22 + 1), True, Mode.FILE),
    ],
)
def test_options_then_the_own_profile_then_the_file(
    named: Mode | None, own: SignInProfile, mode: Mode, *, saved: bool
) -> None:
    """GIVEN what there is THEN the first that counts: the own profile of this site, once signed in.

    It counts while the buyer signs in too: the run then says that the window is open.
    """
    assert chosen_mode(named, own=own, site=HERE, saved=saved) is mode


@pytest.mark.parametrize(
    ("choice", "real", "display", "window"),
    [
        (None, True, True, True),
        (None, True, False, False),
        (None, False, True, False),
        (None, False, False, False),
        (False, True, True, False),
        (True, False, True, True),
        (True, True, False, True),  # refused elsewhere: there is no display
    ],
)
def test_the_real_site_gets_a_window_where_there_is_a_display(
    choice: bool | None, *, real: bool, display: bool, window: bool
) -> None:
    """GIVEN no choice THEN a window on the real site only; a choice is kept."""
    assert wants_window(choice, real=real, display=display) is window
