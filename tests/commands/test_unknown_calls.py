"""Pages that need a call which no table has: named, and let through if the buyer says so."""

from __future__ import annotations

import stat
import tomllib
from typing import TYPE_CHECKING

import pytest

from tests.conftest import GOOD_REASON, disputed_order
from tests.terminal import at_terminal

if TYPE_CHECKING:
    from pathlib import Path

    from fixtures.pytest_plugin import Mimic
    from tests.conftest import Tool

NEEDED = "mtop.aliexpress.buyer.page.layoutQuery"
TWO = (NEEDED, "mtop.aliexpress.buyer.text.listQuery")
SHORT = ("--timeout", "3")


@pytest.mark.further
def test_a_page_that_lacks_a_call_names_it(mimic: Mimic, tool: Tool) -> None:
    """GIVEN pages that stay blank without an unknown call THEN exit 5 with its name and the option.

    The option comes first; behind it stand the commands that name and teach other unknown parts.
    """
    site = mimic("unknown-call")

    ran = tool.run("list", "--json", *tool.words(site=site)[3:], *SHORT)

    assert ran.code == 5, ran.out
    error = ran.json["error"]
    assert f"unknown reading calls were held back: {NEEDED}" in error["message"]
    option, _, others = error["hint"].partition("; or ")
    assert option == f"let them through with --allow-read {NEEDED}"
    assert "'dispute-guard doctor ORDER " in others
    assert "'dispute-guard teach ORDER " in others
    held = [each for each in ran.json["guard"]["held_back"] if each["name"] == NEEDED]
    assert held
    assert all(each["negotiable"] for each in held)
    assert site.ledger.writes() == ()


@pytest.mark.parametrize(
    "way", ["--allow-read", pytest.param("--site-data", marks=pytest.mark.further)]
)
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


@pytest.mark.further
def test_at_a_terminal_it_is_offered_and_kept(
    mimic: Mimic, tool: Tool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN two unknown calls by JSONP WHEN yes is typed to each THEN the list is read, and kept for later."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("NO_COLOR", "1")
    site = mimic("two-unknown-calls")

    seen = at_terminal(
        tool.words("list", site=site), wait_for="type yes: ", answer="yes", again=True
    )

    assert seen.code == 0, seen.screen
    for name in TWO:
        assert f"- {name} on /p/order/index.html" in seen.screen.replace("\r", "")
    assert "it says lang, pageIndex, and nothing" in seen.screen
    data = next((tmp_path / "config").rglob("site.toml"))
    assert tomllib.loads(data.read_text("utf-8"))["traffic"]["allowed_reads"] == list(TWO)
    assert stat.S_IMODE(data.stat().st_mode) == 0o600
    assert site.ledger.writes() == ()


@pytest.mark.further
def test_a_no_ends_as_without_a_terminal(mimic: Mimic, tool: Tool) -> None:
    """GIVEN the same WHEN no is typed THEN exit 5 with the option, and the call never left."""
    site = mimic("unknown-call")

    seen = at_terminal(tool.words("list", site=site), wait_for="type yes: ", answer="no")

    assert seen.code == 5, seen.screen
    assert f"--allow-read {NEEDED}" in seen.screen.replace("\r\n", "\n").replace("\n    ", " ")
    assert [each for each in site.ledger.entries if each.api == NEEDED] == []


@pytest.mark.further
def test_a_call_with_a_number_is_never_offered(mimic: Mimic, tool: Tool) -> None:
    """GIVEN a needed call that carries an order's number THEN it is named, without an option or question."""
    site = mimic("unknown-call-with-id")

    seen = at_terminal(tool.words("list", site=site), wait_for="type yes: ", answer="yes")

    assert seen.code == 5, seen.screen
    screen = " ".join(seen.screen.split())
    assert "a call of the page was held back: mtop.aliexpress.buyer.page.orderQuery" in screen
    assert "type yes" not in screen
    assert "--allow-read" not in screen


def test_no_name_lets_a_write_through(mimic: Mimic, tool: Tool) -> None:
    """GIVEN --allow-read with the name of the cancel itself THEN a dry run sends it no more."""
    site = mimic("quick")

    ran = tool.dry_run(
        disputed_order(site), site, *GOOD_REASON, "--allow-read", site.scenario.cancel.api
    )

    assert ran.code == 0, ran.out
    assert site.ledger.writes() == ()
