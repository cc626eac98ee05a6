"""My Orders: the cards of the list (site facts, section 2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from automation.pages.id_rows import id_rows
from automation.pages.snapshot import Snapshot, outermost, text_of
from automation.site import LabelKind
from automation.site.addresses import order_id_in
from automation.site.words import WordList

if TYPE_CHECKING:
    from automation.site import Hooks, WordPack


@dataclass(frozen=True)
class OrderCard:
    """One order of the list.

    Args:
        order_id: its number; empty where the card names none or two different ones.
        link: address of Order Details as the card has it, may be relative or empty.
        item: name of the item; empty for orders with several items, which show none.
        dispute: the dispute line of the card, empty if there is none.
    """

    order_id: str
    status: str = ""
    link: str = ""
    item: str = ""
    store: str = ""
    total: str = ""
    dispute: str = ""


def read_cards(snapshot: Snapshot, hooks: Hooks, words: WordPack | None = None) -> list[OrderCard]:
    """The cards of a snapshot, in the order of the page.

    Args:
        words: of the page's language; they tell an order's number from other numbers.
    """
    label = words.label(LabelKind.ORDER_LABEL) if words else WordList(())
    cards = []
    for node in outermost(snapshot.select(hooks.css("card"))):
        part = Snapshot(snapshot.address, node.html or "")
        links = [n.attributes.get("href") or "" for n in part.select(hooks.css("card_link"))]
        # The mobile card is itself the link.
        own = node.attributes.get("href")
        links = [*([own] if own else []), *links]
        linked = {i for link in links if (i := order_id_in(link))}
        ids = linked | _numbers(part, hooks, label, linked)
        cards.append(
            OrderCard(
                order_id=ids.pop() if len(ids) == 1 else "",
                status=_one(part, hooks.css("card_status")),
                link=next((link for link in links if order_id_in(link)), ""),
                item=_item(part, hooks),
                store=_one(part, hooks.css("card_store")),
                total=_one(part, hooks.css("card_total")),
                dispute=_one(part, hooks.css("card_dispute")),
            )
        )
    return cards


def _numbers(part: Snapshot, hooks: Hooks, label: WordList, linked: set[str]) -> set[str]:
    """The numbers of a card that may be the order's; one that the label or the link names is it."""
    rows = id_rows(outermost(part.select(hooks.css("card_info"))))
    named = {row.number for row in rows if row.is_called(label)}
    every = {row.number for row in rows}
    return named or (every & linked) or every


def _one(part: Snapshot, css: str) -> str:
    found = part.texts(css)
    return found[0] if found else ""


def _item(part: Snapshot, hooks: Hooks) -> str:
    for node in part.select(hooks.css("card_item")):
        name = node.attributes.get("title") or text_of(node)
        if name:
            return name
    return ""
