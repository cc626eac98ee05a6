"""Find the private parts of an order's pages: names, addresses and the items bought."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from automation.aliexpress.pages.redaction.name_like import names_in, plain_words
from automation.aliexpress.pages.snapshot import ancestors, innermost, text_of
from automation.aliexpress.site.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from selectolax.lexbor import LexborNode

    from automation.aliexpress.pages.snapshot import Snapshot
    from automation.aliexpress.site import Hooks, SiteMap, WordPack

_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_BOUGHT = ("line_title", "line_sku", "card_item", "card_store")
_SHORTEST = 2
_SHORTEST_PHRASE = 4
# Shorter ones are in too many plain words: "rose" in "prose".
_SHORTEST_WITHIN = 5
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_PHONE = re.compile(r"(?<![\w./-])\+?\(?\d[\d ()./\u2010-\u2015-]{6,}\d(?!\w)")
_DATE = re.compile(r"\b\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b")
_PHONE_DIGITS = range(8, 15)
_LONGEST_BLOCK = 240
# What a block with someone's address never contains.
_LANDMARKS = (
    "card", "card_status", "card_info", "card_total", "card_dispute", "order_status", "order_info",
    "order_line", "dispute_status", "dispute_steps", "proposals", "modal", "buttons",
)  # fmt: skip


class PrivateParts(Struct, frozen=True):
    """Words to remove, wherever they are, and words to keep.

    Args:
        words: folded words of address blocks and the greeting.
        phrases: folded titles, variants and stores.
        structure: words of the hooks, which may stay in class names.
        known: folded labels of the site, kept where they are a whole text.
        vocabulary: single words of the labels and lists of the pages' languages.
        names: folded words of the pages' texts that read like names; no class name keeps them.
    """

    words: frozenset[str]
    phrases: tuple[str, ...]
    structure: frozenset[str]
    known: frozenset[str]
    vocabulary: frozenset[str]
    names: frozenset[str] = frozenset()

    def names_somebody(self, part: str) -> bool:
        """Whether a part of a class name is a private word, with digits or others run into it."""
        letters = "".join(filter(str.isalpha, fold(part)))
        if fold(part) in self.structure or letters in self.structure:
            return False
        hidden = self.words | self.names
        long = (word for word in hidden - plain_words() if len(word) >= _SHORTEST_WITHIN)
        return (
            bool(hidden & {fold(part), letters})
            or any(word in letters for word in long)
            or any(
                letters[:at] in hidden and letters[at:] in hidden for at in range(1, len(letters))
            )
        )


def private_parts(snapshots: Iterable[Snapshot], site: SiteMap) -> PrivateParts:
    """Collect the private parts of all pages of an order, since one may name what another hides."""
    words: set[str] = set()
    phrases: set[str] = set()
    pages = tuple(snapshots)
    packs = {pack.lang: pack for pack in map(site.pack, ("en", *(each.lang for each in pages)))}
    listed = {
        word
        for pack in packs.values()
        for text in (*_labels(pack), *_lists(pack))
        for word in words_of(text)
        if len(word) >= _SHORTEST
    }
    structure = frozenset(words_of(" ".join(_selectors(site.hooks))))
    names: set[str] = set()
    for snapshot in pages:
        for text in (
            snapshot.tree.body.text(separator="\n").split("\n") if snapshot.tree.body else ()
        ):
            names |= names_in(text, snapshot.lang, listed | structure)
        for text in _personal_texts(snapshot, site.hooks):
            words |= {w for w in words_of(text) if len(w) >= _SHORTEST}
        for block in contact_blocks(snapshot, site.hooks):
            words |= {w for w in words_of(text_of(block)) if len(w) >= _SHORTEST} - listed
        for name in _BOUGHT:
            css = site.hooks.css(name)
            found = {fold(text) for text in snapshot.texts(css)}
            found |= {fold(n.attributes.get("title") or "") for n in snapshot.select(css)}
            phrases |= {text for text in found if len(text) >= _SHORTEST_PHRASE}
    return PrivateParts(
        words=frozenset(words),
        phrases=tuple(sorted(phrases, key=len, reverse=True)),
        structure=structure,
        known=frozenset(label for pack in site.packs.values() for label in _labels(pack)),
        vocabulary=frozenset(listed),
        names=frozenset(names),
    )


def contact_blocks(snapshot: Snapshot, hooks: Hooks) -> list[LexborNode]:
    """Blocks with a mail address or phone number, wherever they are: a name may stand beside it.

    A block ends where a part of the site begins, such as a status, an order's row or a button.
    """
    css = ", ".join(hooks.css(name) for name in _LANDMARKS)
    parts = snapshot.select(css)
    apart = {node.mem_id for part in parts for node in (part, *ancestors(part))}
    holders = [node for node in snapshot.select("body *") if _is_contact(text_of(node))]
    return [_widened(node, apart) for node in innermost(holders) if node.mem_id not in apart]


def _widened(node: LexborNode, apart: set[int]) -> LexborNode:
    """The largest short block around an element."""
    for around in ancestors(node):
        too_much = around.tag in {"body", "html"} or len(text_of(around)) > _LONGEST_BLOCK
        if too_much or around.mem_id in apart:
            break
        node = around
    return node


def _is_contact(text: str) -> bool:
    if len(text) > _LONGEST_BLOCK:
        return False
    if _MAIL.search(text):
        return True
    numbers = (match[0] for match in _PHONE.finditer(_DATE.sub(" ", text)))
    return any(sum(map(str.isdigit, number)) in _PHONE_DIGITS for number in numbers)


def words_of(text: str) -> list[str]:
    """The folded words of a text."""
    return _WORD.findall(fold(text))


def _personal_texts(snapshot: Snapshot, hooks: Hooks) -> list[str]:
    texts = snapshot.texts(hooks.css("personal"))
    greeted = [n for n in snapshot.select(hooks.css("greeting")) if hooks.greeted(text_of(n))]
    return texts + [hooks.greeted(text_of(node)) for node in innermost(greeted)]


def _labels(pack: WordPack) -> set[str]:
    """The site's own labels and statuses in one language."""
    labels: set[str] = set()
    for table in (pack.labels, pack.dispute_status, pack.order_status):
        labels |= {fold(word) for words in table.values() for word in words}
    return labels | {fold(word) for word in (*pack.no_orders, *pack.install_app, *pack.not_there)}


def _lists(pack: WordPack) -> list[str]:
    """Its words that readers look for inside longer texts."""
    lists = (
        pack.protection,
        pack.until,
        pack.edits,
        pack.of,
        pack.used,
        pack.remaining,
        pack.countdown,
        pack.claim_amount,
        pack.dialog_verbs,
        pack.dialog_nouns,
    )
    return [word for words in lists for word in words]


def _selectors(hooks: Hooks) -> list[str]:
    return [
        css
        for name in type(hooks).model_fields
        if not name.startswith("greeting_")
        for css in getattr(hooks, name)
    ]
