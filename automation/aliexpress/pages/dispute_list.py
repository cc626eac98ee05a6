"""Read the cards of the dispute list (site facts, section 4, grade C)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from automation.aliexpress.pages.snapshot import Snapshot, long_numbers, outermost, text_of
from automation.aliexpress.pages.statuses import read_status
from automation.aliexpress.site.addresses import dispute_ids_in, is_dispute_page

if TYPE_CHECKING:
    from automation.aliexpress.site import DisputeIds, Hooks, WordPack

# The status line also has the time of filing: 2022-03-23 21:19:58.
_FILED = re.compile(r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(?::\d{2})?")
_SEPARATORS = " \t·•|,;-–—:"


@dataclass(frozen=True)
class ListedDispute:
    """One dispute as the list shows it.

    Args:
        ids: the ids in its link.
        numbers: long numbers on the card, which may be any id.
        order_id: its order, empty if the list does not show it.
        href: address of its page, empty if the card has no link to it.
    """

    ids: DisputeIds
    numbers: frozenset[str]
    status_words: str
    status: str
    href: str = ""
    order_id: str = ""

    def is_of(self, ids: DisputeIds) -> bool:
        """True if the card matches the dispute with these ids."""
        if self.ids:
            return self.ids.agrees_with(ids)
        return bool(self.numbers & {ids.reverse_line_id, ids.trade_line_id})


def read_listed(snapshot: Snapshot, hooks: Hooks, words: WordPack) -> list[ListedDispute]:
    """The cards of the dispute list, in page order."""
    cards = outermost(snapshot.select(hooks.css("listed_card")))
    return [_listed(node.html or "", hooks, words) for node in cards]


def _listed(html: str, hooks: Hooks, words: WordPack) -> ListedDispute:
    part = Snapshot("", html)
    links = [node.attributes.get("href") or "" for node in part.select(hooks.css("dispute_link"))]
    links = list(dict.fromkeys(link for link in links if is_dispute_page(link)))
    href = links[0] if len(links) == 1 else ""
    shown = " ".join(part.texts(hooks.css("listed_status")))
    status, status_words = read_status(_FILED.sub("", shown).strip(_SEPARATORS), words)
    body = part.tree.body
    numbers = long_numbers(
        " ".join(part.texts(hooks.css("listed_id"))) or (text_of(body) if body else "")
    )
    return ListedDispute(
        ids=dispute_ids_in(href),
        numbers=frozenset(numbers),
        status_words=status_words,
        status=status,
        href=href,
    )
