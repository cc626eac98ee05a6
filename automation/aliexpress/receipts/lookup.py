"""Find the receipt of an attempt, whichever version wrote it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

from automation.aliexpress.plan.targets import order_of
from automation.aliexpress.receipts.contents import RECEIPTS
from automation.aliexpress.receipts.face import name_of
from automation.engine.receipts.writing import DOCUMENT, PAGE

if TYPE_CHECKING:
    from pathlib import Path

    from automation.engine.journal import Attempt


def receipt_of(attempt: Attempt, state_dir: Path) -> Path | None:
    """The page of an attempt's newest receipt; ``None`` if it has none.

    After the loss of a journal, attempt numbers start again: an older receipt is another one's.
    """
    name = f"*-{name_of(order_of(attempt))}-{attempt.id}"
    folder = state_dir / RECEIPTS
    found = [*folder.glob(name), *folder.glob(f"{name}-*")]
    for path in sorted(found, reverse=True):
        if (path / PAGE).is_file() and _is_of(_document(path / DOCUMENT), attempt):
            return path / PAGE
    return None


def _is_of(document: dict[str, object], attempt: Attempt) -> bool:
    same = document.get("attempt") == attempt.id and document.get("order_id") == order_of(attempt)
    return same and _created(document) >= attempt.started


def _created(document: dict[str, object]) -> datetime:
    return datetime.fromisoformat(str(document["created"]))


def _document(path: Path) -> dict[str, object]:
    """What a receipt says; nothing if it cannot be read."""
    try:
        told: dict[str, object] = json.loads(path.read_text("utf-8"))
        _created(told)
    except (OSError, ValueError, TypeError, KeyError):
        return {}
    return told
