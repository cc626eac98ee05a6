"""Data about the site (addresses, hooks, words) and the code that loads it.

A name is imported when it is first used: an order number is checked before anything else is, and
must not wait for the schemas of all data.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from automation.aliexpress.site.addresses import Addresses, DisputeIds
    from automation.aliexpress.site.model import Hooks, SiteMap
    from automation.aliexpress.site.teaching import Doubt
    from automation.aliexpress.site.word_pack import LabelKind, WordPack
    from automation.aliexpress.site.words import WordList, fold

_MODULES: Final = {
    "Addresses": "addresses",
    "DisputeIds": "addresses",
    "Doubt": "teaching",
    "Hooks": "model",
    "LabelKind": "word_pack",
    "SiteMap": "model",
    "WordList": "words",
    "WordPack": "word_pack",
    "fold": "words",
}

__all__ = [
    "Addresses",
    "DisputeIds",
    "Doubt",
    "Hooks",
    "LabelKind",
    "SiteMap",
    "WordList",
    "WordPack",
    "fold",
]


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
