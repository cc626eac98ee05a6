"""Answer native dialogs, so none hangs the run and none is accepted by chance."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, Protocol

from playwright.async_api import Error

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.async_api import Dialog

_SECONDS: Final = 3.0


class DialogLike(Protocol):
    """The parts of a native dialog by which the flow recognises it."""

    @property
    def type(self) -> str:
        """``alert``, ``confirm``, ``prompt`` or ``beforeunload``."""

    @property
    def message(self) -> str:
        """The words shown."""


async def answer_dialog(dialog: Dialog, decide: Callable[[DialogLike], bool] | None) -> bool:
    """Accept the dialog that ``decide`` expects, dismiss any other; True if accepted.

    ``beforeunload`` is accepted, else closing the page would hang.
    """
    accept = dialog.type == "beforeunload"
    try:
        if not accept and decide is not None:
            accept = decide(dialog)
    finally:
        await _close(dialog, accept=accept)
    return accept


async def _close(dialog: Dialog, *, accept: bool) -> None:
    try:
        async with asyncio.timeout(_SECONDS):
            await (dialog.accept() if accept else dialog.dismiss())
    except (Error, TimeoutError):
        return  # the page is gone or hangs, and its dialog with it
