"""Write a receipt to its own folder: JSON, HTML, pictures and a calendar file."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from automation.engine.receipts import page
from automation.engine.receipts.calendar_file import calendar_file, stamp
from automation.engine.receipts.model import Face, Receipt
from automation.errors import ErrorCode, ToolError
from automation.private_files import make_private_folder, sync_folder, write_private

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from automation.engine.receipts.model import StepPicture

FORMAT = "dispute-guard receipt 1"
_SETTLED: Final = ("outcome", "reason", "verified_by", "settled")

OfSite = TypeVar("OfSite", bound=Receipt)


def write_receipt(
    folder: Path, receipt: Receipt, face: Face, pictures: Sequence[StepPicture] = ()
) -> Path:
    """Write a receipt and return its folder, which appears complete or not at all.

    Args:
        folder: the folder of all receipts; created if needed.
        receipt: what happened.
        face: the site's words for it.
        pictures: of the steps, in order. They show what the pages showed, so take them of
            parts without addresses or messages.

    Raises:
        ToolError: ``receipt_unwritable``. The outcome does not depend on it.
    """
    try:
        return _write(folder, receipt, face, pictures)
    except OSError as error:
        raise _unwritable(folder, receipt, face, error) from error


def _unwritable(folder: Path, receipt: Receipt, face: Face, error: OSError) -> ToolError:
    return ToolError(
        f"cannot write the receipt to {folder}: {error.strerror or error};"
        f" the outcome is still {receipt.outcome}",
        code=ErrorCode.RECEIPT_UNWRITABLE,
        hint=face.if_unwritable,
        evidence=str(folder),
    )


def settle_receipt(folder: Path, receipt: OfSite, face_of: Callable[[OfSite], Face]) -> Path:
    """Write the outcome of a settled attempt into its receipt, and return its folder.

    An attempt that was killed has none: then this is its first.

    Args:
        folder: the folder of all receipts.
        receipt: what the journal knows of the attempt, and the outcome; what an earlier
            receipt of it knows in addition stays.
        face_of: the site's words for a receipt.

    Raises:
        ToolError: ``receipt_unwritable``. The outcome does not depend on it.
    """
    kept = _find(folder, receipt, face_of)
    if kept is None:
        return write_receipt(folder, receipt, face_of(receipt))
    path, before, pictures = kept
    new = {name: getattr(receipt, name) for name in _SETTLED}
    settled = type(receipt).model_validate({**before.model_dump(), **new})
    face = face_of(settled)
    try:
        _replace(path, settled, face, pictures)
    except OSError as error:
        raise _unwritable(path, settled, face, error) from error
    return path


def _find(
    folder: Path, receipt: OfSite, face_of: Callable[[OfSite], Face]
) -> tuple[Path, OfSite, list[page.Picture]] | None:
    """The newest receipt of the same attempt on the same target, and its pictures."""
    kind, mine = type(receipt), face_of(receipt)
    for path in sorted(folder.glob(f"*-{mine.name}-*"), reverse=True):
        try:
            document = json.loads((path / "receipt.json").read_text("utf-8"))
            known = {name: document[name] for name in kind.model_fields if name in document}
            found = kind.model_validate(known)
        except (OSError, ValueError, TypeError):
            continue
        if (found.attempt, face_of(found).target) == (receipt.attempt, mine.target):
            shown = sorted(each.name for each in path.glob("step-*"))
            return path, found, [page.Picture(name, Path(name).stem) for name in shown]
    return None


def _replace(path: Path, receipt: Receipt, face: Face, pictures: list[page.Picture]) -> None:
    """Replace the files of a receipt, each at once, and its page before its document."""
    texts = _texts(receipt, face, pictures)
    for name, data in texts.items():
        fresh = path / f".{name}.new"
        fresh.unlink(missing_ok=True)
        write_private(fresh, data)
        fresh.replace(path / name)
    for old in path.glob("*.ics"):
        if old.name not in texts:
            old.unlink(missing_ok=True)
    sync_folder(path)


def _write(folder: Path, receipt: Receipt, face: Face, pictures: Sequence[StepPicture]) -> Path:
    make_private_folder(folder, ours=True)
    target = _free_name(folder, receipt, face)
    unfinished = target.with_name(f".{target.name}.unfinished")
    make_private_folder(unfinished, ours=True)
    try:
        for name, data in _files(receipt, face, pictures).items():
            write_private(unfinished / name, data)
        sync_folder(unfinished)
        unfinished.rename(target)
    except OSError:
        shutil.rmtree(unfinished, ignore_errors=True)  # the disk may be full: free the space
        raise
    sync_folder(folder)
    return target


def _files(receipt: Receipt, face: Face, pictures: Sequence[StepPicture]) -> dict[str, bytes]:
    shown = [
        page.Picture(f"step-{number:02}{picture.suffix}", picture.step)
        for number, picture in enumerate(pictures, start=1)
    ]
    files = {picture.file: given.image for picture, given in zip(shown, pictures, strict=True)}
    return files | _texts(receipt, face, shown)


def _texts(receipt: Receipt, face: Face, pictures: list[page.Picture]) -> dict[str, bytes]:
    """The files that say the outcome; the document is last."""
    calendar = face.event.file if face.event else ""
    files = {face.event.file: calendar_file(face.event)} if face.event else {}
    files["receipt.html"] = page.render(receipt, face, pictures, calendar).encode()
    named = [picture.file for picture in pictures] + ([calendar] if calendar else [])
    files["receipt.json"] = _document(receipt, face, named)
    return files


def _document(receipt: Receipt, face: Face, files: list[str]) -> bytes:
    document = {
        "format": FORMAT,
        **receipt.model_dump(mode="json"),
        **face.extra,
        "headline": face.headline,
        "files": files,
    }
    return json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n"


def _free_name(folder: Path, receipt: Receipt, face: Face) -> Path:
    """A free name; after the loss of a journal, attempt numbers start again."""
    name = f"{stamp(receipt.created)}-{face.name}-{receipt.attempt}"
    target, copy = folder / name, 1
    while target.exists() or (folder / f".{target.name}.unfinished").exists():
        copy += 1
        target = folder / f"{name}-{copy}"
    return target
