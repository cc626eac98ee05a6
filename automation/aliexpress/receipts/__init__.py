"""Receipts: what one attempt did, for the buyer to read, print and keep.

Pydantic and Jinja load on first use, so a command without a receipt does not wait for
them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from automation.aliexpress.receipts.model import (
        GuardedRequest,
        GuardSummary,
        HeldCall,
        Receipt,
        ReceiptFinding,
        SiteAnswer,
        Step,
        StepPicture,
    )
    from automation.aliexpress.receipts.writing import settle_receipt, write_receipt

__all__ = [
    "GuardSummary",
    "GuardedRequest",
    "HeldCall",
    "Receipt",
    "ReceiptFinding",
    "SiteAnswer",
    "Step",
    "StepPicture",
    "settle_receipt",
    "write_receipt",
]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = "writing" if name in {"settle_receipt", "write_receipt"} else "model"
    return getattr(import_module(f"{__name__}.{module}"), name)
