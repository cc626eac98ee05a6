from __future__ import annotations

import json
import os
import time
from typing import TYPE_CHECKING

import pytest

from tests.conftest import CALM

if TYPE_CHECKING:
    from fixtures.pytest_plugin import Mimic
    from tests.conftest import Tool

WEEK = 7 * 86400


@pytest.mark.parametrize("scenario", ["quick", "empty-list"])
def test_orders_or_a_greeting_mean_signed_in(mimic: Mimic, tool: Tool, scenario: str) -> None:
    """GIVEN a signed-in buyer, with or without orders WHEN asked THEN exit 0 and no write."""
    site = mimic(scenario, **CALM)

    ran = tool.run("session", "--json", site=site)

    assert (ran.code, ran.json["signed_in"], ran.json["mode"]) == (0, True, "none"), ran.out
    assert (ran.json["who"], ran.json["where"], ran.json["since"]) == ("D…a", "127.0.0.1", None)
    assert site.ledger.writes() == ()


def test_a_site_that_asks_for_a_sign_in_needs_a_human(mimic: Mimic, tool: Tool) -> None:
    """GIVEN a buyer who is not signed in WHEN asked THEN exit 4, with login as the next step."""
    site = mimic("signed-out")

    ran = tool.run("session", "--json", site=site)

    assert (ran.code, ran.json["signed_in"], ran.error) == (4, False, "signed_out")
    assert "dispute-guard login" in ran.json["error"]["hint"]
    assert site.ledger.writes() == ()


def test_a_captcha_says_nothing_about_the_session(mimic: Mimic, tool: Tool) -> None:
    """GIVEN a captcha WHEN asked THEN exit 4, and whether they are signed in stays unknown."""
    ran = tool.run("session", "--json", site=mimic("captcha"))

    assert (ran.code, ran.json["signed_in"], ran.error) == (4, None, "captcha")


def test_the_kept_session_is_used_and_its_age_is_told(mimic: Mimic, tool: Tool) -> None:
    """GIVEN cookies saved a week ago WHEN asked THEN they sign in, and their age is shown."""
    site = mimic("signed-out", **CALM)
    cookie = {
        "name": "mimic_session", "value": "1", "domain": "127.0.0.1", "path": "/",
        "expires": -1, "httpOnly": True, "secure": False, "sameSite": "Lax",
    }  # fmt: skip
    tool.state_dir.mkdir(mode=0o700)
    file = tool.state_dir / "session.json"
    kept = {"cookies": [cookie], "origins": [], "signed_in": "2026-01-02T03:04:05+00:00"}
    file.write_text(json.dumps(kept), "utf-8")
    then = time.time() - WEEK
    os.utime(file, (then, then))

    ran = tool.run("session", "--json", site=site)

    assert (ran.code, ran.json["signed_in"], ran.json["file"]) == (0, True, str(file)), ran.out
    assert (ran.json["mode"], ran.json["since"]) == ("file", "2026-01-02T03:04:05Z")
    assert WEEK <= ran.json["age_seconds"] < WEEK + 120
    os.utime(file, (then, then))
    told = tool.run("session", site=site).out
    assert "signed in as D…a at 127.0.0.1" in told
    assert "last saved 7 days ago" in told


@pytest.mark.further
def test_a_page_with_neither_orders_nor_greeting_is_not_guessed_at(
    mimic: Mimic, tool: Tool
) -> None:
    """GIVEN an error page as My Orders WHEN asked THEN exit 5 and no claim."""
    fault = {"at": "list-page", "kind": "wrong-content-type", "times": -1}
    site = mimic("quick", fault=[fault])

    ran = tool.run("session", "--json", "--timeout", "2", site=site)

    assert ran.json["signed_in"] is None, ran.out
    assert (ran.code, ran.error) == (5, "page_not_recognised")
