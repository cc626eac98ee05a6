"""CSS selectors for an element, in the style of ``hooks.toml``: by attributes that stay.

A stable attribute comes first, then the stem of a CSS module's class (its hash changes), then
a class or id that reads like a name. Never a position, and never text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_STABLE: Final = ("data-pl", "data-testid", "data-test", "data-qa")
_ROLES: Final = frozenset(("dialog", "alertdialog", "listitem", "article", "status"))
_NAME: Final = re.compile(r"[A-Za-z][\w-]{2,60}", re.ASCII)
_VALUE: Final = re.compile(r"[\w.:-]{2,80}", re.ASCII)
_MODULE: Final = re.compile(r"([A-Za-z][\w-]*--[\w-]+?--)[A-Za-z0-9_]{4,12}", re.ASCII)
# What a state of the element adds, such as the tab that is open now.
_STATE: Final = re.compile(
    r"(^|[-_])(is|has|active|selected|current|open|opened|hover|focus|disabled|primary|first|last|"
    r"now|visible|show|shown|enter|leave|fade|anim\w*)([-_]|$)",
    re.IGNORECASE,
)
_HASH: Final = re.compile(r"[0-9]\D*[0-9]|(?=.*[0-9])(?=.*[A-Z])(?=.*[a-z])^[A-Za-z0-9]+$")


def selectors_of(attributes: Mapping[str, str]) -> list[str]:
    """Selectors that an element with these attributes matches, the most lasting first."""
    return list(dict.fromkeys(_each(attributes)))


def _each(attributes: Mapping[str, str]) -> Iterator[str]:
    for name in _STABLE:
        value = attributes.get(name, "")
        if _VALUE.fullmatch(value) and not _HASH.search(value):
            yield f"[{name}='{value}']"
    classes = sorted(attributes.get("class", "").split(), key=len, reverse=True)
    for each in classes:
        if module := _MODULE.fullmatch(each):
            yield f"[class*='{module[1]}']"
    if (role := attributes.get("role", "")) in _ROLES:
        yield f"[role='{role}']"
    for each in classes:
        if _NAME.fullmatch(each) and not _MODULE.fullmatch(each) and _lasts(each):
            yield f".{each}"
    own = attributes.get("id", "")
    if _NAME.fullmatch(own) and _lasts(own):
        yield f"#{own}"


def _lasts(name: str) -> bool:
    return not (_STATE.search(name) or _HASH.search(name))
