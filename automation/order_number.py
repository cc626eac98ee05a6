"""Order numbers for people: in groups of four, and the group that tells one order from another.

All ids of one buyer end in the same four digits (site facts, section 9), so the end of a
number says whose order it is and never which one. The four digits before the end do.
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
    """The group before the last one; the whole number where it is too short to have one."""
    return number[-2 * GROUP : -GROUP] or number


def short(number: str) -> str:
    """The last two groups, for titles: enough to tell one's orders apart, not the whole number."""
    return spelled(number[-2 * GROUP :])
