"""Words of a page as dates and times are looked up in: folded, with plain digits and signs."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from automation.aliexpress.site.words import fold

_SIGNS: Final = str.maketrans({"،": ",", "−": "-", "٫": ".", "٬": ","})


def plain(text: str) -> str:
    """Text folded like labels, with the digits of any script as ``0`` to ``9``."""
    folded = fold(text).translate(_SIGNS)
    return "".join(str(unicodedata.decimal(ch)) if ch.isdecimal() else ch for ch in folded)


def bare(word: str) -> str:
    """A word without dots and spaces."""
    return re.sub(r"[.\s]", "", word)
