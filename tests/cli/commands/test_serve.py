"""``serve``."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING
from unittest.mock import Mock

import pytest

from automation.aliexpress.reports import contract_of
from fixtures import load_scenario, scenario_names
from fixtures.account.state import State

if TYPE_CHECKING:
    from tests.cli.calls import Call


def test_serve(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a port THEN the site answers there; --list prints scenarios as text, lines or JSON."""
    site = SimpleNamespace(url="http://127.0.0.1:8299", gateway_url="http://127.0.0.1:8300")
    serve = Mock(side_effect=lambda *_, started, **__: started(site))
    monkeypatch.setattr("fixtures.serve.serve", serve)

    assert call("serve", "quick", "--port", "8299", "--json").json["gateway"].endswith(":8300")
    assert call("serve", "quick", "--quiet").out == "http://127.0.0.1:8299\n"
    told = (call("serve", "quick", "--json").json, call("serve", "--list", "--json").json)
    for each in told:
        contract_of("serve").validate_python(each)
    assert [list(each) for each in told] == [
        ["command", "scenario", "site", "gateway", "ledger", "exit_code"],
        ["command", "scenarios", "exit_code"],
    ]
    assert "quick" in told[1]["scenarios"]
    assert [each.args for each in serve.call_args_list] == [("quick", 8299), *[("quick", 8190)] * 2]
    assert "quick" in call("serve", "--list", "--quiet").out.splitlines()


def tried(call: Call, monkeypatch: pytest.MonkeyPatch, name: str) -> tuple[State, list[str]]:
    """The account of a scenario, and the commands that are suggested for it."""
    scenario = load_scenario(name)
    state = State(scenario)
    site = SimpleNamespace(
        url="http://127.0.0.1:1", gateway_url="http://127.0.0.1:2", scenario=scenario, state=state
    )
    monkeypatch.setattr("fixtures.serve.serve", lambda *_, started, **__: started(site))
    lines = call("serve", name).out.splitlines()
    return state, [line.strip() for line in lines if line.startswith("  dispute-guard")]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("delivered", "--because package-arrived --received --checked"),
        ("demo", "--because package-arrived --received --checked"),
        ("begging-seller", "--because seller-promised --not-received"),
        ("quick", "--because filed-by-mistake --not-received"),
    ],
)
def test_what_to_try_fits_the_scenario(
    call: Call, monkeypatch: pytest.MonkeyPatch, name: str, said: str
) -> None:
    """GIVEN a scenario THEN the reason that is suggested is true of its order."""
    state, commands = tried(call, monkeypatch, name)

    where = "--site http://127.0.0.1:1 --gateway http://127.0.0.1:2"
    order = next(order.id for order, line in state.pairs() if line.dispute)
    assert commands == [
        f"dispute-guard list {where}",
        f"dispute-guard cancel {order} {said} --dry-run {where}",
    ]


def test_no_scenario_suggests_that_a_package_arrived_that_did_not(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN every scenario THEN what arrived, which of several disputes, and the surface are named."""
    arrived, items, phones = set(), set(), set()
    for name in scenario_names():
        state, [_, *cancels] = tried(call, monkeypatch, name)
        for words in (each.split() for each in cancels):
            order = state.order(words[2])
            assert ("--received" in words) == (order.spec.delivered is not None), name
            arrived.add("--received" in words)
            open_lines = [line.id for line in order.lines if line.open_dispute]
            assert ("--item" in words) == (len(open_lines) > 1), name
            if "--item" in words:
                items.add(words[words.index("--item") + 1] in open_lines)
            if words[-2:] == ["--surface", "mobile"]:
                phones.add(name)

    assert (arrived, items, phones) == ({True, False}, {True}, {"mobile"})
