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

# Ground, letters, eight colours and bright red, as VS Code has them on dark, and xterm on light.
DARK: Final = (
    "#1e1e1e", "#d4d4d4", "#000000", "#cd3131", "#0dbc79", "#e5e510", "#2472c8", "#bc3fbc", "#11a8cd", "#e5e5e5", "#f14c4c",
)  # fmt: skip
LIGHT: Final = (
    "#ffffff", "#1f2328", "#000000", "#cd0000", "#00cd00", "#cdcd00", "#0000ee", "#cd00cd", "#00cdcd", "#e5e5e5", "#ff0000",
)  # fmt: skip
# Rich writes colours as numbers. These stand for the names that both looks define.
_MARKS: Final = tuple(ColorTriplet(16 + at, 130, 7 * at + 1) for at in range(len(DARK)))
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
<defs>
{lines}</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})">
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
    ground, letters, *colours, bright_red = ((m.red, m.green, m.blue) for m in _MARKS)
    bright = [colours[0], bright_red, *colours[2:]]
    theme = TerminalTheme(ground, letters, colours, bright)
    svg = console.export_svg(title="", theme=theme, code_format=_FRAME, unique_id=name)
    looks = f":root {{ {_look(DARK)} }}\n@media (prefers-color-scheme: light) {{ :root {{ {_look(LIGHT)} }} }}"
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


def contrast(letters: int, ground: int, look: tuple[str, ...]) -> float:
    """The contrast of two colours of a look, by the formula of WCAG 2: from 1 to 21."""
    shades = [*look, blend_rgb(_triplet(look[1]), _triplet(look[0]), _FAINT).hex]
    light, dark = sorted((_luminance(shades[letters]), _luminance(shades[ground])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (each / 255 for each in _triplet(colour))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
