"""``demo``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.aliexpress.reports import contract_of
from automation.cli.commands import demo

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.cli.calls import Call


def test_demo(call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """GIVEN the demo's options THEN each scene gets them, and the result has that form."""
    scenes: list[list[str]] = []

    def ended(command: list[str], *, silent: bool) -> int:
        assert silent
        scenes.append(command)
        return 0

    monkeypatch.setattr(demo, "_ended", ended)
    monkeypatch.setattr(demo, "_plan_digest", lambda _demo: "none")

    told = call("demo", "--headed", "--browser", str(tmp_path), "--json")
    line = call("demo", "--headless", "--quiet")

    contract_of("demo").validate_python(told.json)
    assert [each["exit_code"] for each in told.json["scenes"]] == [0] * (len(scenes) // 2)
    # Scenes that do nothing break the promise, and both forms of the result say so.
    assert (told.code, told.json["ok"], line.code) == (1, False, 1)
    assert len(line.out.splitlines()) == 1
    with_window, without = scenes[: len(scenes) // 2], scenes[len(scenes) // 2 :]
    assert all("--headed" in each and str(tmp_path) in each for each in with_window)
    assert not any("--headed" in each or str(tmp_path) in each for each in without)
