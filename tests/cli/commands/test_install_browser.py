"""``install-browser``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.aliexpress.reports import contract_of

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from tests.cli.calls import Call


def test_install_browser(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN no browser THEN --yes asks nothing, and the result has the requested form."""
    agreed: list[bool] = []

    def ensure(*, yes: bool, say: Callable[[str], None]) -> bool:
        agreed.append(yes)
        say("browser: /somewhere")
        return True

    monkeypatch.setattr("automation.engine.session.launch.install.ensure_browser", ensure)

    told = call("install-browser", "--yes", "--json").json
    contract_of("install-browser").validate_python(told)
    assert told == {
        "command": "install-browser", "ok": True, "said": ["browser: /somewhere"], "exit_code": 0,
    }  # fmt: skip
    assert call("install-browser", "--quiet").out == ""
    assert agreed == [True, False]
