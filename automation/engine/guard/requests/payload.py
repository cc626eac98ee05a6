"""What a request carries: its path, the API names in it, and every value with the keys that lead to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from msgspec import Struct

_ADDRESS: Final = re.compile(r"(?i)\s*(?:https?:)?/")


class Pair(Struct, frozen=True):
    """One value and the keys that lead to it, outermost first.

    Args:
        blocks: the blocks of a sent-along page that contain it, outermost first; see ``Payload``.
        holder: the value is an object or a list, whose contents are pairs of their own.
        guess: the value was decoded from a plain word, which is judged too.
        offered: it describes one of several buttons that a page shows.
        listed: it stands in a list of plain values, or its key comes again in a form.
    """

    keys: tuple[str, ...]
    value: str
    blocks: tuple[int, ...] = ()
    holder: bool = False
    guess: bool = False
    offered: bool = False
    listed: bool = False

    @property
    def key(self) -> str:
        """The innermost key."""
        return self.keys[-1] if self.keys else ""


@dataclass
class Payload:
    """The decoded path, all pairs of query and body, and the API names in them as written.

    A page of the site may send its tree of blocks back whole. ``blocks`` has the names of
    each block, by number; ``outer_blocks`` counts the blocks that are in no other.
    ``sealed_blocks`` contain something unreadable. ``unreadable`` says why something could
    not be read; empty if all was.
    """

    path: str = ""
    pairs: list[Pair] = field(default_factory=list)
    apis: set[str] = field(default_factory=set)
    blocks: dict[int, frozenset[str]] = field(default_factory=dict)
    outer_blocks: int = 0
    sealed_blocks: set[int] = field(default_factory=set)
    unreadable: str = ""

    @cached_property
    def keys(self) -> frozenset[str]:
        """Every key on the way to any value."""
        return frozenset(key for pair in self.pairs for key in pair.keys)

    @cached_property
    def outside(self) -> tuple[Pair, ...]:
        """The pairs outside all blocks: what the request itself says."""
        return tuple(pair for pair in self.pairs if not pair.blocks)

    @cached_property
    def beside_addresses(self) -> tuple[Pair, ...]:
        """The pairs that are no address, such as one to return to, and no part of one."""
        addresses = {pair.keys for pair in self.pairs if _ADDRESS.match(pair.value)}
        return tuple(
            pair
            for pair in self.pairs
            if not any(pair.keys[:end] in addresses for end in range(1, len(pair.keys) + 1))
        )
