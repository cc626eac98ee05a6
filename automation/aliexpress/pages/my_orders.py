"""Read the cards of My Orders (site facts, section 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from automation.aliexpress.pages.snapshot import Snapshot, outermost, text_of
from automation.aliexpress.pages.text.id_rows import id_rows
from automation.aliexpress.site import LabelKind
from automation.aliexpress.site.addresses import order_id_in
from automation.aliexpress.site.words import WordList

if TYPE_CHECKING:
    from automation.aliexpress.site import Hooks, WordPack


class OrderCard(Struct, frozen=True):
    """One order of the list.

    Args:
        order_id: its number; empty if the card has none or several.
        link: address of Order Details as on the card; may be relative or empty.
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
    """The cards of a snapshot, in page order.

    Args:
        words: of the page's language, to recognise the order's number.
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
    """The card's numbers that may be the order's; the label decides, then the link."""
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
