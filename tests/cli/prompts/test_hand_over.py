"""A sign-in or captcha at every step: a human at the window deals with it, once, under the guard.

The mimic's scripted human sends the form of the sign-in or captcha page, which meanwhile tries to
cancel, accept and confirm by itself. The browser has no real window, so that no display is needed.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import async_playwright

from automation.engine.session.launch.discovery import find_browsers, sandbox_arguments
from tests.conftest import CALM, GOOD_REASON, disputed_order
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from pathlib import Path

    from fixtures import MimicSite
    from fixtures.pytest_plugin import Mimic
    from tests.cli.calls import Call, Called
    from tests.shelf import Plans

SOON = {**CALM, "solved_after_ms": 600, "human_pages_leak": True}
LISTS = "mtop.aliexpress.buyer.reverse.queryReverseOrderPageListForBuyer"
SIGNED_IN, SLID = "signed in", "captcha passed"


def block(at: str, kind: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401  scenario values
    """Overrides with a block that lasts until a human has dealt with it."""
    return {"fault": [{"at": at, "kind": kind, "until_solved": True, **more}]}


@pytest.fixture
def with_window(call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Call:
    """Run a command as on a desktop, where somebody is at the window for ``seconds``."""
    monkeypatch.setenv("DISPLAY", ":99")
    browser = str(find_browsers(headless=True)[0])

    def run(*words: str, site: MimicSite, seconds: str = "30") -> Called:
        return call(
            *words, "--site", site.url, "--gateway", site.gateway_url, "--timeout", "15",
            "--state-dir", str(tmp_path / "state"), "--headed", "--browser", browser,
            "--wait-for-human", seconds, "--json",
        )  # fmt: skip

    return run


@pytest.mark.parametrize(
    ("overrides", "effect"),
    [
        pytest.param({"signed_out": True}, SIGNED_IN, marks=pytest.mark.further),
        pytest.param({"captcha": "frame"}, SLID, marks=pytest.mark.further),
        pytest.param(block("detail", "signed-out"), SIGNED_IN, marks=pytest.mark.further),
        (block("dispute", "captcha"), SLID),
    ],
    ids=[
        "list sign-in",
        "list captcha layer",
        "details sign-in by its data",
        "dispute punish page",
    ],
)
def test_a_dry_run_goes_on_from_a_fresh_read(
    mimic: Mimic, with_window: Call, overrides: dict[str, Any], effect: str
) -> None:
    """GIVEN a block at a step WHEN a human deals with it THEN the pages are read from the start.

    Nothing but their own form reaches the site, though the page tried to cancel and accept.
    """
    site = mimic("quick", **SOON, **overrides)

    ran = with_window("cancel", disputed_order(site), *GOOD_REASON, "--dry-run", site=site)

    assert (ran.code, ran.json["stopped_at"]) == (0, "plan"), ran.out + ran.err
    steps = [each["step"] for each in ran.json["steps"]]
    after = steps[steps.index("hand_over") :]
    assert after[:4] == ["hand_over", "my_orders", "order_details", "dispute_page"]
    assert site.ledger.effects() == (effect,)
    assert [entry.effect for entry in site.ledger.writes()] == [effect]
    assert [
        each["kind"] for each in ran.json["guard"]["allowed"] if each["method"] == "POST"
    ].count("human") == 1


@pytest.mark.further
def test_doctor_looks_again_after_a_hand_over(mimic: Mimic, with_window: Call) -> None:
    """GIVEN a punish page on the way WHEN a human deals with it THEN every page is checked once."""
    site = mimic("quick", **SOON, **block("dispute", "captcha"))

    ran = with_window("doctor", disputed_order(site), site=site)

    assert (ran.code, len(ran.json["pages"])) == (0, 3), ran.out + ran.err
    assert set(site.ledger.effects()) == {SLID}


def test_what_these_pages_try_reaches_the_site_without_the_guard(mimic: Mimic) -> None:
    """Positive control: the same sign-in page in a plain browser cancels, accepts and more."""
    site = mimic("quick", **SOON, signed_out=True)

    async def visit() -> None:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=find_browsers(headless=True)[0], args=sandbox_arguments()
            )
            page = await browser.new_page()
            await page.goto(site.orders_url)
            await asyncio.to_thread(
                site.ledger.wait_for, lambda entry: entry.path == "/login/cancelDispute"
            )
            await browser.close()

    in_own_loop(visit())

    assert {"/leak/human-page", "/p/reverse-pages/cancel.do"} <= {
        e.path for e in site.ledger.writes()
    }


@pytest.mark.further
def test_the_consent_counts_for_what_is_read_afresh(planned: Plans, with_window: Call) -> None:
    """GIVEN a captcha after the consent WHEN dealt with THEN the same digest is carried out once."""
    site, order, digest = planned("quick", **SOON, **block("dispute-page", "captcha", skip=1))

    ran = with_window("cancel", order, *GOOD_REASON, "--plan", digest, site=site)

    assert (ran.code, ran.json["outcome"]) == (0, "done"), ran.out + ran.err
    steps = [each["step"] for each in ran.json["steps"]]
    assert steps.index("consent") < steps.index("hand_over") < steps.index("reread")
    assert len(site.ledger.cancels()) == 1
    assert set(site.ledger.effects()) == {SLID, f"cancelled {site.state.dispute().id}"}


@pytest.mark.further  # tests/aliexpress/session/test_hand_over.py clicks for one
def test_a_captcha_after_the_click_on_cancel_request(planned: Plans, with_window: Call) -> None:
    """GIVEN a captcha while the dialog opens WHEN dealt with THEN the dialog is read afresh."""
    site, order, digest = planned(
        "quick", **SOON, **block("dispute-list", "captcha"),
        cancel={"warnings": ["Your protection may end."], "warn_after_call": True, "warn_call": LISTS},
    )  # fmt: skip

    ran = with_window("cancel", order, *GOOD_REASON, "--plan", digest, site=site)

    assert ran.code == 7, ran.out + ran.err
    assert [each["words"] for each in ran.json["warnings"]] == ["Your protection may end."], ran.out
    assert "intent" in [each["step"] for each in ran.json["steps"]]
    assert site.ledger.effects() == (SLID,)


@pytest.mark.further
def test_a_plan_that_no_longer_fits_after_the_hand_over_is_stale(
    planned: Plans, with_window: Call
) -> None:
    """GIVEN consent WHEN the dispute changes while a human signs in THEN exit 7 and nothing sent."""
    moved, order, digest = planned(
        "quick", **SOON,
        fault=[
            {"at": "dispute", "kind": "signed-out", "until_solved": True},
            {"at": "sign-in", "kind": "status-changes", "to": "seller_responded", "times": -1},
        ],
    )  # fmt: skip

    ran = with_window("cancel", order, *GOOD_REASON, "--plan", digest, site=moved)

    assert ran.code == 7, ran.out + ran.err
    assert moved.ledger.effects() == (SIGNED_IN,)


@pytest.mark.further
def test_a_sign_in_during_the_verification_is_handed_over_too(
    planned: Plans, with_window: Call
) -> None:
    """GIVEN a sign-in after the request was sent WHEN dealt with THEN fresh pages decide."""
    site, order, digest = planned(
        "quick", **SOON, **block("dispute-page", "signed-out", after="cancel")
    )

    ran = with_window("cancel", order, *GOOD_REASON, "--plan", digest, site=site)

    assert (ran.code, ran.json["outcome"]) == (0, "done"), ran.out + ran.err
    assert len(site.ledger.cancels()) == 1
    assert set(site.ledger.effects()) == {SIGNED_IN, f"cancelled {site.state.dispute().id}"}


def test_nobody_at_the_window_ends_with_the_command_to_run(mimic: Mimic, with_window: Call) -> None:
    """GIVEN a sign-in WHEN it is not dealt with in time THEN exit 4, and nothing was sent."""
    site = mimic("signed-out", **CALM)

    ran = with_window("advise", disputed_order(site), *GOOD_REASON, site=site, seconds="1")

    error = ran.json["error"]
    assert (ran.code, error["code"]) == (4, "signed_out"), ran.out
    assert "within 1 s" in error["message"]
    assert f"dispute-guard login --site {site.url}" in error["hint"]
    assert site.ledger.writes() == ()


@pytest.mark.further
def test_a_second_block_ends_the_run(mimic: Mimic, with_window: Call) -> None:
    """GIVEN a captcha that comes back WHEN a human has dealt with one THEN exit 4 the next time."""
    site = mimic("quick", **SOON, fault=[{"at": "dispute", "kind": "captcha", "times": -1}])

    ran = with_window("verify", disputed_order(site), site=site)

    assert ran.code == 4, ran.out + ran.err
    assert 1 <= len(site.ledger.writes()) <= 2
    assert set(site.ledger.effects()) == {SLID}
