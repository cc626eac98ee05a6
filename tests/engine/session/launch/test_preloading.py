"""Which profiles stop their browser from preconnecting and translating."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from automation.engine.session.launch.preloading import make_quiet

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("exists", [True, False])
def test_empty_profile_becomes_quiet(tmp_path: Path, exists: bool) -> None:
    """An unused profile gets the settings."""
    folder = tmp_path / "profile"
    if exists:
        folder.mkdir()
    make_quiet(folder)
    kept = json.loads((folder / "Default" / "Preferences").read_text())
    assert kept == {"net": {"network_prediction_options": 2}, "translate": {"enabled": False}}


@pytest.mark.parametrize("text", ["{}", '{"net": {}}', "not json", '{"net": []}', "[]"])
def test_used_profile_stays_as_it_is(tmp_path: Path, text: str) -> None:
    """The buyer's own settings are never changed."""
    file = tmp_path / "Default" / "Preferences"
    file.parent.mkdir()
    file.write_text(text)
    make_quiet(tmp_path)
    assert file.read_text() == text
