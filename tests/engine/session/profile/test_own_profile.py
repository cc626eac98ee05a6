"""The record beside a profile in which the buyer signed in."""

from __future__ import annotations

import os
import socket
import stat
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from automation.engine.session.profile.own_profile import SignInProfile, own_profile
from automation.engine.session.profile.profiles import check_not_in_use
from automation.errors import ToolError

NOW = datetime(2026, 11, 1, 12, 30, tzinfo=UTC)
PYTHON = Path(sys.executable)


def test_what_made_it_is_remembered_privately(tmp_path: Path) -> None:
    """GIVEN a sign-in that worked THEN browser, site and moment read back; 0700 and 0600."""
    profile = own_profile(tmp_path).opened(PYTHON, "here", 77)
    assert not profile.is_signed_in

    profile.proven(NOW).keep()

    found = own_profile(tmp_path)
    assert found == SignInProfile(tmp_path / "profile", PYTHON, "here", NOW)
    assert stat.S_IMODE(found.folder.stat().st_mode) == 0o700
    assert [stat.S_IMODE(each.stat().st_mode) for each in found.folder.iterdir()] == [0o600]


def test_another_site_forgets_the_sign_in(tmp_path: Path) -> None:
    """GIVEN a sign-in WHEN the profile is opened for another site THEN only that one's counts."""
    here = SignInProfile(tmp_path, PYTHON, "here", NOW)

    assert here.opened(PYTHON, "here", 1).is_signed_in
    assert not here.opened(PYTHON, "there", 1).is_signed_in


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"browser": 1, "site": "", "signed_in": "x"}'])
def test_a_broken_record_says_nothing(tmp_path: Path, text: str) -> None:
    """GIVEN a record cut short or changed THEN it counts as none."""
    (tmp_path / "dispute-guard.json").write_text(text, "utf-8")

    assert SignInProfile.read(tmp_path) == SignInProfile(tmp_path)


def test_a_browser_that_is_gone_is_not_used(tmp_path: Path) -> None:
    """GIVEN a browser that was uninstalled THEN a later run looks for another one."""
    SignInProfile(tmp_path, tmp_path / "chrome", "here", NOW).keep()

    assert SignInProfile.read(tmp_path).browser is None


@pytest.mark.parametrize(
    ("ours", "named"),
    [(True, "the window that was opened to sign in"), (False, "a running browser")],
)
def test_the_window_of_a_login_is_named_as_the_cause(
    tmp_path: Path, named: str, *, ours: bool
) -> None:
    """GIVEN a lock of the window of login, or of another browser THEN the error names which."""
    SignInProfile(tmp_path, PYTHON, "here", None, os.getpid() if ours else 1).keep()
    (tmp_path / "SingletonLock").symlink_to(f"{socket.gethostname()}-{os.getpid()}")

    with pytest.raises(ToolError, match=named) as caught:
        check_not_in_use(tmp_path)

    assert caught.value.code == "profile_in_use"
