"""What receipts prove where their journal is lost: in doubt a request was sent."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from automation.engine.outcome import Sent
from automation.engine.receipts import write_receipt
from automation.engine.receipts.evidence import (
    last_attempt,
    receipt_of_a_request,
    receipts_in,
    sent_nothing,
)
from tests.engine.receipts.address_receipt import NOW, AddressReceipt, face_of

if TYPE_CHECKING:
    from pathlib import Path

    from automation.engine.outcome import Outcome

NOTHING = {"outcome": "not_done", "sent": Sent.NOTHING.words}


def kept(state: Path, name: str, document: object = NOTHING) -> Path:
    """A receipt of that name; a text stands as it is."""
    folder = state / "receipts" / name
    folder.mkdir(parents=True)
    text = document if isinstance(document, str) else json.dumps(document)
    (folder / "receipt.json").write_text(text, "utf-8")
    return folder


def test_a_receipt_as_it_is_written_is_understood(tmp_path: Path) -> None:
    """GIVEN receipts of the program itself THEN only one that sent nothing says so."""
    says: dict[tuple[Outcome | str, Sent], bool] = {}
    for outcome in ("done", "not_done", "unknown"):
        for sent in Sent:
            known = {"attempt": 1, "created": NOW, "outcome": outcome, "address_id": "17"}
            receipt = AddressReceipt.model_validate({**known, "sent": sent.words})
            says[outcome, sent] = sent_nothing(write_receipt(tmp_path, receipt, face_of(receipt)))

    assert [each for each, nothing in says.items() if nothing] == [("not_done", Sent.NOTHING)]


@pytest.mark.parametrize(
    "document",
    [
        "", "no JSON", "[]", "null", "7", "[" * 100_000, '{"outcome": "not_done"', "\ud800",
        {}, {"outcome": "not_done"}, {"sent": Sent.NOTHING.words},
        {**NOTHING, "outcome": "unknown"}, {**NOTHING, "outcome": ["not_done"]},
        {**NOTHING, "sent": "nothing, I think"}, {**NOTHING, "sent": None},
        {**NOTHING, "settled": "2026-06-10T12:00:00Z"}, {**NOTHING, "settled": "soon"},
    ],
    ids=lambda document: str(document)[:40].encode("unicode_escape").decode(),
)  # fmt: skip
def test_what_does_not_say_so_clearly_may_be_of_a_request(tmp_path: Path, document: object) -> None:
    """GIVEN a receipt that is damaged, or says less or more THEN it is no proof that nothing was sent."""
    if document == "\ud800":
        folder = kept(tmp_path, "20260610T120000Z-17-1", "")
        (folder / "receipt.json").write_bytes(b'{"outcome": "\xff"}')
    else:
        folder = kept(tmp_path, "20260610T120000Z-17-1", document)

    assert not sent_nothing(folder)
    assert receipt_of_a_request(tmp_path) == folder


def test_a_receipt_that_says_so_is_no_evidence(tmp_path: Path) -> None:
    """GIVEN only runs that sent nothing THEN none is of a request; the control for the one above."""
    folder = kept(tmp_path, "20260610T120000Z-17-1")

    assert sent_nothing(folder)
    assert receipt_of_a_request(tmp_path) is None


def test_the_newest_receipt_of_a_request_is_named(tmp_path: Path) -> None:
    """GIVEN several THEN the newest of those that may have sent something, whatever came after it."""
    may_be = {"outcome": "unknown", "sent": Sent.MAYBE.words}
    kept(tmp_path, "20260610T120000Z-17-1", may_be)
    newer = kept(tmp_path, "20260611T120000Z-17-2", may_be)
    kept(tmp_path, "20260612T120000Z-17-3")

    assert receipt_of_a_request(tmp_path) == newer


def test_other_files_are_no_receipts(tmp_path: Path) -> None:
    """GIVEN an unfinished receipt, a note and a receipt THEN only the last; a file of its name counts.

    Such a file cannot be read as a receipt, so it may stand for one.
    """
    mine = kept(tmp_path, "20260610T120000Z-17-1")
    kept(tmp_path, ".20260610T120001Z-17-2.unfinished", "")
    kept(tmp_path, "my notes", "")
    assert receipts_in(tmp_path) == (mine,)

    odd = tmp_path / "receipts" / "20260611T120000Z-17-3"
    odd.write_text("")

    assert receipts_in(tmp_path) == (mine, odd)
    assert receipt_of_a_request(tmp_path) == odd


@pytest.mark.parametrize("is_file", [True, False])
def test_without_a_folder_there_is_no_receipt(tmp_path: Path, *, is_file: bool) -> None:
    """GIVEN no folder, or a file in its place THEN no receipts, no evidence, no attempt."""
    if is_file:
        (tmp_path / "receipts").write_text("")

    assert receipts_in(tmp_path) == ()
    assert receipt_of_a_request(tmp_path) is None
    assert last_attempt(tmp_path) == 0


@pytest.mark.parametrize(
    ("numbers", "highest"),
    [
        ([3, 12, 7], 12),
        ([3, None, "12", 4.5, [12], True], 3),
        ([3, 0, -7], 3),
        ([3, 10**9, 10**30], 3),
        ([None], 0),
    ],
)
def test_the_next_journal_counts_on(tmp_path: Path, numbers: list[object], highest: int) -> None:
    """GIVEN the numbers that receipts name THEN the highest that an attempt can have."""
    for day, number in enumerate(numbers, 10):
        kept(tmp_path, f"202606{day}T120000Z-17-1", {"attempt": number})

    assert last_attempt(tmp_path) == highest
