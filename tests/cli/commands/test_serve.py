"""``serve``."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING
from unittest.mock import Mock

from automation.aliexpress.reports import contract_of

if TYPE_CHECKING:
    import pytest

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
