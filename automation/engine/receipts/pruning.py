"""Bound the folder of receipts: old ones of attempts that sent nothing are removed.

A receipt of a request that was sent, or may have been, is evidence: it is never removed. Neither
is one that cannot be read: it may be of such a request.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from automation.engine.outcome import Outcome, Sent
from automation.engine.receipts.writing import DOCUMENT
from automation.pruning import Entries, prune

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

_RECEIPTS: Final = Entries(
    re.compile(r"\d{8}T\d{6}Z-.+"),
    # A new file of a receipt that is settled has the name of the old one in its own.
    re.compile(r"(receipt\.(json|html)|step-\d+\.(png|jpg)|[\w-]+\.ics)|\..+\.new"),
)


def prune_receipts(folder: Path, keep: int, spare: Collection[Path] = ()) -> tuple[Path, ...]:
    """Remove all but the newest receipts of attempts that sent nothing.

    Args:
        folder: the folder of all receipts.
        keep: how many of these stay; those of sent requests stay in addition.
        spare: those that the present answer names.

    Returns:
        What was removed. What cannot be removed stays.
    """
    return prune(folder, _RECEIPTS, keep, spare=spare, may_go=_sent_nothing)


def _sent_nothing(path: Path) -> bool:
    try:
        document = json.loads((path / DOCUMENT).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return (
        isinstance(document, dict)
        and document.get("outcome") == Outcome.NOT_DONE
        and document.get("sent") == Sent.NOTHING.words
        and not document.get("settled")
    )
