from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import Mock

from automation.cli.mcp import server

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.cli.calls import Call


def test_without_its_package_it_says_how_to_install_it(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN an installation without the extra THEN one line names it; nothing is on stdout."""
    monkeypatch.setattr("automation.cli.commands.mcp.find_spec", lambda _name: None)

    ran = call("mcp")

    assert (ran.code, ran.out) == (1, "")
    assert "uv tool install '.[mcp]'" in ran.err


def test_the_options_hold_for_every_call(
    call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """GIVEN options of a run THEN the server gets them all, as any other command does."""
    serve = Mock()
    monkeypatch.setattr(server, "serve", serve)

    ran = call(
        "mcp", "--site", "http://127.0.0.1:9", "--gateway", "http://127.0.0.1:8", "--surface",
        "mobile", "--attach", "chrome", "--profile", str(tmp_path), "--headed", "--wait-for-human",
        "7", "--browser", "/bin/true", "--timeout", "5", "--allow-read", "a.read", "--site-data",
        "/bin/true", "--state-dir", str(tmp_path),
    )  # fmt: skip

    assert ran.code == 0
    [browser] = serve.call_args.args
    assert (browser.site, browser.gateway) == ("http://127.0.0.1:9", "http://127.0.0.1:8")
    assert (browser.surface, browser.attach, browser.profile) == ("mobile", "chrome", tmp_path)
    assert (browser.headed, browser.human_seconds, browser.timeout) == (True, 7.0, 5.0)
    assert (browser.allowed_reads, browser.state_dir) == (("a.read",), tmp_path)
    assert str(browser.browser) == str(browser.words) == "/bin/true"
