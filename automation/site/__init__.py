"""Data about the site (addresses, hooks, words) and the code that loads it."""

from automation.site.addresses import Addresses, DisputeIds
from automation.site.model import Hooks, LabelKind, SiteMap, WordPack
from automation.site.teaching import Doubt
from automation.site.words import WordList, fold

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
