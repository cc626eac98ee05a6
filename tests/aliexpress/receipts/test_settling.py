"""A receipt that is settled later: the new outcome, both moments, everything else as it was."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from automation.aliexpress.receipts.face import DisputeReceipt, face_of
from automation.engine.receipts import settle_receipt
from automation.errors import ToolError
from tests.aliexpress.receipts.conftest import NOW, write_shown

if TYPE_CHECKING:
    from pathlib import Path

    from automation.engine.receipts import StepPicture
    from tests.aliexpress.receipts.conftest import MakeReceipt

LATER = NOW + timedelta(hours=3)


def settled(outcome: str, **more: Any) -> DisputeReceipt:  # noqa: ANN401  a receipt's own fields
    """What the journal knows of the attempt of ``make_receipt``."""
    known = {"attempt": 7, "created": NOW, "order_id": "8201234567891234", "settled": LATER}
    told = {"outcome": outcome, "reason": "the page says so", "verified_by": "the page says so"}
    return DisputeReceipt.model_validate({**known, **told, **more})


def document(path: Path) -> dict[str, Any]:
    """The JSON of a receipt."""
    told: dict[str, Any] = json.loads((path / "receipt.json").read_text("utf-8"))
    return told


@pytest.mark.parametrize("outcome", ["done", "not_done"])
def test_the_same_folder_tells_the_new_outcome(
    folder: Path, make_receipt: MakeReceipt, pictures: list[StepPicture], outcome: str
) -> None:
    """GIVEN an unknown outcome WHEN settled THEN the same receipt, with both moments."""
    first = write_shown(folder, make_receipt(outcome="unknown", verified_by=()), pictures)
    before = document(first)

    assert settle_receipt(folder, settled(outcome), face_of) == first

    after = document(first)
    changed = {name for name in after if after[name] != before[name]}
    files = {"files"} if outcome == "not_done" else set()
    assert changed == {"outcome", "reason", "verified_by", "settled", "headline"} | files
    assert (after["created"], after["settled"]) == ("2026-06-10T12:00:00Z", "2026-06-10T15:00:00Z")
    page = (first / "receipt.html").read_text("utf-8")
    assert "12:00 UTC" in page
    assert "15:00 UTC" in page
    assert 'class="command"' not in page
    assert (first / "refile-by.ics").exists() == (outcome == "done")
    assert sorted(after["files"]) == sorted(
        path.name for path in first.iterdir() if not path.name.startswith("receipt")
    )
    assert list(folder.iterdir()) == [first]
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in first.iterdir())


def test_an_attempt_without_a_receipt_gets_its_first(folder: Path) -> None:
    """GIVEN an attempt that was killed THEN a receipt with what the journal knows."""
    path = settle_receipt(folder, settled("done", dispute_id="93", amount="US $1"), face_of)

    told = document(path)
    assert path.name == "20260610T120000Z-67891234-7"
    assert (told["outcome"], told["dispute_id"], told["amount"]) == ("done", "93", "US $1")


@pytest.mark.parametrize(
    "other", [{"attempt": 17}, {"order_id": "9991234567891234"}], ids=["attempt", "order"]
)
def test_the_receipt_of_another_attempt_stays(
    folder: Path, make_receipt: MakeReceipt, other: dict[str, Any]
) -> None:
    """GIVEN a receipt with a similar name, of another attempt or order THEN it is not touched."""
    first = write_shown(folder, make_receipt(outcome="unknown", **other), ())
    before = {path.name: path.read_bytes() for path in first.iterdir()}

    assert settle_receipt(folder, settled("done"), face_of) != first

    assert {path.name: path.read_bytes() for path in first.iterdir()} == before


@pytest.mark.parametrize("broken", [b"", b"[]", b'{"attempt": "x"}', b"\xff"])
def test_a_broken_receipt_is_left_alone(
    folder: Path, make_receipt: MakeReceipt, broken: bytes
) -> None:
    """GIVEN a receipt that cannot be read THEN another one is written beside it."""
    first = write_shown(folder, make_receipt(outcome="unknown"), ())
    (first / "receipt.json").write_bytes(broken)

    path = settle_receipt(folder, settled("done"), face_of)

    assert path != first
    assert (first / "receipt.json").read_bytes() == broken


def test_a_receipt_that_cannot_be_replaced_keeps_the_outcome(
    folder: Path, make_receipt: MakeReceipt, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a full disk THEN an error that says the outcome; the old document is whole."""
    first = write_shown(folder, make_receipt(outcome="unknown"), ())
    before = document(first)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("automation.engine.receipts.writing.write_private", full)
    with pytest.raises(ToolError, match="the outcome is still done"):
        settle_receipt(folder, settled("done"), face_of)

    assert document(first) == before
