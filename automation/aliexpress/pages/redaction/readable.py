"""Which words on a picture of a page may be read: those that a report keeps, and a bit more.

A receipt is the buyer's own, so the numbers of its order and dispute, the title of its item and
the sentences of a dialog stay. Names, addresses, phones, mail addresses, tokens, messages, other
orders and whatever else is not known to be harmless are covered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from automation.aliexpress.pages.redaction.markup import written
from automation.aliexpress.pages.redaction.masks import StandIns, mask
from automation.aliexpress.pages.redaction.redact import Keep, Redactor
from automation.aliexpress.site.words import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from automation.aliexpress.pages.redaction.private_parts import PrivateParts
    from automation.aliexpress.pages.snapshot import Snapshot
    from automation.aliexpress.site import SiteMap
    from automation.engine.pictures import Cover, PlacedText

_IN_FULL: Final = ("modal",)
_SHORTEST_TITLE: Final = 6
# What a masked word looks like. A real word may look like it too.
_MASKED: Final = re.compile(r"[x0]{3,}")


class Own(Struct, frozen=True):
    """What the receipt names anyway.

    Args:
        numbers: of its order, line and dispute.
        item: title of its item.
    """

    numbers: frozenset[str] = frozenset()
    item: str = ""


@dataclass
class _OwnNumbers(StandIns):
    """Keeps the receipt's own numbers and masks all others."""

    own: frozenset[str] = field(default=frozenset())

    def of(self, number: str) -> str:
        return number if number in self.own else mask(number)


def readable(snapshot: Snapshot, private: PrivateParts, site: SiteMap, own: Own) -> Cover:
    """What says for each word of a page whether it may be read.

    Args:
        private: of all pages of the run, since one may name what another hides.
    """
    title = fold(own.item)
    if len(title) >= _SHORTEST_TITLE:
        private = replace(private, known=private.known | {title})
    redactor = Redactor(site, private, _OwnNumbers(own=own.numbers), _IN_FULL)
    shown = written(snapshot, redactor).texts

    def one(words: PlacedText) -> Sequence[bool]:
        # A piece of a word, as of a price, is judged by the whole word around it.
        if any(shown.get(" ".join(text.split())) == text for text in words.near):
            return [True] * len(words.boxes)
        plain = " ".join(words.text.split())
        told = shown.get(plain) or redactor.text(plain, Keep.NOTHING)
        before, after = plain.split(), told.split()
        if len(before) != len(after):
            return []
        pairs = zip(before, after, strict=True)
        return [old == new and not _MASKED.fullmatch(new) for old, new in pairs]

    return one
