"""Pages that need a call which no table has: named, and let through if the buyer says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import GOOD_REASON, disputed_order

if TYPE_CHECKING:
    from pathlib import Path

    from fixtures.pytest_plugin import Mimic
    from tests.conftest import Tool

NEEDED = "mtop.aliexpress.buyer.page.layoutQuery"
SHORT = ("--timeout", "3")


def test_a_page_that_lacks_a_call_names_it(mimic: Mimic, tool: Tool) -> None:
    """GIVEN pages that stay blank without an unknown call THEN exit 5 with its name and the option."""
    site = mimic("unknown-call")

    ran = tool.run("list", "--json", *tool.words(site=site)[3:], *SHORT)

    assert ran.code == 5, ran.out
    error = ran.json["error"]
    assert f"unknown reading calls were held back: {NEEDED}" in error["message"]
    assert error["hint"] == f"let them through with --allow-read {NEEDED}"
    held = [each for each in ran.json["guard"]["held_back"] if each["name"] == NEEDED]
    assert held
    assert all(each["negotiable"] for each in held)
    assert site.ledger.writes() == ()


@pytest.mark.parametrize("way", ["--allow-read", "--site-data"])
def test_the_buyer_lets_it_through(mimic: Mimic, tool: Tool, tmp_path: Path, way: str) -> None:
    """GIVEN --allow-read, or the call in the site data THEN the dry run makes its plan."""
    site = mimic("unknown-call")
    data = tmp_path / "site.toml"
    data.write_text(f'[traffic]\nallowed_reads = ["{NEEDED}"]\n', "utf-8")

    ran = tool.dry_run(
        disputed_order(site), site, *GOOD_REASON, way, str(data) if way == "--site-data" else NEEDED
    )

    assert (ran.code, ran.json["outcome"]) == (0, "not_done"), ran.out
    assert ran.json["plan"]["digest"]
    assert site.ledger.writes() == ()


def test_no_name_lets_a_write_through(mimic: Mimic, tool: Tool) -> None:
    """GIVEN --allow-read with the name of the cancel itself THEN a dry run sends it no more."""
    site = mimic("quick")

    ran = tool.dry_run(
        disputed_order(site), site, *GOOD_REASON, "--allow-read", site.scenario.cancel.api
    )

    assert ran.code == 0, ran.out
    assert site.ledger.writes() == ()
