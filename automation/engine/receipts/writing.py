"""Write a receipt to its own folder: JSON, HTML, pictures and a calendar file.

The page has the pictures and the calendar file in it, so it can be kept or sent alone. They lie
beside it too, for a receipt that is settled later.
"""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Final, TypeVar

from automation.engine.receipts import page
from automation.engine.receipts.calendar_file import calendar_file, stamp
from automation.engine.receipts.model import Face, Receipt, StepPicture
from automation.errors import ErrorCode, ToolError
from automation.private_files import make_private_folder, sync_folder, write_private

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

FORMAT: Final = "dispute-guard receipt 1"
DOCUMENT: Final = "receipt.json"
PAGE: Final = "receipt.html"
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
        pictures: of the steps, in order. They are shown as they are: cover what is private.

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


def settle_receipt(
    folder: Path,
    receipt: OfSite,
    face_of: Callable[[OfSite], Face],
    pictures: Sequence[StepPicture] = (),
) -> Path:
    """Write the outcome of a settled attempt into its receipt, and return its folder.

    An attempt that was killed has none: then this is its first.

    Args:
        folder: the folder of all receipts.
        receipt: what the journal knows of the attempt, and the outcome; what an earlier
            receipt of it knows in addition stays.
        face_of: the site's words for a receipt.
        pictures: of the look that settled it; one takes the place of an earlier one with the
            same caption.

    Raises:
        ToolError: ``receipt_unwritable``. The outcome does not depend on it.
    """
    kept = _find(folder, receipt, face_of)
    if kept is None:
        return write_receipt(folder, receipt, face_of(receipt), pictures)
    path, before = kept
    new = {name: getattr(receipt, name) for name in _SETTLED}
    settled = type(receipt).model_validate({**before.model_dump(), **new, "stop": None})
    face = face_of(settled)
    captions = {each.step for each in pictures}
    try:
        shown = [each for each in _pictures(path) if each.step not in captions]
        _replace(path, _files(settled, face, [*shown, *pictures]))
    except OSError as error:
        raise _unwritable(path, settled, face, error) from error
    return path


def _find(
    folder: Path, receipt: OfSite, face_of: Callable[[OfSite], Face]
) -> tuple[Path, OfSite] | None:
    """The newest receipt of the same attempt on the same target."""
    kind, mine = type(receipt), face_of(receipt)
    for path in sorted(folder.glob(f"*-{mine.name}-*"), reverse=True):
        try:
            document = json.loads((path / DOCUMENT).read_text("utf-8"))
            known = {name: document[name] for name in kind.model_fields if name in document}
            found = kind.model_validate(known)
        except (OSError, ValueError, TypeError):
            continue
        if (found.attempt, face_of(found).target) == (receipt.attempt, mine.target):
            return path, found
    return None


def _pictures(path: Path) -> Iterator[StepPicture]:
    """The pictures of a receipt; those of an old version have no captions."""
    document = json.loads((path / DOCUMENT).read_text("utf-8"))
    captions = {each["file"]: each["step"] for each in document.get("pictures", ())}
    for found in sorted(path.glob("step-*")):
        try:
            yield StepPicture(captions.get(found.name, found.stem), found.read_bytes())
        except ValueError:
            continue  # no picture any more


def _replace(path: Path, files: dict[str, bytes]) -> None:
    """Replace the files of a receipt, each at once, and its page before its document."""
    for name, data in files.items():
        fresh = path / f".{name}.new"
        fresh.unlink(missing_ok=True)
        write_private(fresh, data)
        fresh.replace(path / name)
    for old in (*path.glob("*.ics"), *path.glob("step-*")):
        if old.name not in files:
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
    """The files of a receipt: what the page embeds, then the page, then the document."""
    shown = [
        page.Embedded(f"step-{number:02}{each.suffix}", each.kind, each.image, each.step)
        for number, each in enumerate(pictures, start=1)
    ]
    calendar = (
        page.Embedded(face.event.file, "text/calendar", calendar_file([face.event]))
        if face.event
        else None
    )
    beside = [*shown, *filter(None, [calendar])]
    files = {each.name: each.data for each in beside}
    files[PAGE] = page.render(receipt, face, shown, calendar).encode()
    files[DOCUMENT] = _document(receipt, face, shown, list(files)[: len(beside)])
    return files


def _document(
    receipt: Receipt, face: Face, pictures: Sequence[page.Embedded], files: list[str]
) -> bytes:
    document = {
        "format": FORMAT,
        **receipt.model_dump(mode="json"),
        **face.extra,
        "headline": face.headline,
        "pictures": [{"file": each.name, "step": each.caption} for each in pictures],
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
