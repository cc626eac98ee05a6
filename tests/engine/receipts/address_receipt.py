"""Receipts of a toy site: of deleted addresses."""

from __future__ import annotations

from datetime import UTC, datetime

from automation.engine.receipts import (
    Face,
    Fact,
    Receipt,
)
from automation.engine.receipts.model import Name

NOW = datetime(2026, 6, 10, 12, 0, tzinfo=UTC)


class AddressReceipt(Receipt):
    """What a toy site adds."""

    address_id: Name


def face_of(receipt: AddressReceipt) -> Face:
    """What the toy site says."""
    return Face(
        target=receipt.address_id,
        name=receipt.address_id,
        title=f"address {receipt.address_id}",
        headline=f"Address: {receipt.outcome}",
        about="The address",
        facts=(Fact("Number", receipt.address_id, is_code=True),),
    )
