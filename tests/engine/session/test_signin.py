"""A window needs a display."""

from __future__ import annotations

import pytest

from automation.engine.session.signin import check_display
from automation.errors import ExitCode, ToolError


@pytest.mark.parametrize(
    ("system", "variables"),
    [
        ("linux", {"DISPLAY": ":0"}),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}),
        ("darwin", {}),
        ("win32", {}),
    ],
)
def test_a_desktop_has_one(
    system: str, variables: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN X, Wayland, or a system that has no such variables THEN there is no error."""
    monkeypatch.setattr("sys.platform", system)
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    check_display()


def test_a_server_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN neither THEN exit 4: a human is needed, at a desktop."""
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("DISPLAY", "")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    with pytest.raises(ToolError) as caught:
        check_display()
    assert caught.value.exit_code == ExitCode.HUMAN_NEEDED
    assert "--attach" in caught.value.hint
