"""What a folder of receipts proves by itself, where the journal that it belongs to is gone."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from automation.engine.outcome import Outcome, Sent
from automation.engine.receipts.writing import DOCUMENT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDER: Final = "receipts"
"""The folder of all receipts, in the state folder."""
NAME: Final = re.compile(r"\d{8}T\d{6}Z-.+")
"""The name of one, which sorts by time."""
_HIGHEST: Final = 1_000_000_000


def sent_nothing(path: Path) -> bool:
    """True if a receipt says that its attempt sent nothing; one that cannot be read does not."""
    document = _document(path)
    return (
        document.get("outcome") == Outcome.NOT_DONE
        and document.get("sent") == Sent.NOTHING.words
        and not document.get("settled")
    )


def receipts_in(state_dir: Path) -> tuple[Path, ...]:
    """The receipts of a state folder, the oldest first."""
    return tuple(sorted(each for each in _entries(state_dir / FOLDER) if NAME.fullmatch(each.name)))


def receipt_of_a_request(state_dir: Path) -> Path | None:
    """The newest receipt of a request that was sent, or may have been; ``None`` if there is none."""
    return next((each for each in reversed(receipts_in(state_dir)) if not sent_nothing(each)), None)


def attempts_told(state_dir: Path) -> frozenset[int]:
    """The numbers of the attempts that receipts name."""
    numbers = (_document(each).get("attempt") for each in receipts_in(state_dir))
    return frozenset(each for each in numbers if isinstance(each, int) and 0 < each < _HIGHEST)


def last_attempt(state_dir: Path) -> int:
    """The highest number of an attempt that a receipt names; 0 if none does."""
    return max(attempts_told(state_dir), default=0)


def _entries(folder: Path) -> Iterator[Path]:
    return folder.iterdir() if folder.is_dir() else iter(())


def _document(path: Path) -> dict[str, object]:
    """What a receipt says; nothing if it cannot be read."""
    try:
        document = json.loads((path / DOCUMENT).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}
