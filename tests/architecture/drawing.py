"""Draw the house as one picture, from the imports as they are.

A box is a package or a module, a floor holds boxes that need only the floors below, and an
arrow says "imports". Arrows that follow from two others are left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import grimp

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PACKAGES: Final = ("automation", "rules", "fixtures")
# What is drawn as one box: a package of its own, or a part of one of these.
OPENED: Final = ("automation", "automation.engine", "automation.aliexpress")
_LEFT_OUT: Final = frozenset({"automation.__main__"})
_COLOURS: Final = {
    "automation.cli": "#dbeafe",
    "automation.aliexpress": "#fef3c7",
    "automation.engine": "#dcfce7",
    "rules": "#fce7f3",
    "fixtures": "#ede9fe",
}
_PLAIN: Final = "#f3f4f6"
_BOX: Final = (150, 34)
_GAP: Final = (18, 46)
_MARGIN: Final = 24
_LEGEND: Final = 64
_SHEET: Final = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {total} {tall}" width="{total}" height="{tall}"
 font-family="system-ui, sans-serif" font-size="12" role="img"
 aria-label="Packages and their imports">
<rect width="{total}" height="{tall}" fill="#ffffff"/>
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7"
 orient="auto"><path d="M0,0 L8,4 L0,8 z" fill="#9ca3af"/></marker></defs>"""


@dataclass(frozen=True)
class House:
    """The boxes and who imports whom.

    Args:
        needs: for each box, the boxes that it imports.
    """

    needs: Mapping[str, frozenset[str]]

    @classmethod
    def built(cls) -> House:
        """The house of the installed packages."""
        graph = grimp.build_graph(*PACKAGES, cache_dir=None)
        needs: dict[str, set[str]] = {}
        for module in graph.modules:
            box = box_of(module)
            if box in _LEFT_OUT:
                continue
            imported = graph.find_modules_directly_imported_by(module)
            needs.setdefault(box, set()).update(map(box_of, imported))
        return cls(
            {box: frozenset(found - {box}) for box, found in needs.items() if box not in OPENED}
        )

    @cached_property
    def floors(self) -> tuple[tuple[str, ...], ...]:
        """The boxes from the ground up; each stands above all that it needs."""
        height: dict[str, int] = {}
        while len(height) < len(self.needs):
            ready = {
                box: 1 + max((height[need] for need in needs if need in self.needs), default=-1)
                for box, needs in self.needs.items()
                if box not in height and all(need in height for need in needs if need in self.needs)
            }
            if not ready:
                circle = sorted(set(self.needs) - set(height))
                raise ValueError(f"imports in a circle: {', '.join(circle)}")
            height |= ready
        return tuple(
            tuple(sorted(box for box in height if height[box] == floor))
            for floor in range(max(height.values()) + 1)
        )

    def arrows(self) -> Iterator[tuple[str, str]]:
        """Who imports whom, without arrows that follow from two others."""
        for box, needs in sorted(self.needs.items()):
            within = {far for need in needs for far in self._reach(need)}
            yield from ((box, need) for need in sorted(needs - within) if need in self.needs)

    def _reach(self, box: str) -> frozenset[str]:
        """Everything below a box."""
        direct = self.needs.get(box, frozenset())
        return direct.union(*(self._reach(each) for each in direct))


def box_of(module: str) -> str:
    """The box that a module belongs to: the part of an opened package, or the package."""
    parts = module.split(".")
    for known, whole in pairwise(".".join(parts[:end]) for end in range(1, len(parts) + 1)):
        if known not in OPENED:
            return known
        if whole not in OPENED:
            return whole
    return module


def as_svg(house: House) -> str:
    """The picture, the top floor first."""
    width, height = _BOX
    widest = max(map(len, house.floors))
    total = _MARGIN * 2 + widest * (width + _GAP[0]) - _GAP[0]
    tall = _MARGIN * 2 + _LEGEND + len(house.floors) * (height + _GAP[1]) - _GAP[1]
    places = dict(_places(house, total))
    parts = [_SHEET.format(total=total, tall=tall)]
    parts += (_arrow(places[a], places[b]) for a, b in house.arrows())
    parts += (_box(box, *place) for box, place in places.items())
    parts += _legend(tall - _MARGIN - _LEGEND // 2)
    return "\n".join((*parts, "</svg>\n"))


def _places(house: House, total: int) -> Iterator[tuple[str, tuple[int, int]]]:
    width, height = _BOX
    for number, floor in enumerate(reversed(house.floors)):
        row = len(floor) * (width + _GAP[0]) - _GAP[0]
        left, top = (total - row) // 2, _MARGIN + number * (height + _GAP[1])
        for place, box in enumerate(sorted(floor, key=_group)):
            yield box, (left + place * (width + _GAP[0]), top)


def _group(box: str) -> tuple[str, str]:
    return _colour(box), box


def _colour(box: str) -> str:
    fits = (colour for start, colour in _COLOURS.items() if f"{box}.".startswith(f"{start}."))
    return next(fits, _PLAIN)


def _box(box: str, left: int, top: int) -> str:
    width, height = _BOX
    name = box.rpartition(".")[2] if box.count(".") > 1 else box.removeprefix("automation.")
    return (
        f'<g><title>{escape(box)}</title><rect x="{left}" y="{top}" width="{width}"'
        f' height="{height}" rx="6" fill="{_colour(box)}" stroke="#6b7280"/><text'
        f' x="{left + width // 2}" y="{top + height // 2 + 4}" text-anchor="middle"'
        f' fill="#111827">{escape(name)}</text></g>'
    )


def _arrow(start: tuple[int, int], end: tuple[int, int]) -> str:
    width, height = _BOX
    from_x, from_y = start[0] + width // 2, start[1] + height
    to_x, to_y = end[0] + width // 2, end[1]
    bend = (to_y - from_y) // 2
    return (
        f'<path d="M{from_x},{from_y} C{from_x},{from_y + bend} {to_x},{to_y - bend}'
        f' {to_x},{to_y}" fill="none" stroke="#9ca3af" marker-end="url(#tip)"/>'
    )


def _legend(top: int) -> Iterator[str]:
    for place, (start, colour) in enumerate((*_COLOURS.items(), ("everything else", _PLAIN))):
        left = _MARGIN + place * 168
        yield (
            f'<rect x="{left}" y="{top}" width="14" height="14" fill="{colour}"'
            f' stroke="#6b7280"/><text x="{left + 20}" y="{top + 11}" fill="#111827">'
            f"{escape(start)}</text>"
        )
