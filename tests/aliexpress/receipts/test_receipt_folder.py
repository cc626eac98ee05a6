from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from automation.aliexpress.receipts.face import DisputeReceipt
from automation.engine.receipts import StepPicture
from automation.errors import ToolError
from tests.aliexpress.receipts.conftest import write_shown
from tests.file_modes import modes_at_creation

if TYPE_CHECKING:
    from pathlib import Path

MakeReceipt = Callable[..., DisputeReceipt]

NAMES = {"receipt.json", "receipt.html", "refile-by.ics", "step-01.png", "step-02.png"}


def test_a_receipt_is_a_folder_with_known_names(
    folder: Path, make_receipt: MakeReceipt, pictures: list[StepPicture]
) -> None:
    """Named by time, last eight digits of the order and attempt; it holds these files and no other."""
    written = write_shown(folder, make_receipt(), pictures)
    assert written == folder / "20260610T120000Z-67891234-7"
    assert {path.name for path in written.iterdir()} == NAMES
    assert (written / "step-02.png").read_bytes() == pictures[1].image
    assert [path.name for path in folder.iterdir()] == [written.name]


@pytest.mark.usefixtures("open_umask")
def test_a_receipt_belongs_to_its_owner_alone_from_the_first_byte(
    folder: Path,
    make_receipt: MakeReceipt,
    pictures: list[StepPicture],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With an open umask each file is 0600 as soon as it exists, each folder 0700."""
    seen = modes_at_creation(monkeypatch)
    written = write_shown(folder, make_receipt(), pictures)
    assert seen == dict.fromkeys(NAMES, 0o600)
    modes = {path.stat().st_mode & 0o777 for path in (written, folder, folder.parent)}
    assert modes == {0o700}


def test_the_json_says_all_that_the_receipt_knows(
    folder: Path, make_receipt: MakeReceipt, pictures: list[StepPicture]
) -> None:
    """It reads back as the same receipt, with the moment in UTC and Pacific time."""
    receipt = make_receipt()
    document = json.loads((write_shown(folder, receipt, pictures) / "receipt.json").read_text())
    assert document.pop("format") == "dispute-guard receipt 1"
    assert document.pop("headline") == "Done: the dispute is cancelled"
    assert document.pop("refile_by_pacific") == "Tue 23 Jun 2026, 05:00 PDT"
    assert set(document.pop("files")) == NAMES - {"receipt.json", "receipt.html"}
    assert document.pop("pictures") == [
        {"file": "step-01.png", "step": "My Orders"},
        {"file": "step-02.png", "step": "Dispute page"},
    ]
    assert document["refile_by"] == "2026-06-23T12:00:00Z"
    assert DisputeReceipt.model_validate(document) == receipt


def test_a_second_receipt_of_the_same_moment_gets_its_own_folder(
    folder: Path, make_receipt: MakeReceipt
) -> None:
    """Attempt numbers start again after a lost journal, but nothing is overwritten."""
    names = [write_shown(folder, make_receipt(reason=str(n)), []).name for n in range(3)]
    start = "20260610T120000Z-67891234-7"
    assert names == [start, f"{start}-2", f"{start}-3"]
    for number, name in enumerate(names):
        assert json.loads((folder / name / "receipt.json").read_text())["reason"] == str(number)


def test_page_text_never_names_a_file(
    folder: Path, make_receipt: MakeReceipt, pictures: list[StepPicture]
) -> None:
    """Of ids and captions made of paths, only digits and the usual names remain."""
    receipt = make_receipt(order_id="../../etc/12", item="../x", dispute_id="/a", line_id="..")
    shown = [StepPicture("../../evil.html", picture.image) for picture in pictures]
    written = write_shown(folder, receipt, shown)
    assert written == folder / "20260610T120000Z-12-7"
    assert {path.name for path in written.iterdir()} == NAMES


def test_a_receipt_that_cannot_be_written_says_that_the_outcome_stands(
    tmp_path: Path, make_receipt: MakeReceipt
) -> None:
    """A failing disk is one line; no half receipt carries the final name."""
    (tmp_path / "file").write_text("")
    with pytest.raises(ToolError, match="the outcome is still done") as caught:
        write_shown(tmp_path / "file" / "receipts", make_receipt(), [])
    assert caught.value.code == "receipt_unwritable"
    assert "history 7" in caught.value.hint


def test_a_receipt_is_whole_or_not_there(
    folder: Path, make_receipt: MakeReceipt, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If its third file fails, nothing remains, and the next try works."""
    real, files = os.fsync, []

    def failing(descriptor: int) -> None:
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            files.append(descriptor)
        if len(files) == 3:
            raise OSError(28, "No space left on device")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(ToolError, match="No space left"):
        write_shown(folder, make_receipt(), [])
    monkeypatch.undo()
    assert list(folder.iterdir()) == []
    assert write_shown(folder, make_receipt(), []).name == "20260610T120000Z-67891234-7"


def test_addresses_lose_what_could_be_secret(make_receipt: MakeReceipt) -> None:
    """User, query and fragment of an address are not kept."""
    secret = "https://me:pw@acs.site.example/h5/x/1.0/?token=SECRET&data={}#frag"  # noqa: S105  the test's subject
    receipt = make_receipt(
        guard={"allowed": [{"method": "GET", "target": secret}]},
        steps=[{"name": "x", "page": "mtop.order.list?sign=SECRET", "seconds": 0}],
    )
    assert receipt.guard.allowed[0].target == "https://acs.site.example/h5/x/1.0/"
    assert receipt.steps[0].page == "mtop.order.list"
    assert "SECRET" not in receipt.model_dump_json()


@pytest.mark.parametrize(
    "change",
    [
        {"outcome": "probably"},
        {"created": "2026-06-10T12:00:00"},
        {"refile_by": "2026-06-10T12:00:00"},
        {"attempt": 0},
        {"address": "Some Street 1"},
    ],
)
def test_a_receipt_takes_only_what_it_knows(
    make_receipt: MakeReceipt, change: dict[str, Any]
) -> None:
    """Other outcomes, moments without a zone and unknown fields are refused."""
    with pytest.raises(ValidationError):
        make_receipt(**change)


def test_a_picture_is_a_picture() -> None:
    """Bytes that are neither PNG nor JPEG are refused; a JPEG keeps its suffix."""
    with pytest.raises(ValueError, match="PNG or JPEG"):
        StepPicture("x", b"<html>")
    assert StepPicture("x", b"\xff\xd8\xff\xe0").suffix == ".jpg"
