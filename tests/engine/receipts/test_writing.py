"""Receipts of any site: here of a deleted address, without an order and a deadline."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from automation.engine.receipts import (
    CalendarEvent,
    Deadline,
    Face,
    StepPicture,
    settle_receipt,
    write_receipt,
)
from automation.errors import ErrorCode, ToolError
from tests.engine.receipts.address_receipt import NOW, AddressReceipt, face_of

if TYPE_CHECKING:
    from pathlib import Path

LATER = NOW + timedelta(days=30)
PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0"


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
            "a", LATER, NOW, NOW, "Undo", "Then it is gone.", (timedelta(days=2),), "undo.ics"
        ),
    )

    path = write_receipt(tmp_path, receipt, face)

    page = (path / "receipt.html").read_text("utf-8")
    assert "Undo until</h2>" in page
    assert "Fri 10 Jul 2026, 12:00 UTC; 30 days" in page
    assert b"TRIGGER:-P2D" in (path / "undo.ics").read_bytes()


def test_a_folder_that_cannot_be_written_changes_no_outcome(tmp_path: Path) -> None:
    """GIVEN a file where the folder should be THEN an error that says the outcome."""
    taken = tmp_path / "receipts"
    taken.write_text("")

    with pytest.raises(ToolError, match="the outcome is still done") as failed:
        write_receipt(taken, made("done"), face_of(made("done")))

    assert failed.value.code is ErrorCode.RECEIPT_UNWRITABLE


def test_a_second_receipt_of_the_same_number_has_a_name_of_its_own(tmp_path: Path) -> None:
    """GIVEN a lost journal, so that numbers start again THEN no receipt is written over."""
    paths = [write_receipt(tmp_path, made("done"), face_of(made("done"))) for _ in range(3)]

    assert [path.name.removeprefix(paths[0].name) for path in paths] == ["", "-2", "-3"]


def test_settled_pictures_take_the_place_of_those_with_the_same_caption(tmp_path: Path) -> None:
    """GIVEN three pictures, one of them damaged WHEN one is taken anew THEN the others stay, in order."""
    first = [StepPicture("Order", PNG), StepPicture("Dispute", JPEG), StepPicture("Dialog", PNG)]
    path = write_receipt(tmp_path, made("unknown"), face_of(made("unknown")), first)
    (path / "step-03.png").write_bytes(b"no picture")

    settle_receipt(tmp_path, made("done"), face_of, [StepPicture("Dispute", PNG)])

    told = json.loads((path / "receipt.json").read_text())
    assert told["pictures"] == [
        {"file": "step-01.png", "step": "Order"},
        {"file": "step-02.png", "step": "Dispute"},
    ]
    assert sorted(each.name for each in path.glob("step-*")) == ["step-01.png", "step-02.png"]


def test_an_attempt_whose_receipt_cannot_be_read_gets_another(tmp_path: Path) -> None:
    """GIVEN a damaged document THEN settling writes a receipt of its own beside it."""
    path = write_receipt(tmp_path, made("unknown"), face_of(made("unknown")))
    (path / "receipt.json").write_text("{")

    assert settle_receipt(tmp_path, made("done"), face_of) != path


def test_only_pictures_are_pictures() -> None:
    """GIVEN bytes of another kind THEN they are refused; PNG and JPEG have their own names."""
    assert [(p.suffix, p.kind) for p in (StepPicture("a", PNG), StepPicture("a", JPEG))] == [
        (".png", "image/png"),
        (".jpg", "image/jpeg"),
    ]
    with pytest.raises(ValueError, match="PNG or JPEG"):
        StepPicture("a", b"<svg>")
