"""Write a receipt to its own folder: JSON, HTML, pictures and a reminder."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

from automation.aliexpress.receipts import page, words
from automation.aliexpress.receipts.model import Receipt
from automation.aliexpress.receipts.reminder import reminder
from automation.errors import ErrorCode, ToolError
from automation.private_files import make_private_folder, sync_folder, write_private

if TYPE_CHECKING:
    from collections.abc import Sequence

    from automation.aliexpress.receipts.model import StepPicture

FORMAT = "dispute-guard receipt 1"
REMINDER = "refile-by.ics"
_SETTLED: Final = ("outcome", "reason", "verified_by", "settled")


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
        raise _unwritable(folder, receipt, error) from error


def _unwritable(folder: Path, receipt: Receipt, error: OSError) -> ToolError:
    return ToolError(
        f"cannot write the receipt to {folder}: {error.strerror or error};"
        f" the outcome is still {receipt.outcome}",
        code=ErrorCode.RECEIPT_UNWRITABLE,
        hint=f"see what happened with 'dispute-guard history {receipt.attempt}'",
        evidence=str(folder),
    )


def settle_receipt(folder: Path, receipt: Receipt) -> Path:
    """Write the outcome of a settled attempt into its receipt, and return its folder.

    An attempt that was killed has none: then this is its first.

    Args:
        folder: the folder of all receipts.
        receipt: what the journal knows of the attempt, and the outcome; what an earlier
            receipt of it knows in addition stays.

    Raises:
        ToolError: ``receipt_unwritable``. The outcome does not depend on it.
    """
    kept = _find(folder, receipt)
    if kept is None:
        return write_receipt(folder, receipt, ())
    path, before, pictures = kept
    new = {name: getattr(receipt, name) for name in _SETTLED}
    settled = Receipt.model_validate({**before.model_dump(), **new})
    try:
        _replace(path, settled, pictures)
    except OSError as error:
        raise _unwritable(path, settled, error) from error
    return path


def _find(folder: Path, receipt: Receipt) -> tuple[Path, Receipt, list[page.Picture]] | None:
    """The newest receipt of the same attempt and order, and its pictures."""
    for path in sorted(folder.glob(f"*-{words.order_in_name(receipt.order_id)}-*"), reverse=True):
        try:
            document = json.loads((path / "receipt.json").read_text("utf-8"))
            known = {name: document[name] for name in Receipt.model_fields if name in document}
            found = Receipt.model_validate(known)
        except (OSError, ValueError, TypeError):
            continue
        if (found.attempt, found.order_id) == (receipt.attempt, receipt.order_id):
            shown = sorted(each.name for each in path.glob("step-*"))
            return path, found, [page.Picture(name, Path(name).stem) for name in shown]
    return None


def _replace(path: Path, receipt: Receipt, pictures: list[page.Picture]) -> None:
    """Replace the files of a receipt, each at once, and its page before its document."""
    texts = _texts(receipt, pictures)
    for name, data in texts.items():
        fresh = path / f".{name}.new"
        fresh.unlink(missing_ok=True)
        write_private(fresh, data)
        fresh.replace(path / name)
    if REMINDER not in texts:
        (path / REMINDER).unlink(missing_ok=True)
    sync_folder(path)


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
    return files | _texts(receipt, shown)


def _texts(receipt: Receipt, pictures: list[page.Picture]) -> dict[str, bytes]:
    """The files that say the outcome; the document is last."""
    calendar = reminder(receipt)
    files = {REMINDER: calendar} if calendar else {}
    files["receipt.html"] = page.render(receipt, pictures, REMINDER if calendar else "").encode()
    named = [picture.file for picture in pictures] + ([REMINDER] if calendar else [])
    files["receipt.json"] = _document(receipt, named)
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
