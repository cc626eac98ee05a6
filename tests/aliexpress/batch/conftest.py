"""A scripted batch for each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from automation.aliexpress.batch import run as batch_run
from tests.aliexpress.batch.a_batch import World

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """Orders that can all be planned and cancelled."""
    made = World(tmp_path)
    monkeypatch.setattr(batch_run, "cancel_in", made.cancel)
    monkeypatch.setattr(batch_run, "verify_in", made.verify)
    monkeypatch.setattr(batch_run, "tidy", lambda _options: None)
    monkeypatch.setattr(batch_run, "Interrupts", lambda *_: made.stopping)
    return made
