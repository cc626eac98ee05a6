"""The columns of a file of orders: their names, and the values of their cells."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from automation.aliexpress.batch.problems import SHOWN, BadLineError, Problem, quoted
from automation.text import clean_text
from rules import Facts, ReplacementTracking

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
OWN: Final = ("order", "reason", "item", "accept_risk")
_FACTS: Final = frozenset(each.name for each in fields(Facts)) - {"now", "buyer_reason"}
_NESTED: Final = tuple(f"replacement_tracking.{each.name}" for each in fields(ReplacementTracking))
_KNOWN: Final = (*OWN, *sorted(_FACTS), *_NESTED)
_MOST_DIGITS: Final = 9
# Line ends and tabs can be part of a message.
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")


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
    if hidden := control_in(line, f"the name of column {shown}", given):
        return hidden
    if name == "now":
        return Problem(line, "'now' cannot be given", "leave it out: the run's own clock counts")
    return Problem(
        line,
        f"unknown column {shown}" + (f", did you mean '{near[0]}'?" if near else ""),
        "" if near else f"known: {', '.join(_KNOWN)}",
    )


def control_in(line: int, name: str, value: object) -> Problem | None:
    """What is wrong with a name or value that has a control character; an error could not show it."""
    found = next(filter(None, map(_CONTROL.search, _texts_in(value))), None)
    if found is None:
        return None
    return Problem(
        line,
        f"{name} has an invisible control character (U+{ord(found[0]):04X})",
        "delete it, or save the file again as UTF-8",
    )


def without_control(text: str) -> str:
    """The rest of a text, so that other mistakes of its line are told too."""
    return _CONTROL.sub("", text).strip()


def _texts_in(value: object) -> Iterator[str]:
    """All texts in a value of JSON, also the names in it."""
    if isinstance(value, str):
        yield value
    if isinstance(value, dict):
        value = [*value, *value.values()]
    for each in value if isinstance(value, list) else ():
        yield from _texts_in(each)


def by_known_names(line: int, found: Mapping[str, object]) -> dict[str, object]:
    """The same under the names that the reader knows, with yes and no as in a cell; ``null`` says nothing.

    Raises:
        BadLineError: a name or a value cannot be used.
    """
    problems = [unknown_column(line, name) for name in found if not known(name)]
    names = [known(name) for name in found]
    problems += [
        Problem(line, f"'{name}' is given twice, under two names", "keep one of them")
        for name in sorted({name for name in names if name and names.count(name) > 1})
    ]
    told: dict[str, object] = {}
    for given, name in zip(found, names, strict=True):
        value = found[given]
        if name is None or value is None:
            continue
        if hidden := control_in(line, given, value):
            problems.append(hidden)
            value = without_control(value) if isinstance(value, str) else value
        try:
            told[name] = _with_choices(name, value)
        except ValueError as error:
            problems.append(Problem(line, f"{given} is {as_written(value)}: {error}"))
    if problems:
        raise BadLineError(*problems, rest=told)
    return told


def _with_choices(name: str, value: object) -> object:
    """A value of a JSON line, with a yes or no as in a cell.

    Raises:
        ValueError: it is neither, where the fact is one of both.
    """
    if name == "replacement_tracking" and isinstance(value, dict):
        nested = {key: (f"{name}.{key}", each) for key, each in value.items()}
        return {
            key: _with_choices(full, each) if full in _NESTED and each is not None else each
            for key, (full, each) in nested.items()
        }
    if name in OWN or "bool" not in _type_of(name) or isinstance(value, bool):
        return value
    return typed(name, str(value).strip())


def as_written(value: object) -> str:
    """A value as an error shows it: a text in quotes, anything else as JSON."""
    if isinstance(value, str):
        return quoted(value)
    return clean_text(json.dumps(value, ensure_ascii=False), SHOWN)


def typed(name: str, text: str) -> object:
    """The value of a cell.

    Raises:
        ValueError: it cannot be one of this column's.
    """
    if name in OWN:
        return text
    kind = _type_of(name)
    if "bool" in kind:
        if text.casefold() not in _YES | _NO:
            raise ValueError("expected yes or no")
        return text.casefold() in _YES
    if "int" in kind and "str" not in kind:
        if not (text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS):
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
