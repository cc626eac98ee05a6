"""``serve``."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING
from unittest.mock import Mock

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
    assert [each.args for each in serve.call_args_list] == [("quick", 8299), ("quick", 8190)]
    assert "quick" in call("serve", "--list", "--json").json["scenarios"]
    assert "quick" in call("serve", "--list", "--quiet").out.splitlines()
