"""Find the private parts of an order's pages: names, addresses and the items bought."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from automation.aliexpress.pages.snapshot import innermost, text_of
from automation.aliexpress.site.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from automation.aliexpress.pages.snapshot import Snapshot
    from automation.aliexpress.site import Hooks, SiteMap

_WORD = re.compile(r"[^\W_]+")
_BOUGHT = ("line_title", "line_sku", "card_item", "card_store")
_SHORTEST = 2
_SHORTEST_PHRASE = 4


@dataclass(frozen=True)
class PrivateParts:
    """Words to remove, wherever they are, and words to keep.

    Args:
        words: folded words of address blocks and the greeting.
        phrases: folded titles, variants and stores.
        structure: words of the hooks, which may stay in class names.
        known: folded labels of the site, kept where they are a whole text.
        vocabulary: single words of those labels and of the word lists.
    """

    words: frozenset[str]
    phrases: tuple[str, ...]
    structure: frozenset[str]
    known: frozenset[str]
    vocabulary: frozenset[str]


def private_parts(snapshots: Iterable[Snapshot], site: SiteMap) -> PrivateParts:
    """Collect the private parts of all pages of an order, since one may name what another hides."""
    words: set[str] = set()
    phrases: set[str] = set()
    for snapshot in snapshots:
        for text in _personal_texts(snapshot, site.hooks):
            words |= {w for w in words_of(text) if len(w) >= _SHORTEST}
        for name in _BOUGHT:
            css = site.hooks.css(name)
            found = {fold(text) for text in snapshot.texts(css)}
            found |= {fold(n.attributes.get("title") or "") for n in snapshot.select(css)}
            phrases |= {text for text in found if len(text) >= _SHORTEST_PHRASE}
    known = _labels(site)
    listed = {w for text in (*known, *_lists(site)) for w in words_of(text)}
    return PrivateParts(
        words=frozenset(words),
        phrases=tuple(sorted(phrases, key=len, reverse=True)),
        structure=frozenset(words_of(" ".join(_selectors(site.hooks)))),
        known=frozenset(known),
        vocabulary=frozenset(listed),
    )


def words_of(text: str) -> list[str]:
    """The folded words of a text."""
    return _WORD.findall(fold(text))


def _personal_texts(snapshot: Snapshot, hooks: Hooks) -> list[str]:
    texts = snapshot.texts(hooks.css("personal"))
    greeted = [n for n in snapshot.select(hooks.css("greeting")) if hooks.greeted(text_of(n))]
    return texts + [hooks.greeted(text_of(node)) for node in innermost(greeted)]


def _labels(site: SiteMap) -> set[str]:
    """The site's own labels and statuses in every known language."""
    labels: set[str] = set()
    for pack in site.packs.values():
        for table in (pack.labels, pack.dispute_status, pack.order_status):
            labels |= {fold(word) for words in table.values() for word in words}
        labels |= {fold(word) for word in (*pack.no_orders, *pack.install_app, *pack.not_there)}
    return labels


def _lists(site: SiteMap) -> list[str]:
    return [
        word
        for pack in site.packs.values()
        for words in (
            pack.protection,
            pack.edits,
            pack.claim_amount,
            pack.dialog_verbs,
            pack.dialog_nouns,
        )
        for word in words
    ]


def _selectors(hooks: Hooks) -> list[str]:
    return [
        css
        for name in type(hooks).model_fields
        if not name.startswith("greeting_")
        for css in getattr(hooks, name)
    ]
