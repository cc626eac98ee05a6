"""Order numbers for people: in groups of four, and the group that differs between orders.

All ids of one buyer end in the same four digits (site facts, section 9), so the last group
shows whose order it is, not which one. The group before it shows which.
"""

from __future__ import annotations

GROUP = 4


def groups(number: str) -> tuple[str, ...]:
    """The digits in groups of four, counted from the right; only the first may be shorter."""
    first = len(number) % GROUP
    starts = [*([0] if first else []), *range(first, len(number), GROUP)]
    ends = [*starts[1:], len(number)]
    return tuple(number[start:end] for start, end in zip(starts, ends, strict=True))


def spelled(number: str) -> str:
    """The whole number with a space between its groups."""
    return " ".join(groups(number))


def telling(number: str) -> str:
    """The group before the last one; the whole number if it is too short."""
    return number[-2 * GROUP : -GROUP] or number


def short(number: str) -> str:
    """The last two groups, for titles: enough to tell a buyer's orders apart."""
    return spelled(number[-2 * GROUP :])
