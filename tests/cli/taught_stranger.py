"""A buyer's first day on the scenario "stranger": they teach it by clicks, then use the ordinary command."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Final

from tests.cli.person import Answer, at_the_window
from tests.conftest import GOOD_REASON, disputed_order

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from fixtures import MimicSite
    from tests.cli.person import Window
    from tests.terminal import Seen

_LETS: Final = Answer("type yes to let them through", types="yes")
_SHOWS: Final = (
    Answer("the end of its name, sheetView", types="sheetView"),
    Answer("Click the order's number", clicks="8194370215560042"),
    Answer("Click the box, button or link", clicks="Din pågående sak"),
    Answer("show this too", types="yes"),
    Answer("Click the title of the item", clicks="Wireless over-ear headphones"),
    Answer("until which date", clicks="Köparskyddet upphör"),
    Answer("if you are not sure", types="yes"),
    Answer("the end of its name, boardView", types="boardView"),
    Answer("Click the line that says how", clicks="Butiken tittar på saken"),
    Answer("press Enter if you do not know", types="1"),
    Answer("withdraws your dispute", clicks="Ta tillbaka mitt krav"),
    Answer("Enter to leave it out", types="yes"),
    Answer("Click the question in the dialog", clicks="Kravet upphör då."),
    Answer("Click the button that confirms", clicks="Ja, ta tillbaka"),
    Answer("Type yes to add them", types="yes"),
)


def shows(*, surface: str = "web") -> tuple[Answer, ...]:
    """What they show; a phone's list has no numbers of orders."""
    card = "8194370215560042" if surface == "web" else "Wireless over-ear headphones"
    return (_LETS, Answer("Click the card of order", clicks=card), *_SHOWS)


_NAMES_CALL: Final = (Answer("the end of its name, turnBack", types="turnBack"),)
_NAMES_STATUS: Final = (
    Answer("press Enter if you do not know", types="12"),
    Answer("To keep these lines", types="yes"),
)


def teach_then_cancel(
    site: MimicSite, where: Sequence[str], person: Window, folder: Path, *, surface: str = "web"
) -> tuple[list[tuple[str, float]], Seen]:
    """Teach, cancel, name the call that was held back, cancel, name the new status.

    Nothing is written into a file by hand.

    Returns:
        Each command with its seconds, and the last one's end.
    """
    order = disputed_order(site)
    consent = Answer("type the group before the last one (four digits):", types=order[-8:-4])
    cancel = ("cancel", order, *GOOD_REASON)
    steps: tuple[tuple[tuple[str, ...], tuple[Answer, ...]], ...] = (
        (("teach", order), shows(surface=surface)),
        (cancel, (consent, *_NAMES_CALL)),
        (cancel, (consent, *_NAMES_STATUS)),
    )
    here = (
        *where, "--surface", surface, "--site", site.url, "--gateway", site.gateway_url,
        "--site-data", str(folder / "site.toml"), "--state-dir", str(folder / "state"),
    )  # fmt: skip
    times: list[tuple[str, float]] = []
    for words, answers in steps:
        began = time.monotonic()
        ran, unasked = at_the_window(
            [sys.executable, "-m", "automation", *words, *here], person, answers
        )
        times.append((words[0], time.monotonic() - began))
        assert not unasked, (ran.screen, unasked)
    return times, ran
