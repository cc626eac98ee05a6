from __future__ import annotations

import asyncio
import json
import os
import signal
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from automation.aliexpress.pages import Snapshot
from automation.aliexpress.session.signed_in import shows_signed_in, sign_in
from automation.aliexpress.site import Addresses, SiteMap
from automation.engine.guard import SiteOrigins
from automation.engine.session.launch.discovery import find_browsers
from automation.engine.session.options import SessionOptions
from automation.errors import ToolError
from tests.conftest import CALM, disputed_order
from tests.own_loop import in_own_loop
from tests.ready.processes import HANGS_SECONDS

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import BrowserContext

    from fixtures import MimicSite
    from fixtures.pytest_plugin import Mimic
    from tests.cli.calls import Call
    from tests.conftest import Ran, Tool

HOOKS = SiteMap.load().hooks
AT = "https://www.aliexpress.com/p/order/index.html"


def login(tool: Tool, site: MimicSite, *words: str) -> Ran:
    """Run the real command without a window."""
    where = ("--site", site.url, "--gateway", site.gateway_url, "--state-dir", str(tool.state_dir))
    return tool.run("login", "--headless", *where, *words)


def by_a_human(site: MimicSite, state_dir: Path, *, closes: bool = False) -> Path:
    """Sign in as a human would: press the button of the sign-in page, or close the window."""
    tasks: list[asyncio.Task[None]] = []

    async def human(context: BrowserContext) -> None:
        page = context.pages[0]
        await page.get_by_role("button", name="Sign in").wait_for()
        await (page.close() if closes else page.get_by_role("button", name="Sign in").click())

    async def both() -> Path:
        return await sign_in(
            SessionOptions(state_dir=state_dir, timeout=30),
            Addresses.for_site(site.url),
            SiteOrigins.only(site.url, site.gateway_url),
            HOOKS,
            lambda context: tasks.append(asyncio.create_task(human(context))),
        )

    return in_own_loop(both())


@pytest.mark.parametrize(
    ("html", "signed_in"),
    [
        ('<div class="order-item">Lamp</div>', True),
        ("<header><a>Hi, Robin</a></header>", True),
        ('<header><a>Sign in</a></header><div class="order-item">Lamp</div>', True),
        ("<header><a>Sign in / Register</a></header>", False),
        ("<header><a>Hi, sign in</a></header>", False),
        ("<main>Hi, Robin, welcome to our shop</main>", False),
        ("<main>You are signed in</main>", False),
        ("", False),
    ],
)
def test_only_orders_or_a_greeting_in_the_header_mean_signed_in(
    html: str, *, signed_in: bool
) -> None:
    """GIVEN a page THEN only orders or "Hi, …" in its header count as signed in."""
    assert shows_signed_in(Snapshot(AT, html), HOOKS) is signed_in


def test_sign_in_and_captcha_addresses_are_never_signed_in() -> None:
    """GIVEN a page with an order at the address of the sign-in or slider THEN it does not count."""
    card = '<div class="order-item">Lamp</div>'

    assert not shows_signed_in(Snapshot("https://login.aliexpress.com/", card), HOOKS)
    assert not shows_signed_in(Snapshot(f"{AT}/_____tmd_____/punish?x=1", card), HOOKS)


def test_a_human_signs_in_and_later_commands_use_the_session(
    mimic: Mimic, tool: Tool, tmp_path: Path
) -> None:
    """GIVEN a site that asks for a sign-in WHEN a human signs in THEN a dry run gets through."""
    site = mimic("signed-out", **CALM)
    assert tool.dry_run(disputed_order(site), site).code == 4

    file = by_a_human(site, tool.state_dir)

    assert file == tool.state_dir / "session.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(tool.state_dir.stat().st_mode) == 0o700
    names = [cookie["name"] for cookie in json.loads(file.read_text("utf-8"))["cookies"]]
    assert set(names) == {"mimic_session", "_m_h5_tk"}
    assert tool.dry_run(disputed_order(site), site).code == 0
    assert site.ledger.effects() == ("signed in",)  # the human presses it
    assert tmp_path in file.parents


def test_a_window_that_is_closed_keeps_nothing(mimic: Mimic, tmp_path: Path) -> None:
    """GIVEN a sign-in page WHEN the human closes the window THEN exit 4 and no file."""
    site = mimic("signed-out")

    with pytest.raises(ToolError, match="closed before you were signed in") as stopped:
        by_a_human(site, tmp_path / "state", closes=True)

    assert stopped.value.exit_code == 4
    assert not (tmp_path / "state" / "session.json").exists()


def test_the_command_keeps_a_session_that_is_signed_in(mimic: Mimic, tool: Tool) -> None:
    """GIVEN a signed-in site WHEN logging in THEN it says where the session is saved; no write."""
    site = mimic("quick")

    ran = login(tool, site, "--json")

    assert (ran.code, ran.json["signed_in"]) == (0, True), ran.out
    assert ran.json["file"] == str(tool.state_dir / "session.json")
    assert (tool.state_dir / "session.json").is_file()
    assert site.ledger.writes() == ()


def test_time_over_is_a_human_needed_and_nothing_is_typed(mimic: Mimic, tool: Tool) -> None:
    """GIVEN an untouched sign-in page WHEN time runs out THEN exit 4, no file, no request."""
    site = mimic("signed-out")

    ran = login(tool, site, "--timeout", "2", "--json")

    assert (ran.code, ran.error) == (4, "signed_out")
    assert not (tool.state_dir / "session.json").exists()
    assert site.ledger.writes() == ()


def test_without_a_display_it_says_so_in_one_line(mimic: Mimic, tool: Tool) -> None:
    """GIVEN no display WHEN a window is needed THEN exit 4 at once and nothing is opened."""
    site = mimic("quick")
    without = {k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    command = [sys.executable, "-m", "automation", "login", "--site", site.url]

    done = subprocess.run(
        [*command, "--state-dir", str(tool.state_dir)],
        check=False,
        capture_output=True,
        text=True,
        timeout=HANGS_SECONDS,
        env=without,
    )

    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr.splitlines()[-2].startswith("dispute-guard: no display for a browser window")
    assert site.ledger.entries == ()


def test_headless_is_for_a_mimic_site_only(tool: Tool) -> None:
    """GIVEN the real site WHEN --headless is given THEN exit 2: signing in needs a window."""
    ran = tool.run("login", "--headless", "--state-dir", str(tool.state_dir), "--json")

    assert (ran.code, ran.error) == (2, "usage")


@pytest.mark.further
def test_a_session_is_saved_where_it_was_asked_for(
    mimic: Mimic, call: Call, tmp_path: Path
) -> None:
    """GIVEN a signed-in site THEN the session is saved under --state-dir, or in --profile."""
    site = mimic("quick")
    state, profile = tmp_path / "state", tmp_path / "profile"
    common = ("login", "--site", site.url, "--gateway", site.gateway_url, "--headless", "--browser", str(find_browsers()[0]),
              "--timeout", "20", "--state-dir", str(state))  # fmt: skip

    kept = call(*common, "--json")
    in_profile = call(*common, "--profile", str(profile), "--quiet")

    assert (kept.code, kept.json["file"]) == (0, str(state / "session.json")), kept.out + kept.err
    assert in_profile.code == 0, in_profile.err
    assert len(in_profile.out.splitlines()) == 1
    assert (profile / "Default").is_dir()


def test_login_ends_when_its_time_is_over(mimic: Mimic, call: Call, tmp_path: Path) -> None:
    """GIVEN no sign-in WHEN --timeout is over THEN exit 4."""
    where = ("--site", mimic("signed-out").url, "--state-dir", str(tmp_path))

    assert call("login", *where, "--headless", "--timeout", "1", "--json").code == 4


@pytest.mark.further
def test_a_human_signs_in_where_nothing_drives_the_window(
    mimic: Mimic, tool: Tool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN --keep-in profile WHEN a human signs in and closes the window THEN later runs use it.

    The browser is wrapped to have no window, so that no display is needed. The mimic's scripted
    human signs in; closing the window is a signal to its process.
    """
    site = mimic("signed-out", **CALM, solved_after_ms=300)
    browser, profile = tmp_path / "browser", tool.state_dir / "profile"
    browser.write_text(f'#!/bin/sh\nexec {find_browsers()[0]} --headless "$@"\n', "utf-8")
    browser.chmod(0o755)
    monkeypatch.setenv("DISPLAY", ":99")
    where = ("--site", site.url, "--gateway", site.gateway_url, "--state-dir", str(tool.state_dir))
    keep = ("--keep-in", "profile", "--browser", str(browser), "--json")
    command = [sys.executable, "-m", "automation", "login", *where, *keep]

    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as waiting:
        site.ledger.wait_for(lambda entry: entry.effect == "signed in", timeout=HANGS_SECONDS)
        site.ledger.wait_for(lambda entry: entry.path.startswith("/h5/"), timeout=HANGS_SECONDS)
        busy = tool.run("session", "--json", site=site)
        window = json.loads((profile / "dispute-guard.json").read_text("utf-8"))["window"]
        os.kill(window, signal.SIGINT)
        told = json.loads(waiting.communicate(timeout=HANGS_SECONDS)[0])

    assert (busy.code, busy.error) == (1, "profile_in_use"), busy.out
    assert "window that was opened to sign in" in busy.json["error"]["message"]
    assert (waiting.returncode, told["signed_in"], told["who"]) == (0, True, "D…a"), told
    assert (told["profile"], told["browser"]) == (str(profile), str(browser))
    later = tool.run("session", "--json", site=site)
    assert (later.code, later.json["mode"]) == (0, "own-profile"), later.out
    assert site.ledger.effects() == ("signed in",)


@pytest.mark.parametrize(
    "words",
    [("--headless", "--keep-in", "profile"), ("--keep-in", "file", "--profile", "somewhere")],
    ids=["no window to sign in", "two places"],
)
def test_options_that_contradict_each_other(tool: Tool, words: tuple[str, ...]) -> None:
    """GIVEN two options of which one makes no sense THEN exit 2, and nothing is opened."""
    site = ("--site", "http://127.0.0.1:9", "--state-dir", str(tool.state_dir))

    ran = tool.run("login", *site, *words, "--json")

    assert (ran.code, ran.error) == (2, "usage")
