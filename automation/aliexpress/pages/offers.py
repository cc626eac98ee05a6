"""Read the open offers of seller or platform on a dispute page: a cancel gives them up.

Their markup is hardly known (site facts, section 4). An offer is a part of the page that has
the site's class for proposals and names its author, or one with a button that accepts.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from automation.aliexpress.pages.messages import Author
from automation.aliexpress.pages.snapshot import (
    PRESSABLE,
    Snapshot,
    ancestors,
    innermost,
    text_of,
    unique,
)
from automation.aliexpress.pages.text.amounts import amounts_in
from automation.aliexpress.pages.text.names import names_of
from automation.aliexpress.site.words import WordList

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from automation.aliexpress.site import Hooks, WordPack

_LONGEST: Final = 300
_LONGEST_LABEL: Final = 60
_NEAR: Final = 5
_BY: Final = {
    Author.SELLER: "the seller",
    Author.SITE: "AliExpress",
    Author.UNKNOWN: "the seller or AliExpress",
}


class Offer(Struct, frozen=True):
    """A proposal that still waits for the buyer.

    Args:
        by: its author; never the buyer.
        amount: its one amount as the page writes it, empty if it shows none or several.
        words: all its words.
    """

    by: Author
    amount: str
    words: str

    @property
    def in_words(self) -> str:
        """For the plan: what is offered, and by whom."""
        return f"{self.amount or self.words} offered by {_BY[self.by]}"


def read_offers(snapshot: Snapshot, hooks: Hooks, words: WordPack) -> tuple[Offer, ...]:
    """The open offers outside dialogs, in page order, each once."""
    page = snapshot.without(f"{hooks.css('modal')}, {hooks.css('furniture')}")
    parts = [*_named(page, hooks, words), *_acceptable(page, hooks, words)]
    offers = (_offer(node, hooks, words) for node in innermost(unique(parts)))
    return tuple(dict.fromkeys(offer for offer in offers if offer.by is not Author.BUYER))


def _named(page: Snapshot, hooks: Hooks, words: WordPack) -> list[LexborNode]:
    """Parts with the class of proposals, an amount, and the name of seller or platform."""
    within = ", ".join(f"{css}, {css} *" for css in hooks.offers)
    theirs = WordList((*words.author_seller, *words.author_site))
    return [
        node
        for node in page.select(within)
        if len(text := text_of(node)) <= _LONGEST and amounts_in(text) and theirs.found_in(text)
    ]


def _acceptable(page: Snapshot, hooks: Hooks, words: WordPack) -> list[LexborNode]:
    """The parts around buttons that accept an offer; a cookie bar has such a button too."""
    pressed = f"{hooks.css('clickable')}, {PRESSABLE}"
    found = (n for n in innermost(page.select(pressed)) if _accepts(names_of(n), words))
    parts = [part for node in found if (part := _around(node, pressed)) is not None]
    theirs = WordList((*words.author_seller, *words.author_site))
    offers = {node.mem_id for node in page.select(hooks.css("offers"))}
    return [
        part
        for part in parts
        if amounts_in(text_of(part))
        or theirs.found_in(text_of(part))
        or any(node.mem_id in offers for node in (part, *ancestors(part)))
    ]


def _accepts(names: tuple[str, ...], words: WordPack) -> bool:
    accepting, denials = WordList(words.accepting), WordList(words.denials)
    return any(
        len(name) <= _LONGEST_LABEL and accepting.found_in(name) and not denials.found_in(name)
        for name in names
    )


def _around(control: LexborNode, pressed: str) -> LexborNode | None:
    """The nearest part that says more than its buttons."""
    near = (n for n in islice(ancestors(control), _NEAR) if n.tag not in {"body", "html"})
    return next((n for n in near if _words(n, pressed)), None)


def _words(node: LexborNode, pressed: str) -> str:
    """The words of a part without its buttons."""
    return Snapshot("", node.html or "").without(pressed).text


def _offer(node: LexborNode, hooks: Hooks, words: WordPack) -> Offer:
    text = _words(node, f"{hooks.css('clickable')}, {PRESSABLE}") or text_of(node)
    amounts = set(amounts_in(text))
    by = _author(node, text, hooks, words)
    return Offer(by, amounts.pop() if len(amounts) == 1 else "", text[:_LONGEST])


def _author(node: LexborNode, text: str, hooks: Hooks, words: WordPack) -> Author:
    """By its words, else by the classes around it."""
    named = {
        Author.SITE: WordList(words.author_site).found_in(text),
        Author.SELLER: WordList(words.author_seller).found_in(text),
        Author.BUYER: WordList(words.author_buyer).found_in(text),
    }
    by = [author for author, found in named.items() if found]
    if by:
        return by[0] if len(by) == 1 or Author.BUYER in by[1:] else Author.UNKNOWN
    classes = {Author.SELLER: "by_seller", Author.SITE: "by_site", Author.BUYER: "by_buyer"}
    near = (node, *islice(ancestors(node), _NEAR))
    for each in near:
        marked = [a for a, hook in classes.items() if each.css_matches(hooks.css(hook))]
        if len(marked) == 1:
            return marked[0]
    return Author.UNKNOWN
