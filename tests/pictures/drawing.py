"""A terminal's screen as SVG: dark or light, as the reader's own system is."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Final

from rich.color import blend_rgb
from rich.color_triplet import ColorTriplet
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

# Ground, letters, the eight colours of two common terminals, and their bright red.
_DARK: Final = (
    "#1e1e1e", "#d4d4d4", "#000000", "#cd3131", "#0dbc79", "#e5e510", "#2472c8", "#bc3fbc", "#11a8cd", "#e5e5e5", "#f14c4c",
)  # fmt: skip
_LIGHT: Final = (
    "#ffffff", "#1f2328", "#000000", "#cd3131", "#00bc00", "#949800", "#0451a5", "#bc05bc", "#0598bc", "#555555", "#cd3131",
)  # fmt: skip
# Rich writes colours as numbers. These stand for the names that both looks define.
_MARKS: Final = tuple(ColorTriplet(16 + at, 130, 7 * at + 1) for at in range(len(_DARK)))
_FAINT: Final = 0.4
# No fonts from the network: Rich's own frame loads them.
_FRAME: Final = """\
<svg xmlns="http://www.w3.org/2000/svg" class="rich-terminal" viewBox="0 0 {width} {height}">
<style>
LOOKS
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


def drawn(screen: str, *, name: str, columns: int) -> str:
    """What a terminal of so many columns showed, as SVG."""
    console = Console(
        file=io.StringIO(), record=True, width=columns, force_terminal=True, highlight=False
    )
    console.print(Text.from_ansi(screen), soft_wrap=False)
    ground, letters, *colours, bright_red = map(tuple, _MARKS)
    bright = [colours[0], bright_red, *colours[2:]]
    theme = TerminalTheme(ground, letters, colours, bright)
    svg = console.export_svg(title="", theme=theme, code_format=_FRAME, unique_id=name)
    looks = f":root {{ {_look(_DARK)} }}\n@media (prefers-color-scheme: light) {{ :root {{ {_look(_LIGHT)} }} }}"
    svg = svg.replace("rgba(255,255,255,0.35)", "rgba(128,128,128,0.5)")
    named = _by_name(svg).replace("LOOKS", looks.replace("{{", "{").replace("}}", "}"))
    return "".join(f"{line.rstrip()}\n" for line in named.splitlines())


def _look(colours: tuple[str, ...]) -> str:
    faint = blend_rgb(_triplet(colours[1]), _triplet(colours[0]), _FAINT).hex
    return " ".join(f"--c{at}: {each};" for at, each in enumerate((*colours, faint)))


def _triplet(colour: str) -> ColorTriplet:
    return ColorTriplet(*(int(colour[at : at + 2], 16) for at in (1, 3, 5)))


def _marks() -> Iterator[ColorTriplet]:
    yield from _MARKS
    yield blend_rgb(_MARKS[1], _MARKS[0], _FAINT)


def _by_name(svg: str) -> str:
    """The picture with names in place of the marks, in styles and in attributes."""
    for at, mark in enumerate(_marks()):
        svg = re.sub(
            rf'fill="(?:{mark.hex}|{re.escape(mark.rgb)})"', f'style="fill: var(--c{at})"', svg
        )
        svg = re.sub(rf"{mark.hex}|{re.escape(mark.rgb)}", f"var(--c{at})", svg)
    return svg
