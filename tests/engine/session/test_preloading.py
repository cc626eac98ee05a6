"""Which profiles stop their browser from preconnecting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from automation.engine.session.preloading import is_quiet, make_quiet

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("exists", [True, False])
def test_empty_profile_becomes_quiet(tmp_path: Path, exists: bool) -> None:
    """An unused profile gets the setting."""
    folder = tmp_path / "profile"
    if exists:
        folder.mkdir()
    assert make_quiet(folder)
    assert is_quiet(folder)


@pytest.mark.parametrize("text", ["{}", '{"net": {}}', "not json", '{"net": []}', "[]"])
def test_used_profile_stays_as_it_is(tmp_path: Path, text: str) -> None:
    """The buyer's own settings are never changed; anything unclear in them counts as no."""
    file = tmp_path / "Default" / "Preferences"
    file.parent.mkdir()
    file.write_text(text)
    assert not make_quiet(tmp_path)
    assert file.read_text() == text
