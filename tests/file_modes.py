"""Modes of files from their first byte."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pytest


def modes_at_creation(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """The mode of each file, by name, when the call that creates it returns.

    Its folder must be closed to others by then.
    """
    seen: dict[str, int] = {}
    real = os.open

    def watched(path: Path, flags: int, *rest: Any, **more: Any) -> int:  # noqa: ANN401  os.open's own
        descriptor = real(path, flags, *rest, **more)
        if flags & os.O_CREAT:
            seen[Path(path).name] = os.fstat(descriptor).st_mode & 0o777
            assert Path(path).parent.stat().st_mode & 0o777 == 0o700
        return descriptor

    monkeypatch.setattr(os, "open", watched)
    return seen
