"""Take the pictures of the README again: ``make pictures``.

The real command runs at a terminal of 80 columns against the mimic site. Rich draws what the
terminal showed, and a browser takes a picture of the receipt.
"""

from __future__ import annotations

import io
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

from automation.engine.session.discovery import find_browsers, sandbox_arguments
from fixtures import MimicSite, load_scenario
from tests.pictures.recording import COLUMNS, recorded

if TYPE_CHECKING:
    from collections.abc import Mapping

PICTURES: Final = Path(__file__).parents[2] / "docs" / "pictures"
GOOD: Final = ("--because", "package-arrived", "--received", "--checked")
PLEA: Final = "Cancel first, then we refund"
REFUSAL: Final = ("advise", "--because", "seller-promised", "--seller-says", PLEA)
QUESTION: Final = "type the group before the last one"
_CONSENT: Final = "This cancels the dispute"
_RECEIPT: Final = {"width": 760, "height": 758}
# No fonts from the network: Rich's own frame loads them.
_FRAME: Final = """\
<svg xmlns="http://www.w3.org/2000/svg" class="rich-terminal" viewBox="0 0 {width} {height}">
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace;
 font-size: {char_height}px; line-height: {line_height}px; font-variant-east-asian: full-width; }}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">{matrix}</g>
</g>
</svg>
"""


def drawn(screen: str, *, name: str) -> str:
    """What a terminal showed, as SVG."""
    console = Console(
        file=io.StringIO(), record=True, width=COLUMNS, force_terminal=True, highlight=False
    )
    console.print(Text.from_ansi(screen), soft_wrap=False)
    svg = console.export_svg(title="", theme=MONOKAI, code_format=_FRAME, unique_id=name)
    return "".join(f"{line.rstrip()}\n" for line in svg.splitlines())


def shown(words: tuple[str, ...], screen: str) -> str:
    """The command as the buyer types it, and what it showed without this machine's own lines."""
    command = " ".join(f'"{word}"' if " " in word else word for word in words)
    lines = (line for line in screen.splitlines() if "without its sandbox" not in line)
    return "\n".join((f"$ dispute-guard {command}", *lines))


def take(folder: Path) -> None:
    """Run the commands and write every picture to a folder."""
    with ExitStack() as stack:
        site = stack.enter_context(MimicSite(load_scenario("demo")))
        state = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "state"
        order = _order(site)
        where = ("--site", site.url, "--gateway", site.gateway_url, "--state-dir", str(state))
        private = {str(state): "~/.local/state/dispute-guard", **_browsers()}
        dry = ("cancel", order, *GOOD, "--dry-run")
        real = ("cancel", order, *GOOD)
        _write(folder, "refusal", shown(REFUSAL, recorded(REFUSAL)))
        _write(folder, "dry-run", shown(dry, _without(private, recorded((*dry, *where)))))
        screen = recorded((*real, *where), question=QUESTION, answer=order[-8:-4])
        asked = screen[screen.index(_CONSENT) :]
        _write(folder, "done", shown(real, f"…\n{_without(private, asked)}"))
        (receipt,) = state.glob("receipts/*/receipt.html")
        _photograph(receipt, folder / "receipt.png", private)


def _order(site: MimicSite) -> str:
    """The demo's order whose parcel arrived."""
    return next(
        order.id
        for order in site.state.orders
        for line in order.lines
        if line.dispute is not None and line.dispute.status.value == "waiting_seller"
    )


def _browsers() -> dict[str, str]:
    return {str(path): "Chromium" for path in find_browsers(headless=True)}


def _without(private: Mapping[str, str], text: str) -> str:
    """The text without this machine's paths, wrapped ones too."""
    for path, name in private.items():
        text = text.replace(path, name)
    return text


def _write(folder: Path, name: str, screen: str) -> None:
    (folder / f"{name}.svg").write_text(drawn(screen, name=name), encoding="utf-8")


def _photograph(receipt: Path, picture: Path, private: Mapping[str, str]) -> None:
    """The upper part of the receipt, as a browser shows it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browsers(headless=True)[0], args=list(sandbox_arguments())
        )
        page = browser.new_page(viewport=_RECEIPT)  # type: ignore[arg-type]
        page.set_content(_without(private, receipt.read_text("utf-8")))
        page.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    take(PICTURES)
