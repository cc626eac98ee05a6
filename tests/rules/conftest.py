"""Decided cases and labelled messages, and the facts that most tests start from."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from rules import Facts, Reason

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)


def _lines(name: str) -> list[dict[str, Any]]:
    text = (HERE / ("messages" if "messages" in name else "") / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture(scope="session")
def cases() -> list[dict[str, Any]]:
    """All decided cases."""
    return _lines("cases.jsonl")


@pytest.fixture(scope="session")
def messages() -> list[dict[str, Any]]:
    """All labelled messages of the smaller sets."""
    return _lines("seller_messages.jsonl") + _lines("composed_messages.jsonl")


@pytest.fixture(scope="session")
def good() -> Callable[..., Facts]:
    """Facts of an allowed cancel (checked product in hand), with changes."""
    return _good


def _good(**changes: Any) -> Facts:  # noqa: ANN401  any field of Facts
    base: dict[str, Any] = {
        "now": NOW,
        "order_status": "delivered",
        "dispute_status": "waiting_seller",
        "buyer_reason": Reason.PACKAGE_ARRIVED,
        "item_received": True,
        "item_verified": True,
        "protection_deadline": "2026-06-23T09:00:00Z",
        "delivered_at": "2026-06-08T09:00:00Z",
        "edits_used": 0,
        "seller_asked_to_cancel": False,
        "account_role": "buyer",
        "open_disputes_in_order": 1,
        "target_specified": True,
        "visible_buttons": ("Modify Request", "Cancel Request"),
    }
    return Facts().updated(**(base | changes))
