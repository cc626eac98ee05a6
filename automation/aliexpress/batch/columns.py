"""The columns of a file of orders: their names, and the values of their cells."""

from __future__ import annotations

import re
from dataclasses import fields
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from automation.aliexpress.batch.problems import BadLineError, Problem, quoted
from rules import Facts, ReplacementTracking

if TYPE_CHECKING:
    from collections.abc import Mapping

_YES: Final = frozenset({"yes", "y", "true", "1"})
_NO: Final = frozenset({"no", "n", "false", "0"})
MOMENTS: Final = {"protection_ends": "protection_deadline", "delivered": "delivered_at"}
# The names of the options beside those of the facts.
_ALIASES: Final = {
    "order_id": "order",
    "because": "reason",
    "buyer_reason": "reason",
    "accept_risks": "accept_risk",
    "received": "item_received",
    "checked": "item_verified",
    "replacement": "replacement_tracking.number",
    "replacement_number": "replacement_tracking.number",
    "replacement_checked": "replacement_tracking.checked_by_buyer",
    "money": "money_received",
    "seller_says": "seller_messages",
    **MOMENTS,
}
_OWN: Final = ("order", "reason", "item", "accept_risk")
_FACTS: Final = frozenset(each.name for each in fields(Facts)) - {"now", "buyer_reason"}
_NESTED: Final = tuple(f"replacement_tracking.{each.name}" for each in fields(ReplacementTracking))
_KNOWN: Final = (*_OWN, *sorted(_FACTS), *_NESTED)


def known(given: str) -> str | None:
    """The name of a column, by any of its spellings."""
    name = re.sub(r"[\s-]+", "_", given.strip().casefold())
    name = _ALIASES.get(name, name)
    return name if name in _KNOWN else None


def unknown_column(line: int, given: str) -> Problem:
    """What is wrong with a column of this name, and the nearest known one."""
    name = given.casefold().replace("-", "_").replace(" ", "_")
    near = get_close_matches(name, [*_KNOWN, *_ALIASES], n=1)
    shown = quoted(given) if given else "without a name"
    if name == "now":
        return Problem(line, "'now' cannot be given", "leave it out: the run's own clock counts")
    return Problem(
        line,
        f"unknown column {shown}" + (f", did you mean '{near[0]}'?" if near else ""),
        "" if near else f"known: {', '.join(_KNOWN)}",
    )


def by_known_names(line: int, found: Mapping[str, object]) -> dict[str, object]:
    """The same under the names that the reader knows; ``null`` says nothing."""
    problems = [unknown_column(line, name) for name in found if not known(name)]
    if problems:
        raise BadLineError(*problems)
    return {str(known(name)): value for name, value in found.items() if value is not None}


def typed(name: str, text: str) -> object:
    """The value of a cell.

    Raises:
        ValueError: it cannot be one of this column's.
    """
    if name in _OWN:
        return text
    kind = _type_of(name)
    if "bool" in kind:
        if text.casefold() not in _YES | _NO:
            raise ValueError("expected yes or no")
        return text.casefold() in _YES
    if "int" in kind and "str" not in kind:
        if not (text.isascii() and text.isdecimal()):
            raise ValueError("expected a whole number")
        return int(text)
    if "tuple" in kind:
        return [text]
    return text


def _type_of(name: str) -> str:
    """The type of a fact as it is declared."""
    part = name.partition(".")[2]
    declared = fields(ReplacementTracking if part else Facts)
    return next(str(each.type) for each in declared if each.name == (part or name))
