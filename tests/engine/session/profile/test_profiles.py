"""``--profile``: an unusable profile is explained, and none is ever created by accident."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

import pytest

from automation.engine.session.launch.discovery import find_browsers, sandbox_arguments
from automation.engine.session.profile.profiles import check_profile, check_version, user_of
from automation.errors import ExitCode, ToolError
from tests.conftest import GOOD_REASON, disputed_order
from tests.engine.session.browsers import chromium

if TYPE_CHECKING:
    from pathlib import Path

    from fixtures.pytest_plugin import Mimic
    from tests.conftest import Tool
    from tests.engine.guard.rig.campaign import Bench


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """A folder that looks like a Chromium profile."""
    folder = tmp_path / "profile"
    folder.mkdir()
    (folder / "Local State").write_text("{}", "utf-8")
    return folder


def problem(folder: Path) -> ToolError:
    """The error about it."""
    with pytest.raises(ToolError) as caught:
        check_profile(folder)
    return caught.value


def test_a_good_profile_passes(profile: Path) -> None:
    """GIVEN a profile that is not in use THEN no error."""
    check_profile(profile)


def test_a_mistyped_profile_is_never_made(mimic: Mimic, tool: Tool, tmp_path: Path) -> None:
    """GIVEN a missing path WHEN dry-run THEN exit 2 names it, and nothing is created."""
    site = mimic("quick")
    wrong = tmp_path / "profle"
    order = disputed_order(site)
    ran = tool.run(
        "cancel", order, *GOOD_REASON, "--dry-run", "--json", "--profile", str(wrong), site=site
    )
    assert (ran.code, ran.error) == (ExitCode.USAGE, "no_profile")
    assert str(wrong) in ran.json["error"]["message"]
    assert not wrong.exists()
    assert site.ledger.entries == ()


def test_a_folder_that_is_no_profile(tmp_path: Path) -> None:
    """GIVEN a folder with other content THEN no profile is created in it."""
    (tmp_path / "letter.txt").write_text("x", "utf-8")
    assert "is not a browser profile" in problem(tmp_path).message
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_one_profile_inside_of_the_folder(profile: Path) -> None:
    """GIVEN Chrome's "Default" folder THEN the folder around it is named."""
    inner = profile / "Default"
    inner.mkdir()
    (inner / "Preferences").write_text("{}", "utf-8")
    assert problem(inner).hint.endswith(str(profile))


def test_a_profile_of_firefox(tmp_path: Path) -> None:
    """GIVEN a profile of another kind of browser THEN its name."""
    (tmp_path / "prefs.js").write_text("", "utf-8")
    assert "Firefox" in problem(tmp_path).message


def test_a_profile_in_use(profile: Path) -> None:
    """GIVEN the lock of a running process THEN in use; of an ended one THEN fine."""
    lock = profile / "SingletonLock"
    lock.symlink_to(f"{socket.gethostname()}-{os.getpid()}")
    assert problem(profile).code == "profile_in_use"
    lock.unlink()
    lock.symlink_to("another-computer-77")
    assert "another-computer" in problem(profile).message
    lock.unlink()
    lock.symlink_to(f"{socket.gethostname()}-{2**22 + 1}")
    check_profile(profile)


def test_a_profile_of_a_newer_browser(profile: Path, tmp_path: Path) -> None:
    """GIVEN a profile last used by a newer version THEN an older browser does not open it."""
    browser = tmp_path / "chromium"
    browser.write_text("#!/bin/sh\necho Chromium 120.0.1.2\n", "utf-8")
    browser.chmod(0o755)
    (profile / "Last Version").write_text("120.0.9.9", "utf-8")
    check_version(profile, browser)
    (profile / "Last Version").write_text("121.0.0.1", "utf-8")
    with pytest.raises(ToolError, match="version 121 used it last"):
        check_version(profile, browser)


def test_a_lock_of_another_name_says_what_to_delete(profile: Path) -> None:
    """GIVEN a lock that this computer wrote under another name THEN the hint names the file."""
    (profile / "SingletonLock").symlink_to("Danas-MacBook.fritz.box-77")
    assert str(profile / "SingletonLock") in problem(profile).hint


def test_a_profile_in_use_on_windows(profile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a lock file that cannot be opened THEN in use; without one, or with a free one, fine."""
    monkeypatch.setattr("sys.platform", "win32")
    assert user_of(profile) == ""
    (profile / "lockfile").touch()
    assert user_of(profile) == ""
    (profile / "lockfile").unlink()
    (profile / "lockfile").mkdir()  # opening it fails, as where another process has it alone
    assert user_of(profile) == "a running browser"


def test_the_version_on_windows_is_read_beside_the_program(
    profile: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """GIVEN folders named after versions THEN the newest counts, and no program is started."""
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr("subprocess.run", lambda *_, **__: pytest.fail("it opens a window there"))
    for name in ("119.0.1.2", "120.0.3.4", "SetupMetrics"):
        (tmp_path / "Application" / name).mkdir(parents=True)
    browser = tmp_path / "Application" / "chrome.exe"
    (profile / "Last Version").write_text("120.9.9.9", "utf-8")
    check_version(profile, browser)
    (profile / "Last Version").write_text("121.0.0.1", "utf-8")
    with pytest.raises(ToolError, match="is version 120"):
        check_version(profile, browser)
    check_version(profile, tmp_path / "elsewhere" / "chrome.exe")


@pytest.mark.further
def test_a_profile_is_used_once_no_browser_has_it_open(
    bench: Bench, mimic: Mimic, tool: Tool, tmp_path: Path
) -> None:
    """GIVEN a profile that a browser has open WHEN a command runs in it THEN exit 1; then it works.

    ``tests/cli/test_session_modes.py`` cancels in one.
    """
    site = mimic("quick")
    folder = tmp_path / "profile"
    mode = ("--profile", str(folder))

    async def make() -> None:
        context = await bench.playwright.chromium.launch_persistent_context(
            str(folder), executable_path=find_browsers()[0], args=sandbox_arguments()
        )
        await context.close()

    bench.run(make())
    with chromium(folder, windows=True):
        busy = tool.run("list", "--json", *mode, site=site)
    assert (busy.code, busy.error) == (1, "profile_in_use"), busy.out
    assert site.ledger.entries == ()

    free = tool.run("list", "--json", *mode, site=site)
    assert (free.code, len(free.json["disputes"])) == (0, 1), free.out
    site.ledger.assert_no_writes()
