"""A buyer's first day on the scenario "stranger": what they type, click and press, by hand alone."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tests.cli.person import Answer, at_the_window
from tests.conftest import GOOD_REASON, disputed_order

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from fixtures import MimicSite
    from tests.cli.person import Window
    from tests.terminal import Seen

_CONTROL: Final = "Ta tillbaka mitt krav"
_CONFIRM: Final = "Ja, ta tillbaka"
_ON_DISPUTE: Final = "reverse-pages"


def acts_of(order: str) -> tuple[Answer, ...]:
    """What they do when the screen asks for it; nothing of it names a hook, a call or a word."""
    presses = Answer("and confirm: ", clicks=_CONTROL, on=_ON_DISPUTE, until=_CONFIRM)
    return (
        Answer("load the page again, type yes", types="yes"),
        Answer("the end of its name, sheetView", types="sheetView"),
        Answer("open your dispute:", clicks="Din pågående sak", on="order/detail"),
        Answer("the end of its name, boardView", types="boardView"),
        Answer("Click the line that says how", clicks="Butiken tittar på saken"),
        Answer("press Enter if you do not know", types="1"),
        Answer("type the group before the last one (four digits):", types=order[-8:-4]),
        presses,
        Answer("and confirm: ", clicks=_CONFIRM, on=_ON_DISPUTE),
        Answer("If you pressed Cancel Request and confirmed, type yes", types="yes"),
        Answer("Press it again", clicks=_CONTROL, on=_ON_DISPUTE, until=_CONFIRM),
        Answer("and confirm: ", clicks=_CONFIRM, on=_ON_DISPUTE),
        Answer("Du tog tillbaka kravet", types="12"),
        Answer("To keep these lines", types="yes"),
    )


@dataclass(frozen=True)
class FirstDay:
    """How it went.

    Args:
        unasked: what they were ready to do and nothing asked for.
        seconds: from the command to its end.
    """

    ran: Seen
    unasked: tuple[Answer, ...]
    seconds: float


def by_hand_alone(site: MimicSite, where: Sequence[str], person: Window, folder: Path) -> FirstDay:
    """Cancel by hand, with no site data and no state.

    Args:
        where: the options that say in which window.
        person: a second client of its browser, whose input is as trusted as a hand's.
        folder: for the state; what they keep goes to their config folder.
    """
    order = disputed_order(site)
    command = [
        sys.executable, "-m", "automation", "cancel", order, *GOOD_REASON, "--by-hand",
        *where, "--site", site.url, "--gateway", site.gateway_url,
        "--state-dir", str(folder / "state"),
    ]  # fmt: skip
    began = time.monotonic()
    ran, unasked = at_the_window(command, person, acts_of(order))
    return FirstDay(ran, tuple(unasked), time.monotonic() - began)
