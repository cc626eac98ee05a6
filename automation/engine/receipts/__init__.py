"""Receipts: what one attempt did, for a person to read, print and keep.

They know no site: it makes a subclass of ``Receipt`` with what its request was about, and a
``Face`` with the words of the page.
"""

from __future__ import annotations

from automation.engine.receipts.calendar_file import CalendarEvent, calendar_file
from automation.engine.receipts.model import (
    Deadline,
    Face,
    Fact,
    GuardedRequest,
    GuardSummary,
    HeldCall,
    Receipt,
    ReceiptFinding,
    SiteAnswer,
    Step,
    StepPicture,
    Stop,
)
from automation.engine.receipts.pruning import prune_receipts
from automation.engine.receipts.writing import settle_receipt, write_receipt

__all__ = [
    "CalendarEvent",
    "Deadline",
    "Face",
    "Fact",
    "GuardSummary",
    "GuardedRequest",
    "HeldCall",
    "Receipt",
    "ReceiptFinding",
    "SiteAnswer",
    "Step",
    "StepPicture",
    "Stop",
    "calendar_file",
    "prune_receipts",
    "settle_receipt",
    "write_receipt",
]
