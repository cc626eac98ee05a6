"""A receipt with everything in it, to be changed by each test."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from automation.aliexpress.receipts.face import DisputeReceipt, face_of
from automation.engine.receipts import StepPicture, write_receipt

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 6, 10, 12, 0, tzinfo=UTC)

FULL: dict[str, Any] = {
    "attempt": 7,
    "created": NOW,
    "order_id": "8201234567891234",
    "dispute_id": "9300000000771",
    "line_id": "8201234567901234",
    "item": "USB-C hub with HDMI",
    "amount": "US $23.40",
    "status_before": "Waiting for the seller's response",
    "outcome": "done",
    "reason": "closed on freshly loaded pages",
    "verdict": "warn",
    "findings": [
        {
            "rule": "window-closing-soon",
            "severity": "warn",
            "meaning": "Less than three days are left.",
            "instead": "Test it first.",
            "source": ["F6", "F7"],
        }
    ],
    "accepted_risks": ["window-closing-soon"],
    "plan_digest": "3f9a0c",
    "consent": "typed at the terminal",
    "guard": {
        "summary": "1 change let through, 3 requests refused",
        "allowed": [{"method": "POST", "target": "https://acs.site.example/h5/cancel/1.0/"}],
        "refused": [
            {"method": "POST", "target": "https://log.site.example/a", "why": "foreign host"},
            {"method": "POST", "target": "https://log.site.example/a", "why": "foreign host"},
            {"method": "BEACON", "target": "https://log.site.example/b", "why": "foreign host"},
        ],
    },
    "steps": [{"name": "Opened My Orders", "page": "https://site.example/p", "seconds": 1.306}],
    "answer": {"status": 200, "ret": "SUCCESS"},
    "verified_by": ["Dispute page: closed", "Order Details: no dispute"],
    "refile_by": NOW + timedelta(days=13),
}

MakeReceipt = Callable[..., DisputeReceipt]


@pytest.fixture
def make_receipt() -> MakeReceipt:
    """A full receipt with some of its parts replaced."""
    return lambda **changes: DisputeReceipt.model_validate(FULL | changes)


@pytest.fixture
def pictures() -> list[StepPicture]:
    """Two pictures of one pixel."""
    return [StepPicture("My Orders", png()), StepPicture("Dispute page", png())]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for receipts that does not exist yet."""
    return tmp_path / "state" / "receipts"


def write_shown(
    folder: Path, receipt: DisputeReceipt, pictures: Sequence[StepPicture] = ()
) -> Path:
    """Write a receipt in the words of this site."""
    return write_receipt(folder, receipt, face_of(receipt), pictures)


def png() -> bytes:
    """A grey PNG of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checked = kind + data
        return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    body = zlib.compress(b"\0\x80")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
