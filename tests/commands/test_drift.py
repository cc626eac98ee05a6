"""Pages with unknown markup: named, with what they show, and kept without personal data."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from automation.aliexpress.walk.album import MY_ORDERS, ORDER_DETAILS, STOPPED
from tests.conftest import CALM, GOOD_REASON, disputed_order
from tests.personal_data import personal_data

if TYPE_CHECKING:
    from fixtures.pytest_plugin import Mimic
    from tests.conftest import Tool

QUICK = {"telemetry": False, "recommendations": 0, "cookie_bar": False, "hydration_ms": 0}


@pytest.mark.further
def test_a_dispute_page_in_other_markup_is_named_and_kept(mimic: Mimic, tool: Tool) -> None:
    """GIVEN other class names WHEN dry-run THEN exit 5, headings, page and picture; no write."""
    site = mimic("drifted-dispute", **CALM)

    ran = tool.dry_run(disputed_order(site), site)

    assert (ran.code, ran.error) == (5, "page_not_recognised"), ran.out
    error = ran.json["error"]
    assert "it has loaded, but shows none of its landmarks" in error["message"]
    assert "'Refund request'" in error["message"]
    folder = Path(error["evidence"])
    assert folder.parent == tool.state_dir / "drift"
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {
        "page.html": 0o600,
        "page.png": 0o600,
    }
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    page = (folder / "page.html").read_text("utf-8")
    assert [each for each in personal_data(site) if each in page + ran.out] == [
        disputed_order(site)
    ]
    assert disputed_order(site) not in page
    # Control: the page was there, with what tells a person where they are.
    assert "Waiting for the seller's response" in page
    assert (folder / "page.png").read_bytes().startswith(b"\x89PNG")
    receipt = Path(ran.json["receipt"])
    told = json.loads((receipt / "receipt.json").read_text("utf-8"))
    assert (told["exit_code"], told["stop"]["evidence"]) == (5, str(folder))
    assert [each["step"] for each in told["pictures"]] == [MY_ORDERS, ORDER_DETAILS, STOPPED]
    assert [
        each
        for each in personal_data(site)
        if each in (receipt / "receipt.html").read_text("utf-8")
    ] == [disputed_order(site)]
    assert site.ledger.writes() == ()


@pytest.mark.further  # tests/aliexpress/walk/test_drift.py has each page
def test_orders_in_other_markup_are_no_empty_list(mimic: Mimic, tool: Tool) -> None:
    """GIVEN My Orders with unknown cards WHEN listed THEN exit 5 that says so, with its page."""
    site = mimic("waiting-seller", drifted=["list"], **QUICK)

    ran = tool.run("list", "--json", site=site)

    assert (ran.code, ran.error) == (5, "page_not_recognised"), ran.out
    assert "it shows orders, but no card that is known" in ran.json["error"]["message"]
    assert (Path(ran.json["error"]["evidence"]) / "page.html").is_file()


@pytest.mark.further
def test_late_cards_are_no_drift(mimic: Mimic, tool: Tool) -> None:
    """GIVEN cards 7 s after the rest of My Orders, without any mark THEN the dry run makes its plan."""
    site = mimic("late-cards", cards_late_ms=7000)

    ran = tool.dry_run(disputed_order(site), site, *GOOD_REASON)

    assert ran.code == 0, ran.out
