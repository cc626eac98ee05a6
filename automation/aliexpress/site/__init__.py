"""Data about the site (addresses, hooks, words) and the code that loads it."""

from automation.aliexpress.site.addresses import Addresses, DisputeIds
from automation.aliexpress.site.model import Hooks, LabelKind, SiteMap, WordPack
from automation.aliexpress.site.teaching import Doubt
from automation.aliexpress.site.words import WordList, fold

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
