"""Write a receipt to its own folder: JSON, HTML, pictures and a reminder."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

from automation.aliexpress.receipts import page, words
from automation.aliexpress.receipts.reminder import reminder
from automation.errors import ErrorCode, ToolError
from automation.private_files import make_private_folder, sync_folder, write_private

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from automation.aliexpress.receipts.model import Receipt, StepPicture

FORMAT = "dispute-guard receipt 1"
REMINDER = "refile-by.ics"


def write_receipt(folder: Path, receipt: Receipt, pictures: Sequence[StepPicture]) -> Path:
    """Write a receipt and return its folder, which appears complete or not at all.

    Args:
        folder: the folder of all receipts; created if needed.
        receipt: what happened.
        pictures: of the steps, in order. They show what the pages showed, so take them of
            parts without addresses or messages.

    Raises:
        ToolError: ``receipt_unwritable``. The outcome does not depend on it.
    """
    try:
        return _write(folder, receipt, pictures)
    except OSError as error:
        raise ToolError(
            f"cannot write the receipt to {folder}: {error.strerror or error};"
            f" the outcome is still {receipt.outcome}",
            code=ErrorCode.RECEIPT_UNWRITABLE,
            hint=f"see what happened with 'dispute-guard history {receipt.attempt}'",
            evidence=str(folder),
        ) from error


def _write(folder: Path, receipt: Receipt, pictures: Sequence[StepPicture]) -> Path:
    make_private_folder(folder, ours=True)
    target = _free_name(folder, receipt)
    unfinished = target.with_name(f".{target.name}.unfinished")
    make_private_folder(unfinished, ours=True)
    try:
        for name, data in _files(receipt, pictures).items():
            write_private(unfinished / name, data)
        sync_folder(unfinished)
        unfinished.rename(target)
    except OSError:
        shutil.rmtree(unfinished, ignore_errors=True)  # the disk may be full: free the space
        raise
    sync_folder(folder)
    return target


def _files(receipt: Receipt, pictures: Sequence[StepPicture]) -> dict[str, bytes]:
    shown = [
        page.Picture(f"step-{number:02}{picture.suffix}", picture.step)
        for number, picture in enumerate(pictures, start=1)
    ]
    files = {picture.file: given.image for picture, given in zip(shown, pictures, strict=True)}
    calendar = reminder(receipt)
    if calendar:
        files[REMINDER] = calendar
    files["receipt.json"] = _document(receipt, list(files))
    files["receipt.html"] = page.render(receipt, shown, REMINDER if calendar else "").encode()
    return files


def _document(receipt: Receipt, files: list[str]) -> bytes:
    moment = receipt.refile_by
    document = {
        "format": FORMAT,
        **receipt.model_dump(mode="json"),
        "refile_by_pacific": words.pacific(moment) if moment else None,
        "headline": words.headline(receipt),
        "files": files,
    }
    return json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n"


def _free_name(folder: Path, receipt: Receipt) -> Path:
    """A free name of digits; after the loss of a journal, attempt numbers start again."""
    stamp = words.stamp(receipt.created)
    name = f"{stamp}-{words.order_in_name(receipt.order_id)}-{receipt.attempt}"
    target, copy = folder / name, 1
    while target.exists() or (folder / f".{target.name}.unfinished").exists():
        copy += 1
        target = folder / f"{name}-{copy}"
    return target
