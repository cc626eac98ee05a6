"""Take the pictures of the docs again: ``make pictures``.

The real command runs at terminals of 80 and 40 columns against the mimic site. Rich draws what the
terminal showed, and a browser takes a picture of the receipt. A name takes one picture only.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from playwright.sync_api import sync_playwright

from automation.engine.session.launch.discovery import find_browsers, sandbox_arguments
from fixtures import MimicSite, load_scenario
from tests.conftest import disputed_order
from tests.pictures.drawing import drawn
from tests.pictures.recording import COLUMNS, recorded
from tests.pictures.screens import DIGITS, FACTS, ORDER, SCREENS, Screen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

DOCS: Final = Path(__file__).parents[2] / "docs"
PICTURES: Final = DOCS / "pictures"
PAGE: Final = DOCS / "screens.md"
NARROW: Final = 40
_RECEIPT: Final = {"width": 760, "height": 758}
_OF_THIS_MACHINE: Final = re.compile(r" *running as root,[^.]*?sandbox\n")
_USUAL_FOLDER: Final = "~/.local/state/dispute-guard"
_HEAD: Final = """\
# Every screen

What a terminal shows, at 80 and at 40 columns. `make pictures` takes these pictures from real runs on the mimic
site. They are dark or light, as your system is.
"""
_CASES: Final = (
    {"buyer_reason": "seller_promised", "dispute_status": "waiting_seller"},
    {"buyer_reason": "package_arrived", "item_received": True, "item_verified": False},
    {
        "buyer_reason": "filed_by_mistake", "dispute_status": "waiting_seller", "now": "2026-11-26T12:00:00Z",
        "protection_deadline": "2026-12-20T12:00:00Z", "account_role": "buyer", "open_disputes_in_order": 1,
        "edits_used": 1, "visible_buttons": ["Cancel Request"],
    },
)  # fmt: skip


def shown(words: Sequence[str], screen: str) -> str:
    """The command as the buyer types it, and what it showed without this machine's own lines."""
    command = " ".join(f'"{word}"' if " " in word else word for word in words)
    return f"$ dispute-guard {command}\n{_OF_THIS_MACHINE.sub('', screen).rstrip()}"


def picture(screen: Screen, columns: int) -> str:
    """Run the command of a screen, and draw it."""
    with a_shop(screen) as shop:
        for each in screen.before:
            shop.shows(each)
        text = shop.shows(screen, columns)
        words = shop.filled(screen.words)
    return drawn(shown(words, text), name=f"{screen.name}-{columns}", columns=columns)


@dataclass(frozen=True)
class Shop:
    """A buyer's folder, and the site that they use, if they use one."""

    folder: Path
    site: MimicSite | None = None

    @property
    def order(self) -> str:
        """The first order with a dispute."""
        return disputed_order(self.site) if self.site else ""

    def filled(self, words: Sequence[str]) -> tuple[str, ...]:
        """The words with its order."""
        return tuple(self.order if word == ORDER else word for word in words)

    def shows(self, screen: Screen, columns: int = COLUMNS) -> str:
        """What the terminal shows, without this machine's folders."""
        # As variables, so that no hint repeats an option that a buyer of the real site does not type.
        where = {"DISPUTE_GUARD_STATE_DIR": str(self.folder)} if self.site else {}
        if self.site and screen.on_site:
            where |= {
                "DISPUTE_GUARD_SITE": self.site.url,
                "DISPUTE_GUARD_GATEWAY": self.site.gateway_url,
            }
        digits = self.order[-8:-4]
        text = recorded(
            self.filled(screen.words),
            columns=columns,
            until=screen.until,
            answers={q: digits if a == DIGITS else a for q, a in screen.answers.items()},
            folder=self.folder,
            variables=where,
        )
        if screen.since:
            text = f"…\n{text[text.index(screen.since) :]}"
        private = {str(self.folder): _USUAL_FOLDER, **_browsers()}
        return _without(private, text)


@contextmanager
def a_shop(screen: Screen) -> Iterator[Shop]:
    """An empty folder with a file of cases, and the screen's scenario."""
    with ExitStack() as stack:
        # As long as the name that stands for it, so that lines break where a buyer's do.
        own = tempfile.TemporaryDirectory(prefix="dispute-guard-s", dir="/tmp")
        folder = Path(stack.enter_context(own))
        lines = "".join(f"{json.dumps(case)}\n" for case in _CASES)
        (folder / FACTS).write_text(lines, encoding="utf-8")
        site = None
        if screen.scenario:
            faults = {"fault": [dict(screen.fault)]} if screen.fault else {}
            site = stack.enter_context(MimicSite(load_scenario(screen.scenario, **faults)))
        yield Shop(folder, site)


def take(folder: Path, names: Sequence[str] = ()) -> None:
    """Run the commands and write the pictures to a folder."""
    for screen in SCREENS:
        for columns in (COLUMNS, NARROW):
            if not names or screen.name in names:
                file = folder / f"{screen.name}-{columns}.svg"
                file.write_text(picture(screen, columns), encoding="utf-8")
    if not names or "receipt" in names:
        _photograph(folder / "receipt.png")


def page() -> str:
    """The page of the docs with every screen."""
    parts = (
        f"\n## {each.title}\n\n"
        + "\n\n".join(
            f"![{each.title}, at {columns} columns](pictures/{each.name}-{columns}.svg)"
            for columns in (COLUMNS, NARROW)
        )
        + "\n"
        for each in SCREENS
    )
    return _HEAD + "".join(parts)


def _browsers() -> dict[str, str]:
    return {str(path): "Chromium" for path in find_browsers(headless=True)}


def _without(private: Mapping[str, str], text: str) -> str:
    """The text without this machine's paths."""
    for path, name in private.items():
        text = text.replace(path, name)
    return text


def _photograph(picture: Path) -> None:
    """The upper part of a cancel's receipt, as a browser shows it."""
    done = next(each for each in SCREENS if each.name == "done")
    with a_shop(done) as shop, sync_playwright() as playwright:
        shop.shows(done)
        (receipt,) = shop.folder.glob("receipts/*/receipt.html")
        browser = playwright.chromium.launch(
            executable_path=find_browsers(headless=True)[0], args=list(sandbox_arguments())
        )
        page = browser.new_page(viewport=_RECEIPT)  # type: ignore[arg-type]
        page.set_content(_without(_browsers(), receipt.read_text("utf-8")))
        page.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    take(PICTURES, sys.argv[1:])
    PAGE.write_text(page(), encoding="utf-8")
