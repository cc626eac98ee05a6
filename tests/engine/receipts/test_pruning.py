"""Old receipts of attempts that sent nothing go; evidence and what is not ours stays."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from automation.engine.outcome import Sent
from automation.engine.receipts import prune_receipts, settle_receipt, write_receipt
from tests.engine.receipts.address_receipt import NOW, AddressReceipt, face_of

if TYPE_CHECKING:
    from pathlib import Path


def written(folder: Path, day: int, outcome: str = "not_done", sent: Sent = Sent.NOTHING) -> Path:
    """A receipt of that day."""
    known = {
        "attempt": day, "created": NOW + timedelta(days=day), "outcome": outcome,
        "address_id": "17", "sent": sent.words,
    }  # fmt: skip
    receipt = AddressReceipt.model_validate(known)
    return write_receipt(folder, receipt, face_of(receipt))


def names(folder: Path) -> list[str]:
    """What is in a folder, hidden or not."""
    return sorted(each.name for each in folder.iterdir())


def test_only_the_newest_of_those_that_sent_nothing_stay(tmp_path: Path) -> None:
    """GIVEN five dry runs WHEN two are kept THEN the newest two, and it says what is gone."""
    made = [written(tmp_path, day) for day in range(1, 6)]

    removed = prune_receipts(tmp_path, 2)

    assert set(removed) == set(made[:3])
    assert names(tmp_path) == [each.name for each in made[3:]]


@pytest.mark.parametrize(
    ("outcome", "sent"),
    [
        ("done", Sent.ONE),
        ("unknown", Sent.MAYBE),
        ("unknown", Sent.NOTHING),
        ("not_done", Sent.ONE),
    ],
)
def test_evidence_of_a_request_is_never_removed(tmp_path: Path, outcome: str, sent: Sent) -> None:
    """GIVEN an old request that was sent, or may have been THEN its receipt stays beside the bound."""
    evidence = written(tmp_path, 1, outcome, sent)
    dry_runs = [written(tmp_path, day) for day in range(2, 5)]

    prune_receipts(tmp_path, 1)

    assert names(tmp_path) == [evidence.name, dry_runs[-1].name]


def test_a_settled_attempt_is_evidence(tmp_path: Path) -> None:
    """GIVEN an unknown outcome that turned out as not done THEN its receipt stays."""
    evidence = written(tmp_path, 1, "unknown", Sent.MAYBE)
    written(tmp_path, 2)
    newest = written(tmp_path, 3)
    known = {
        "attempt": 1, "created": NOW, "settled": NOW, "outcome": "not_done", "address_id": "17",
    }  # fmt: skip
    assert settle_receipt(tmp_path, AddressReceipt.model_validate(known), face_of) == evidence

    prune_receipts(tmp_path, 1)

    assert names(tmp_path) == [evidence.name, newest.name]


@pytest.mark.parametrize("damage", ["", "[]", "{}", "no JSON", "[" * 100_000])
def test_what_cannot_be_read_stays(tmp_path: Path, damage: str) -> None:
    """GIVEN a receipt that says nothing any more THEN it is not removed: what it is of is unknown."""
    broken = written(tmp_path, 1)
    (broken / "receipt.json").write_text(damage, "utf-8")
    kept = [written(tmp_path, day) for day in (2, 3)][1]

    prune_receipts(tmp_path, 1)

    assert names(tmp_path) == [broken.name, kept.name]


def test_files_of_the_buyer_and_links_stay(tmp_path: Path) -> None:
    """GIVEN a link to a receipt elsewhere, and other files THEN nothing of them is removed."""
    folder, elsewhere = tmp_path / "receipts", tmp_path / "elsewhere"
    real = written(elsewhere, 1)
    kept = [written(folder, day) for day in (2, 3)][1]
    (folder / real.name).symlink_to(real)
    (folder / "my notes").mkdir()

    prune_receipts(folder, 1)

    assert names(folder) == [real.name, kept.name, "my notes"]
    assert json.loads((real / "receipt.json").read_text("utf-8"))["attempt"] == 1


def test_a_receipt_with_a_note_of_the_buyers_stays_whole(tmp_path: Path) -> None:
    """GIVEN a file of the buyer's in an old receipt THEN neither it nor the receipt is removed."""
    noted, old, kept = (written(tmp_path, day) for day in (1, 2, 3))
    (noted / "note.txt").write_text("mine", "utf-8")

    assert prune_receipts(tmp_path, 1) == (old,)

    assert names(tmp_path) == [noted.name, kept.name]
    assert (noted / "receipt.html").exists()


def test_the_receipt_that_the_answer_names_stays(tmp_path: Path) -> None:
    """GIVEN a clock that was set back THEN the receipt of this run stays, whatever its name says."""
    mine, *later = (written(tmp_path, day) for day in (1, 2, 3))

    assert prune_receipts(tmp_path, 1, spare=(mine,)) == (later[0],)

    assert names(tmp_path) == [mine.name, later[1].name]


def test_what_a_killed_run_left_goes_after_a_day(tmp_path: Path) -> None:
    """GIVEN an old unfinished receipt, and one of a run that may still write THEN only the old goes."""
    old, fresh, other = (
        tmp_path / f".{name}.unfinished"
        for name in ("20260610T120000Z-17-1", "20260610T120001Z-17-2", "mine")
    )
    for each in (old, fresh, other):
        each.mkdir()
    os.utime(old, (0, 0))
    os.utime(other, (0, 0))

    prune_receipts(tmp_path, 1)

    assert names(tmp_path) == [fresh.name, other.name]


def test_a_folder_that_is_not_there_has_nothing_to_remove(tmp_path: Path) -> None:
    """GIVEN no receipts yet THEN nothing happens."""
    assert prune_receipts(tmp_path / "none", 1) == ()
