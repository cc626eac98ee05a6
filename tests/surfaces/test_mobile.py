from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import CALM, GOOD_REASON, disputed_order

if TYPE_CHECKING:
    from fixtures.pytest_plugin import Mimic
    from tests.conftest import Tool

# Slow: make further and the gate run it.
pytestmark = pytest.mark.further

ON_A_PHONE = (*GOOD_REASON, "--surface", "mobile")


def test_the_card_is_tapped_and_the_dispute_cancelled(mimic: Mimic, tool: Tool) -> None:
    """GIVEN a phone's layout WHEN cancelled THEN card, dispute, confirm, and the one right write (F2)."""
    site = mimic("quick", surface="mobile")
    order = disputed_order(site)

    ran = tool.cancel_typed(order, site, *ON_A_PHONE)

    assert (ran.code, ran.json["outcome"]) == (0, "done"), ran.out + ran.err
    assert site.ledger.effects() == (f"cancelled {site.state.dispute().id}",)
    pages = [entry for entry in site.ledger.entries if entry.kind == "page"]
    # Only the card's own link carries spm; a typed address has none.
    assert any(order in entry.query and "spm=" in entry.query for entry in pages)
    assert all("Mobile" in entry.headers["user-agent"] for entry in pages)


def test_a_page_that_only_offers_the_app_is_named(mimic: Mimic, tool: Tool) -> None:
    """GIVEN phones that only get the app THEN exit 5 says so, and wide screens still work."""
    site = mimic("app-only", **CALM)
    order = disputed_order(site)

    ran = tool.dry_run(order, site, *ON_A_PHONE)

    assert (ran.code, ran.error) == (5, "app_only"), ran.out
    assert "--surface web" in ran.json["error"]["hint"]
    assert tool.dry_run(order, site).code == 0
    assert site.ledger.writes() == ()


def test_the_list_can_be_read_on_a_phone(mimic: Mimic, tool: Tool) -> None:
    """GIVEN two disputes in one order WHEN listed on a phone THEN both rows, and only reads."""
    site = mimic("several-disputes", surface="mobile", **CALM)

    ran = tool.run("list", "--surface", "mobile", "--json", site=site)

    ids = [row["dispute_id"] for row in ran.json["disputes"]]
    assert ids == [dispute.id for dispute in site.state.disputes()], ran.out
    assert site.ledger.writes() == ()
