"""Bound the folder of receipts: old ones of attempts that sent nothing are removed.

A receipt of a request that was sent, or may have been, is evidence: it is never removed. Neither
is one that cannot be read: it may be of such a request.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from automation.engine.receipts.evidence import NAME, sent_nothing
from automation.pruning import Entries, prune

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

_RECEIPTS: Final = Entries(
    NAME,
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
    return prune(folder, _RECEIPTS, keep, spare=spare, may_go=sent_nothing)
