"""Receipts of any site: here of a deleted address, without an order and a deadline."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from automation.engine.receipts import (
    CalendarEvent,
    Deadline,
    Face,
    Fact,
    Receipt,
    settle_receipt,
    write_receipt,
)
from automation.engine.receipts.model import Name

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 6, 10, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=30)


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


def made(outcome: str, number: str = "17") -> AddressReceipt:
    """A receipt of the toy site."""
    known = {"attempt": 3, "created": NOW, "outcome": outcome, "address_id": number}
    return AddressReceipt.model_validate(known)


def test_a_receipt_knows_no_order(tmp_path: Path) -> None:
    """GIVEN a site with addresses THEN its own words and fields, and nothing about disputes."""
    receipt = made("done")

    path = write_receipt(tmp_path, receipt, face_of(receipt))

    page, document = (path / "receipt.html").read_text("utf-8"), (path / "receipt.json").read_text()
    told = json.loads(document)
    assert path.name == "20260610T120000Z-17-3"
    assert (told["headline"], told["address_id"]) == ("Address: done", "17")
    assert "<title>Receipt 3: address 17, done</title>" in page
    assert "The address</h2>" in page
    assert not re.search(r"\b(dispute(?!-guard)|orders?|refile)\b", page + document, re.IGNORECASE)


def test_a_site_settles_its_own_receipt(tmp_path: Path) -> None:
    """GIVEN an unknown outcome WHEN it is settled THEN the same folder; another target's stays."""
    first = write_receipt(tmp_path, made("unknown"), face_of(made("unknown")))
    other = write_receipt(tmp_path, made("unknown", "18"), face_of(made("unknown", "18")))

    assert settle_receipt(tmp_path, made("done"), face_of) == first

    assert json.loads((first / "receipt.json").read_text())["outcome"] == "done"
    assert json.loads((other / "receipt.json").read_text())["outcome"] == "unknown"


def test_a_deadline_and_its_calendar_are_the_sites(tmp_path: Path) -> None:
    """GIVEN a moment that a site names THEN the page has it, and a calendar file if it gives one."""
    receipt = made("done")
    face = Face(
        **{
            name: getattr(face_of(receipt), name)
            for name in ("target", "name", "title", "headline")
        },
        deadline=Deadline("Undo until", LATER, "30 days", "Then it is gone."),
        event=CalendarEvent(
            "undo.ics", "a", LATER, NOW, NOW, "Undo", "Then it is gone.", (timedelta(days=2),)
        ),
    )

    path = write_receipt(tmp_path, receipt, face)

    page = (path / "receipt.html").read_text("utf-8")
    assert "Undo until</h2>" in page
    assert "Fri 10 Jul 2026, 12:00 UTC; 30 days" in page
    assert b"TRIGGER:-PT48H" in (path / "undo.ics").read_bytes()
