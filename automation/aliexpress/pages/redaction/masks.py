"""Masks of the same length: letters become ``x``, digits ``0``, and long numbers made-up ones."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field


@dataclass
class StandIns:
    """Made-up numbers for those of orders, lines and disputes, each always the same.

    All numbers of one buyer end in the same digits (site facts, section 9), and so do these.
    """

    known: dict[str, str] = field(default_factory=dict)

    def of(self, number: str) -> str:
        """The made-up number of the same length."""
        if number not in self.known:
            self.known[number] = f"{'819'.ljust(len(number) - 8, '0')}{len(self.known) + 1:04}0413"
        return self.known[number]


def mask(text: str) -> str:
    """Replace letters and their marks by ``x`` and digits by ``0``."""
    return "".join(map(_masked, text))


def _masked(char: str) -> str:
    if char.isspace():
        return " "
    kind = unicodedata.category(char)[0]
    if kind == "N":
        return "0"
    return char if kind in "PS" and char.isascii() else "x"
